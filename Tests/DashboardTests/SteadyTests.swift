import Dashboard
import Foundation
import TerminalUI
import Testing
import Training

/// What stands still while a run trains.
@Suite struct SteadyTests {
    /// The status line at some place of a run of 10 epochs of 1,688 batches.
    private func status(epoch: Int, batch: Int, speed: Double, width: Int) -> String {
        var state = Sample.training(width: width, height: 24, epochs: max(1, epoch))
        let snapshot = TrainingSnapshot(
            state: .running, epoch: epoch, batch: batch, batchesPerEpoch: 1_688, loss: 1, accuracy: 0.5,
            samplesPerSecond: speed, learningRate: 1e-3, history: BatchHistory())
        _ = update(&state, .snapshot(snapshot, run: 1))
        let lines = render(state).text.components(separatedBy: "\n")
        return lines[lines.count - 2]
    }

    private func columns(_ line: String, of words: [String]) -> [Int?] {
        words.map { word in line.range(of: word).map { line.distance(from: line.startIndex, to: $0.lowerBound) } }
    }

    @Test("The fields of the status line keep their columns over a run", arguments: [80, 100, 120, 160])
    func fields(width: Int) {
        let words = ["epoch", "/10", " %", "img/s", "left"]
        let first = columns(status(epoch: 1, batch: 7, speed: 999_000, width: width), of: words)
        #expect(first.allSatisfy { $0 != nil })
        for (epoch, batch, speed) in [
            (1, 99, 1_200.0), (2, 400, 98_700), (4, 1_001, 412_000), (7, 1_688, 1_250_000), (9, 326, 15),
        ] {
            let line = status(epoch: epoch, batch: batch, speed: speed, width: width)
            #expect(columns(line, of: words) == first, "\(line)")
        }
    }

    @Test("Training's keys, help and quit keep their columns whatever the run does", arguments: [80, 120, 160])
    func footer(width: Int) {
        func footer(_ state: DashboardState) -> [Int?] {
            let line = render(state).text.components(separatedBy: "\n").last ?? ""
            return columns(line, of: ["space ", "? help", "q quit"])
        }
        let ready = Sample.ready(width: width, height: 40)
        let first = footer(ready)
        #expect(first.allSatisfy { $0 != nil })
        for screen in Screen.allCases {
            for base in [ready, Sample.training(width: width, height: 40), Sample.state(width: width, height: 40)] {
                var state = base
                Sample.press(&state, .character(Unicode.Scalar(UInt8(48 + screen.rawValue))))
                #expect(footer(state) == first, "\(screen)")
            }
        }
    }

    @Test("The tabs stand where they stood when the data was still loading", arguments: [46, 60, 80, 100, 160])
    func tabs(width: Int) {
        func tabs(_ state: DashboardState) -> [Int?] {
            let line = render(state).text.components(separatedBy: "\n").first ?? ""
            return columns(line, of: Screen.allCases.map { " \($0.rawValue) " })
        }
        let first = tabs(Sample.state(width: width, height: 24))
        #expect(tabs(Sample.ready(width: width, height: 24)) == first)
        #expect(tabs(Sample.training(width: width, height: 24)) == first)
    }

    @Test("What lies behind a popup has the colour of the frames, but the footer, which has its keys")
    func popup() {
        var state = Sample.training()
        Sample.press(&state, "q")
        let buffer = render(state)
        let frame = state.look.theme[.border]
        let header = (0..<80).map { buffer[$0, 0] }.filter { $0.scalar != " " }
        // The open view's name keeps a faint background, as pictures do.
        let ground = state.look.theme[.background]
        let (open, others) = (
            header.filter { $0.style.background != ground }, header.filter { $0.style.background == ground }
        )
        #expect(!others.isEmpty && others.allSatisfy { $0.style.foreground == frame })
        #expect(!open.isEmpty && open.allSatisfy { $0.style.background != state.look.theme[.selectedBackground] })
        #expect(open.allSatisfy { ![state.look.theme[.title], state.look.theme[.key]].contains($0.style.foreground) })
        #expect((0..<80).contains { buffer[$0, 23].style.foreground == state.look.theme[.key] })
    }

    @Test("A message that is too long for one line is wrapped, so that it can be read whole")
    func message() {
        var state = Sample.ready()
        let words =
            "the line may not give the same bits here: " + Array(repeating: "word", count: 15).joined(separator: " ")
        state.message = .warning(words)
        let text = render(state).text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.contains(words))
    }

    /// The text of a screen as one line.
    private func words(_ state: DashboardState) -> String {
        render(state).text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    @Test(
        "Why a spec line is refused can be read whole below it, and the line stays in sight", arguments: [44, 80, 200])
    func refusedSpec(width: Int) throws {
        var state = Sample.ready(width: width, height: 24)
        Sample.press(&state, "e", .control("u"))
        Sample.type(&state, "64relu seed=1-64foo")
        Sample.press(&state, .enter)
        guard case .specLine(_, let refusal?) = state.overlay else {
            Issue.record("the line is not refused")
            return
        }
        #expect(refusal.description.count > 78)
        #expect(words(state).contains("64relu seed=1-64foo \(refusal.description)"))
        #expect(render(state).text.components(separatedBy: "\n").last?.contains("enter apply") == true)
        Sample.press(&state, .backspace)
        let lines = render(state).text.components(separatedBy: "\n")
        #expect(lines[21].hasPrefix(" spec 64relu") && lines[20].contains("╯"), "the line is back in its place")
    }

    @Test("Why a filter is refused can be read whole, behind what is typed or below it", arguments: [44, 80, 160])
    func refusedFilter(width: Int) {
        var state = Sample.saved(3, width: width, height: 24)
        Sample.press(&state, "/")
        Sample.type(&state, "foo=3")
        let refusal = "foo: no such field of a run; expected one such as "
        #expect(words(state).contains("filter foo=3 \(refusal)"))
        #expect(!render(state).text.components(separatedBy: "\n").suffix(4).joined().contains("…"))
        Sample.press(&state, .escape, "4", "/")
        Sample.type(&state, "4>x")
        #expect(words(state).contains("filter 4>x a filter is 4, the name of a class, from 500, or all"))
        var trained = Sample.training(width: width, height: 24)
        Sample.press(&trained, "4", "/")
        Sample.type(&trained, "4>x")
        #expect(words(trained).contains("filter 4>x a filter is 4>9, 4>, >9, wrong, right, all or marked"))
    }

    @Test(
        "Why a run failed stands whole below the panels, whatever is pressed; on a low screen what is to be done",
        arguments: [(80, 24, true), (60, 24, true), (160, 40, true), (44, 14, false)])
    func failure(width: Int, height: Int, isWhole: Bool) throws {
        var state = Sample.training(width: width, height: height)
        let reason = TrainingError.diverged(epoch: 5, batch: 3, rate: 1e3).description
        _ = update(
            &state, .event(.failed(.diverged(epoch: 5, batch: 3, rate: 1e3)), run: 1))
        Sample.press(&state, "3")
        #expect(state.message == nil)
        let shown = isWhole ? reason : reason.replacing(" (epoch 5, batch 3)", with: "")
        #expect(words(state).contains(shown))
        let lines = render(state).text.components(separatedBy: "\n")
        let spec = try #require(lines.lastIndex { $0.hasPrefix(" 784-") || $0.hasPrefix(" 128relu") })
        #expect(lines[spec - 1].contains("╯"), "no panel is covered")
        Sample.press(&state, "r")
        #expect(state.shared.run?.failure == nil)
    }
}
