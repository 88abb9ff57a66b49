import Dashboard
import Specs
import TerminalUI
import Testing
import Training

@Suite struct LongRunTests {
    @Test("However long a run, what is kept of it is bounded; the last epoch and the best one are exact")
    func bounded() {
        var state = Sample.training(epochs: 1)
        for epoch in 2...5000 {
            let figures = EpochFigures(
                epoch: epoch, loss: 1, accuracy: 0.5, validationLoss: epoch == 777 ? 0.1 : 1, validationAccuracy: 0.5,
                learningRate: 1e-3, seconds: 0.25)
            _ = update(&state, .event(.epochFinished(EpochReport(figures: figures, validation: nil)), run: 1))
        }
        #expect((state.run?.epochs.count ?? .max) <= 1024)
        #expect(state.run?.history.count == 5000 && state.run?.epochs.last?.epoch == 5000)
        #expect(state.run?.history.best?.epoch == 777)
        Sample.press(&state, "2", .end)
        #expect(state.curves.cursor == 5000 && render(state).text.contains("epoch 5000   loss"))
    }

    @Test("The value cursor stays on an epoch that is kept")
    func cursor() throws {
        var state = Sample.training(epochs: 1000)
        Sample.press(&state, "2", .home, .right, .right)
        #expect(state.curves.cursor == 3)
        for epoch in 1001...1100 { _ = update(&state, .event(.epochFinished(Sample.report(epoch)), run: 1)) }
        #expect(state.curves.cursor == 4)
        #expect(render(state).text.contains("epoch 4   loss"))
        Sample.press(&state, .right)
        #expect(state.curves.cursor == 6)
    }

    @Test("Of many markers the oldest pauses make room")
    func markers() {
        var state = Sample.paused()
        _ = update(&state, .event(.changed(LiveChange(.learningRate(2e-3), at: RunPlace(epoch: 4, batch: 2))), run: 1))
        for batch in 1...1000 { _ = update(&state, .event(.paused(position: 5 + Double(batch) / 1000), run: 1)) }
        let markers = state.run?.markers ?? []
        #expect(markers.count == ShownRun.mostMarkers)
        #expect(markers.first?.kind == .setting(.learningRate(2e-3)) && markers.last?.position == 6)
    }

    @Test("The marker of a loss that is no number stands at its batch, whatever snapshot came last")
    func failure() {
        var state = Sample.training()
        _ = update(&state, .event(.failed(.diverged(epoch: 7, batch: 3)), run: 1))
        #expect(state.run?.markers.map(\.kind) == [.failure] && state.run?.markers.first?.position == 6.75)
    }

    @Test("A run that never started has no marker")
    func neverStarted() {
        var state = Sample.ready()
        Sample.press(&state, " ")
        _ = update(&state, .event(.failed(.noTrainingRows(20)), run: 1))
        #expect(state.run?.markers.isEmpty == true && state.run?.failure != nil)
    }

    @Test("An epoch that is done counts all of its batches")
    func wholeEpoch() {
        var state = Sample.training()
        let history = state.run?.snapshot?.history ?? BatchHistory()
        _ = update(&state, .snapshot(Sample.snapshot(.paused, epoch: 4, batch: 0, history: history), run: 1))
        #expect(render(state).text.contains("epoch  4/10") && render(state).text.contains("batch 4/4"))
        _ = update(&state, .snapshot(Sample.snapshot(.paused, epoch: 0, batch: 0, history: history), run: 1))
        #expect(render(state).text.contains("epoch  0/10") && render(state).text.contains("batch 0/4"))
    }

    @Test("Past the planned epochs the status line shows the epoch that was added, and its own time left")
    func extraEpoch() {
        var state = Sample.finished()
        Sample.press(&state, ">")
        let history = BatchHistory()
        _ = update(&state, .snapshot(Sample.snapshot(.running, epoch: 10, batch: 1, history: history), run: 1))
        let status = render(state).text.split(separator: "\n").dropLast().last ?? ""
        #expect(status.contains("epoch 11, 1 more than planned") && status.contains(" 25 %"))
        _ = update(&state, .snapshot(Sample.snapshot(.paused, epoch: 9, batch: 3, history: history), run: 1))
        #expect(render(state).text.contains("epoch 10/10"))
    }

    @Test("A value that is no number counts as the worst one in every order", arguments: DigitSelection.Sort.allCases)
    func unordered(sort: DigitSelection.Sort) {
        let rows = 600
        var probabilities = [Float](repeating: 0.1, count: rows * 10)
        var losses = [Float](repeating: 2, count: rows)
        for row in 0..<rows where row % 3 == 0 {
            losses[row] = .nan
            for column in 0..<10 { probabilities[row * 10 + column] = .nan }
        }
        let labels = [UInt8](repeating: 1, count: rows)
        let evaluation = Evaluation(
            source: .validation, classes: 10, epoch: 1, labels: labels, probabilities: probabilities, losses: losses)
        var state = Sample.training()
        let report = EpochReport(figures: Sample.report(5).figures, validation: evaluation)
        _ = update(&state, .event(.epochFinished(report), run: 1))
        Sample.press(&state, "4")
        while state.selection.sort != sort { Sample.press(&state, "s") }
        let bad = Array(stride(from: Int32(0), to: Int32(rows), by: 3))
        let good = (0..<Int32(rows)).filter { $0 % 3 != 0 }
        switch sort {
        case .index: #expect(state.selection.rows == Array(0..<Int32(rows)))
        case .confidence: #expect(state.selection.rows == good + bad)
        case .loss, .margin, .mislabelled: #expect(state.selection.rows == bad + good)
        }
    }
}
