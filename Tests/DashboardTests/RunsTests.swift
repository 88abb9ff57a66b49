import Dashboard
import TerminalUI
import Testing
import Training

@Suite struct RunsTests {
    private func runs(_ state: DashboardState) -> [Int] {
        render(state).text.components(separatedBy: "\n").dropFirst(3).prefix { !$0.hasPrefix("╰") }.compactMap { line in
            line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }
        }
    }

    @Test("The table has a line for each run, sorted by start, loss, accuracy, test or time")
    func sorts() {
        var state = Sample.eightRuns(width: 160, height: 48)
        Sample.press(&state, "6")
        #expect(runs(state) == [8, 7, 6, 5, 4, 3, 2, 1])
        Sample.press(&state, "s", "s")
        #expect(state.runs.order.field?.name == "val_loss")
        #expect(runs(state) == [1, 2, 3, 4, 5, 6, 7, 8], "the losses grow from run to run")
        Sample.press(&state, "S")
        #expect(runs(state) == [8, 7, 6, 5, 4, 3, 2, 1])
        Sample.press(&state, "s", "s", "s", "s")
        #expect(state.runs.order.field?.name == "seconds")
        #expect(runs(state).first == 7, "4 epochs, as 1 and 4, and newer than they are")
    }

    @Test(
        "Without a run the table says how to start one, and so do its keys",
        arguments: ["m", "s", "/", "x", "i", "r", .enter] as [Key])
    func nothing(key: Key) {
        var state = Sample.ready()
        Sample.press(&state, "6")
        #expect(render(state).text.contains("space starts the first"))
        Sample.expect(key, in: &state) { $0.message = .note("no run yet: space starts the first one") }
    }

    @Test("Marks are drawn in the charts, at most eight runs with the newest, which needs none")
    func marks() {
        var state = Sample.eightRuns()
        Sample.press(&state, "6", "m")
        #expect(state.message?.text == "the run that is shown is always drawn" && state.comparison.marked.isEmpty)
        Sample.press(&state, .down, "m", .down, .down, "m")
        #expect(state.comparison.marked.map(\.key) == [.session(7), .session(5)])
        #expect(render(state).text.contains("2 marked"))
        Sample.press(&state, "m")
        #expect(state.comparison.marked.map(\.key) == [.session(7)])
    }

    @Test("Only the fields that differ are set side by side")
    func difference() {
        var state = Sample.eightRuns()
        Sample.press(&state, "6", "d", .end, .up, .up)
        // Run 3 against the newest one: 512relu lr=3e-4, and 32relu epochs=20.
        let lines = render(state).text.components(separatedBy: "\n")
        let words = lines.map { $0.split(whereSeparator: { $0 == " " || $0 == "│" }).map(String.init) }
        #expect(words.contains(["layer", "512relu", "32relu"]) && words.contains(["lr", "3e-4", "1e-3"]))
        #expect(
            words.contains(["epochs", "10", "20"])
                && words.contains {
                    $0.starts(with: ["best", "val", "loss", "0.637,", "epoch"]) && $0.contains("1.004,")
                })
        #expect(!words.contains { $0.first == "batch" || $0.first == "seed" || $0.first == "optimizer" })
    }

    @Test("What another optimizer leaves at its defaults is no difference of its own")
    func optimizers() {
        var state = Sample.eightRuns(width: 120, height: 40)
        Sample.press(&state, "6", .down)
        let text = render(state).text
        #expect(text.contains("sgd") && !text.contains("beta1") && !text.contains("nesterov"))
    }

    @Test("e opens the line of the selected run, and Enter composes from it, where undo brings the old one back")
    func clone() {
        var state = Sample.eightRuns()
        let before = state.composer.spec
        Sample.press(&state, "6", .end, "e")
        #expect(
            state.overlay
                == .specLine(TextField(text: "\(state.archive[0].spec)", limit: TextField.Limit.line), refusal: nil))
        Sample.press(&state, .enter)
        #expect(state.overlay == nil && state.composer.spec == state.archive.first?.spec)
        Sample.press(&state, "1", "u")
        #expect(state.composer.spec == before)
    }

    @Test("e opens the spec line with the selected run's spec, which Enter composes")
    func composes() {
        var state = Sample.eightRuns()
        let spec = state.archive.first?.spec
        Sample.press(&state, "6", .end, "e")
        guard case .specLine(let field, nil) = state.overlay else {
            Issue.record("expected the spec line")
            return
        }
        #expect(field.text == spec?.description)
        Sample.press(&state, .enter)
        #expect(state.overlay == nil && state.composer.spec == spec)
    }

    @Test("r trains the selected run again with its seed, R with the next one")
    func again() {
        var state = Sample.eightRuns()
        let spec = state.archive.first?.spec
        Sample.press(&state, "6", .end, "R")
        var next = spec
        next?.training.seed += 1
        #expect(state.run?.spec == next)
        #expect(state.message == .note("run 1 is trained again, with its change, with seed 2"))
        Sample.press(&state, .end, "r")
        #expect(state.run?.spec == spec && state.message == .note("run 1 is trained again, with its change"))
    }

    @Test("A run's last weights are told after its end, and its test figures are then known to be theirs")
    func lastWeights() {
        var state = Sample.training(epochs: 9)
        Sample.press(&state, "6")
        let history = state.run?.snapshot?.history ?? BatchHistory()
        _ = update(&state, .snapshot(Sample.snapshot(.running, epoch: 9, batch: 3, history: history), run: 1))
        _ = update(&state, .event(.testEvaluated(Sample.evaluation(epoch: 10, source: .test)), run: 1))
        _ = update(&state, .event(.finished, run: 1))
        _ = update(&state, .snapshot(Sample.snapshot(.finished, epoch: 10, batch: 0, history: history), run: 1))
        #expect(state.runs.selectedRun?.summary.testWords == "of the last step's weights")
    }

    @Test("A click selects a run, one on its mark marks it, and one on a heading sorts")
    func mouse() throws {
        var state = Sample.eightRuns()
        Sample.press(&state, "6")
        func click(_ x: Int, _ y: Int) { _ = update(&state, .input(.mouse(MouseEvent(kind: .press, x: x, y: y)))) }
        click(20, 5)
        #expect(state.runs.selectedRun?.key == .session(6))
        click(2, 4)
        #expect(state.runs.selectedRun?.key == .session(7) && state.comparison.marked.map(\.key) == [.session(7)])
        let heading = render(state).text.components(separatedBy: "\n")[2]
        let column = try #require(heading.range(of: "val loss"))
        click(heading.distance(from: heading.startIndex, to: column.lowerBound) + 2, 2)
        #expect(state.runs.order.field?.name == "val_loss")
    }

    @Test("Earlier runs are bounded: the oldest one without a mark goes, and one without an epoch is not kept")
    func bounded() {
        var state = Sample.ready()
        Sample.press(&state, "r", "R")
        #expect(state.archive.isEmpty)
        for run in 2...60 {
            Sample.train(&state, run: run, epochs: 1)
            if run == 4 { Sample.press(&state, "6", .down, "m") }
            Sample.press(&state, "r")
        }
        #expect(state.archive.count == Shared.mostArchived)
        #expect(state.comparison.marked.map(\.key) == [.session(3)] && state.archive.first?.id == 3)
        #expect(state.archive.last?.id == 60 && state.run?.id == 61)
    }
}
