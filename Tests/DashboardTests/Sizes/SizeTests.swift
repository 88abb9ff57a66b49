import Dashboard
import Foundation
import TerminalUI
import Testing

/// A larger screen shows no less: columns of charts, units, digits, rows, layers, classes.
///
/// `SIZES_REPORT=FILE swift test --filter SizeTests` writes all falls into a file; `SIZES_STEP=1` walks every size in a
/// debug build, too, and `SIZES_VIEWS=digits,draw` walks those views only.
@Suite struct SizeTests {
    private static let names: [String] = {
        let wanted = ProcessInfo.processInfo.environment["SIZES_VIEWS"]?.split(separator: ",").map(String.init)
        return MeasuredView.all.map(\.name).filter { wanted?.contains($0) ?? true }
    }()

    @Test("As the screen grows, a view shows no less, and leaves no panel empty", arguments: names)
    func walk(name: String) throws {
        let view = try #require(MeasuredView.all.first { $0.name == name })
        let report = SizeWalk(view).report
        if let path = ProcessInfo.processInfo.environment["SIZES_REPORT"] {
            try (report.joined(separator: "\n") + "\n").write(
                toFile: "\(path).\(name)", atomically: true, encoding: .utf8)
        }
        #expect(report.isEmpty, "\(report.joined(separator: "\n"))")
    }

    @Test("Everything that is counted is there to be counted on the largest screen", arguments: names)
    func counts(name: String) throws {
        let view = try #require(MeasuredView.all.first { $0.name == name })
        var state = view.state
        Sample.answer(&state, update(&state, .input(.resize(width: 240, height: 80))))
        let counts = view.counts(view.drawn(state))
        for (count, value) in counts { #expect(value > 0, "\(count)") }
    }

    @Test("A screen is taken apart by its frames")
    func drawnScreen() throws {
        let look = Look()
        var buffer = Buffer(width: 30, height: 8)
        Panel(title: "left", detail: [Span("3 of 9", look.theme.style(.dim))]).draw(
            in: Rect(x: 0, y: 1, width: 18, height: 6), on: &buffer, look: look)
        Panel(title: "right").draw(in: Rect(x: 18, y: 1, width: 12, height: 6), on: &buffer, look: look)
        buffer.drawFrame(Rect(x: 20, y: 2, width: 5, height: 3), look.theme.style(.border), look)
        buffer.write("⣀⣀ ⠉", x: 3, y: 3, look.theme.style(.train))
        let screen = DrawnScreen(buffer)
        #expect(screen.panels.map(\.title) == ["left", "right"])
        #expect(screen.panels.map(\.width) == [16, 10])
        #expect(screen.panels.map(\.blankRows) == [3, 1])
        #expect(screen.chartColumns("left") == 3)
        #expect(screen.rows("left", "right") == 4)
        // The edge of a picture without dots is a part of it; cells without any dots near are none.
        buffer.write("\u{2800}\u{2800}", x: 3, y: 2, look.theme.style(.train))
        #expect(DrawnScreen(buffer).panels.map(\.blankRows) == [2, 1])
        buffer.write("\u{2800}\u{2800}", x: 3, y: 5, look.theme.style(.train))
        #expect(DrawnScreen(buffer).panels.map(\.blankRows) == [2, 1])
    }
}
