import Dashboard
import TerminalUI
import Testing
import Training

/// That nothing is drawn over a panel's edge, and no words are cut, in every state that a session can be in.
@Suite struct FrameTests {
    private static let sizes = [
        (40, 12), (56, 14), (60, 20), (76, 18), (80, 24), (100, 30), (120, 40), (150, 44), (160, 48), (200, 60),
    ]
    private static let states: [(name: String, state: DashboardState)] = {
        var compared = Sample.eightRuns()
        Sample.press(&compared, "2", "C", "A", "+", .left, "3", "C")
        var browsing = Sample.browsing()
        Sample.press(&browsing, "4", "d", .enter)
        return [
            ("nothing", Sample.ready()), ("one epoch", Sample.training(epochs: 1)), ("training", Sample.training()),
            ("finished", Sample.finished()), ("eventful", Sample.eventful()), ("long", Sample.long()),
            ("eight runs", Sample.eightRuns()), ("compared", compared), ("inside", Sample.inside()),
            ("deep", Sample.inside("300relu+bn-200tanh+drop0.2-100relu-64relu-32gelu")),
            ("drawing", Sample.drawing()), ("browsing", browsing),
        ]
    }()

    @Test("Every frame is whole: nothing reaches beyond its rectangle", arguments: Screen.allCases)
    func frames(screen: Screen) {
        for (name, base) in FrameTests.states {
            for (width, height) in FrameTests.sizes {
                for panel in LabPanel.allCases where screen == .lab || panel == .composer {
                    var state = base
                    (state.width, state.height, state.screen, state.lab.focus) = (width, height, screen, panel)
                    let faults = FrameTests.faults(render(state))
                    #expect(faults.isEmpty, "\(name), \(width) x \(height): \(faults.first ?? "")")
                }
            }
        }
    }

    /// Corners whose frame is broken somewhere, in words.
    private static func faults(_ buffer: Buffer) -> [String] {
        func scalar(_ x: Int, _ y: Int) -> Unicode.Scalar { buffer[x, y].scalar }
        var faults: [String] = []
        var count = 0
        for y in 0..<buffer.height {
            for x in 0..<buffer.width where scalar(x, y) == "╭" {
                count += 1
                guard let right = (x + 1..<buffer.width).first(where: { scalar($0, y) == "╮" }),
                    let bottom = (y + 1..<buffer.height).first(where: { scalar(x, $0) == "╰" }),
                    scalar(right, bottom) == "╯"
                else {
                    faults.append("the frame at \(x), \(y) does not close")
                    continue
                }
                for row in (y + 1)..<bottom where scalar(x, row) != "│" || scalar(right, row) != "│" {
                    faults.append("the frame at \(x), \(y) is open in row \(row)")
                }
            }
        }
        if count == 0 { faults.append("there is no frame") }
        return faults
    }

    @Test("Beside specs, which can be of any length, no words are cut", arguments: Screen.allCases)
    func cuts(screen: Screen) {
        for (name, base) in FrameTests.states where screen != .runs && name != "eight runs" && name != "compared" {
            for (width, height) in FrameTests.sizes where width >= 60 && height >= 20 {
                var state = base
                (state.width, state.height, state.screen) = (width, height, screen)
                let body = render(state).text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(3)
                // One that stands alone says that something is on its way, or that there are more.
                let cut = body.first { line in
                    line.indices.contains { index in
                        line[index] == "…" && index > line.startIndex && line[line.index(before: index)] != " "
                    }
                }
                #expect(cut == nil, "\(name), \(width) x \(height): \(cut ?? "")")
            }
        }
    }
}
