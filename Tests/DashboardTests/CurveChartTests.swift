import Dashboard
import Foundation
import Specs
import TerminalUI
import Testing
import Training

/// What the charts of Curves and Lab draw.
@Suite struct CurveChartTests {
    private func lines(_ state: DashboardState) -> [String] {
        render(state).text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// A run of the composer's spec with the given losses of training and validation, ended or under way.
    private func run(_ losses: [Double], ended: Bool, width: Int = 120, height: Int = 40) -> DashboardState {
        var state = Sample.ready(width: width, height: height)
        Sample.press(&state, " ")
        let facts = RunFacts(
            parameters: 101_770, trainingRows: 100, validationRows: 40, testRows: 40, batchesPerEpoch: 4)
        _ = update(&state, .event(.started(facts, untrained: Sample.evaluation(epoch: 0)), run: 1))
        for (index, loss) in losses.enumerated() {
            let figures = EpochFigures(
                epoch: index + 1, loss: loss, accuracy: 0.1, validationLoss: loss, validationAccuracy: 0.1,
                learningRate: 1e-3, seconds: 0.25)
            _ = update(&state, .event(.epochFinished(EpochReport(figures: figures, validation: nil)), run: 1))
        }
        if ended { _ = update(&state, .event(.finished, run: 1)) }
        return state
    }

    @Test(
        "Names and figures of the lines keep their columns while a run goes on", arguments: [44, 60, 80, 100, 120, 160])
    func steady(width: Int) {
        var shapes = Set<String>()
        for epochs in [1, 2, 3, 7, 30] {
            let state = Sample.training(width: width, height: 24, epochs: epochs)
            let titles = lines(state).filter { $0.contains("─ loss ─") || $0.contains("─ accuracy % ─") }
            shapes.insert(titles.map { String($0.map { $0.isNumber || $0 == "." ? " " : $0 }) }.joined())
        }
        #expect(shapes.count == 1, "\(shapes)")
    }

    @Test("Where there is room the lines have their names and figures at their ends")
    func tags() {
        var state = Sample.training(width: 120, height: 40)
        Sample.press(&state, "2")
        let text = render(state).text
        #expect(text.contains("━ train  0.320") && text.contains("╍ val    0.500"))
        #expect(text.contains("━ train  94.00") && text.contains("╍ val    93.75"))
        #expect(text.contains("half of the batches"))
    }

    @Test("A run that has diverged says so in its state, and has a logarithmic axis that y makes linear")
    func diverged() {
        var state = run([8e27, 584, 392], ended: true)
        Sample.press(&state, "2")
        #expect(render(state).text.contains("● diverged") && render(state).text.contains("─ loss, log ─"))
        Sample.press(&state, "y")
        #expect(render(state).text.contains("─ loss ─"))
        Sample.press(&state, "y")
        #expect(render(state).text.contains("─ loss, log ─"))
        var tame = run([40, 3, 0.5], ended: true)
        Sample.press(&tame, "2")
        #expect(render(tame).text.contains("● finished") && render(tame).text.contains("─ loss ─"))
    }

    @Test("Of a run that has diverged no figure touches another in the table of epochs")
    func divergedTable() {
        var state = run([8e27, 584, 392], ended: true, width: 160, height: 48)
        Sample.press(&state, "2")
        #expect(lines(state).contains { $0.contains("     1 8.0e27 8.0e27") })
    }

    @Test("A test accuracy near guessing has the colour of a failure, any other that of text")
    func testAccuracy() {
        func role(wrong: Int) -> Color? {
            var state = Sample.training()
            let labels = (0..<40).map { UInt8($0 % 10) }
            let probabilities = labels.enumerated().flatMap { row, label in
                (0..<10).map { $0 == (Int(label) + (row < wrong ? 1 : 0)) % 10 ? Float(0.91) : 0.01 }
            }
            let test = Evaluation(
                source: .test, classes: 10, epoch: 4, batch: 2, labels: labels,
                probabilities: probabilities, losses: labels.map { _ in 1 })
            _ = update(&state, .event(.testEvaluated(test), run: 1))
            _ = update(&state, .event(.finished, run: 1))
            let buffer = render(state)
            for y in 0..<buffer.height {
                let line = (0..<buffer.width).map { Character(buffer[$0, y].scalar) }
                guard String(line).contains("test accuracy"), let x = line.firstIndex(of: "%") else { continue }
                return buffer[x, y].style.foreground
            }
            return nil
        }
        #expect(role(wrong: 2) == Theme.standard[.title])
        #expect(role(wrong: 33) == Theme.standard[.bad])
    }

    @Test("The x axis of a run under way doubles, and ends at its planned end")
    func axisEnds() {
        var state = Sample.ready()
        Sample.press(&state, "e", .control("u"))
        Sample.type(&state, "128relu epochs=80")
        Sample.press(&state, .enter, "r", "2")
        var ends: [Double] = []
        for epoch in 1...80 {
            _ = update(&state, .event(.epochFinished(Sample.report(epoch)), run: 1))
            let snapshot = Sample.snapshot(.running, epoch: epoch, batch: 0, history: BatchHistory())
            _ = update(&state, .snapshot(snapshot, run: 1))
            // Zooming in shows half of it.
            Sample.press(&state, "+")
            if let end = state.curves.window.map({ $0.span * 2 }), ends.last != end { ends.append(end) }
            Sample.press(&state, "0")
        }
        #expect(ends == [5, 10, 20, 50, 80])
    }

    @Test("w counts the x axis in batches and in seconds of training")
    func axes() {
        var state = Sample.training(width: 120, height: 40)
        Sample.press(&state, "2", "w")
        #expect(lines(state).contains { $0.contains("batch 0 ") })
        Sample.press(&state, "w")
        // Four epochs of 0.25 s, and half of another.
        #expect(lines(state).contains { $0.contains("s of training 0.0 ") && $0.contains(" 2.0") })
        Sample.press(&state, .end)
        #expect(state.curves.cursor == 4)
    }

    @Test("A compared run far outside is named and left out of the chart until O brings it in")
    func outliers() {
        var state = Sample.eightRuns(width: 120, height: 40)
        Sample.press(&state, "r")
        Sample.train(&state, run: 9, epochs: 5, scale: 500)
        Sample.press(&state, "2", "C")
        let text = render(state).text
        #expect(text.contains("run 9 outside: 245.0 ↑  O all"))
        #expect(!text.contains(" 200 ┤") && !text.contains(" 500 ┤"))
        Sample.press(&state, "O")
        let all = render(state).text
        #expect(!all.contains("outside") && (all.contains(" 200 ┤") || all.contains(" 500 ┤")))
    }

    @Test("A longer run goes on behind the axis, which says so")
    func beyond() {
        var state = Sample.eightRuns(width: 120, height: 40)
        Sample.press(&state, "r")
        Sample.train(&state, run: 9, epochs: 60)
        _ = update(&state, .event(.finished, run: 9))
        Sample.press(&state, "2", "C")
        #expect(render(state).text.contains("run 9 ends at 60 →"))
        Sample.press(&state, "O")
        #expect(!render(state).text.contains("ends at"))
    }

    @Test("Before the first run the charts have axes, the level of chance, and the one key to press")
    func firstStart() {
        for (width, height) in [(80, 24), (120, 40)] {
            let state = Sample.ready(width: width, height: height)
            let text = render(state).text
            #expect(text.contains("press space to train") && text.contains("10 % by chance"), "\(width)")
            #expect(text.contains("100 ┤") && text.contains("2.30 by chance"), "\(width)")
        }
    }

    @Test("The band is half of the batches, and all of them where b asks for them")
    func bands() {
        var state = Sample.ready(width: 120, height: 40)
        Sample.press(&state, " ")
        let facts = RunFacts(
            parameters: 101_770, trainingRows: 100, validationRows: 40, testRows: 40, batchesPerEpoch: 100)
        _ = update(&state, .event(.started(facts, untrained: Sample.evaluation(epoch: 0)), run: 1))
        var history = BatchHistory()
        for batch in 0..<500 { history.append(loss: [0.1, 0.4, 0.5, 0.6, 1.4][batch % 5], accuracy: 0.9) }
        for epoch in 1...5 {
            var figures = Sample.report(epoch).figures
            (figures.loss, figures.validationLoss) = (epoch == 1 ? 1.5 : 0.6, 0.6)
            _ = update(&state, .event(.epochFinished(EpochReport(figures: figures, validation: nil)), run: 1))
        }
        _ = update(&state, .snapshot(Sample.snapshot(.running, epoch: 5, batch: 0, history: history), run: 1))
        Sample.press(&state, "2")
        func tinted() -> Int {
            let buffer = render(state)
            let page = state.look.theme[.background]
            return (4..<16).reduce(0) { sum, y in
                sum + (20..<80).count { buffer[$0, y].style.background != page }
            }
        }
        let half = tinted()
        #expect(half > 30)
        Sample.press(&state, "b")
        #expect(tinted() > half * 2)
        Sample.press(&state, "b")
        #expect(tinted() == 0)
    }
}
