import Dashboard
import TerminalUI
import Testing
import Training

@Suite struct ConfusionTests {
    /// Every row of a class is taken for the class after it, but for `right` of four.
    private func evaluation(epoch: Int, right: Int) -> Evaluation {
        let labels = (0..<40).map { UInt8($0 % 10) }
        var probabilities = [Float](repeating: 0, count: 400)
        for row in 0..<40 { probabilities[row * 10 + (row / 10 < right ? row % 10 : (row + 1) % 10)] = 1 }
        return Evaluation(
            source: .validation, classes: 10, epoch: epoch, labels: labels, probabilities: probabilities,
            losses: [Float](repeating: 1, count: 40))
    }

    private func learning(epochs: Int = 4) -> DashboardState {
        var state = Sample.training(epochs: 1)
        for epoch in 2...epochs {
            let report = EpochReport(
                figures: Sample.report(epoch).figures, validation: evaluation(epoch: epoch, right: min(4, epoch - 1)))
            _ = update(&state, .event(.epochFinished(report), run: 1))
        }
        Sample.press(&state, "3")
        return state
    }

    @Test("The cursor starts on the most confused cell, and follows it until it is moved")
    func start() {
        var state = Sample.training()
        Sample.press(&state, "3")
        #expect(render(state).text.contains("true 1 predicted 2"))
        state = learning()
        #expect(render(state).text.contains("true 0 predicted 1"))
        Sample.press(&state, .down)
        #expect(render(state).text.contains("true 1 predicted 1"))
    }

    @Test("H and L go through the epochs that were measured, and the newest stays the newest")
    func slide() {
        var state = learning()
        #expect(state.run?.confusions.epochs == [0, 1, 2, 3, 4])
        Sample.expect("L", in: &state) { _ in }
        Sample.expect("H", in: &state) { $0.lookBack.epoch = 3 }
        #expect(render(state).text.contains("validation · epoch 3") && render(state).text.contains("2 of 4"))
        // The table of the classes is that epoch's, without the area that needs probabilities.
        #expect(render(state).text.contains("accuracy 50.00 %") && !render(state).text.contains("ROC AUC"))
        for _ in 0..<9 { Sample.press(&state, "H") }
        #expect(state.lookBack.epoch == 0)
        Sample.expect(.escape, in: &state) { $0.lookBack.epoch = nil }
        #expect(state.screen == .confusion)
        Sample.press(&state, "v", "H")
        #expect(state.message?.text.contains("not measured at every epoch") == true && state.lookBack.epoch == nil)
    }

    @Test("x pins an epoch, and the difference from it has signs, in the cells, the pairs and the classes")
    func pinned() {
        var state = learning()
        Sample.press(&state, "H", "H", "=", "L", "L")
        #expect(state.lookBack.baseline == .epoch(2) && state.lookBack.epoch == nil)
        let text = render(state).text
        #expect(text.contains("val · epoch 4 − epoch 2") && text.contains("changed most"))
        #expect(text.contains("+2") && text.contains("-2") && text.contains("3 → 1 of 4"))
        #expect(text.contains("+50.0"), "recall goes from a quarter to three")
        Sample.press(&state, "=")
        #expect(state.lookBack.baseline == nil)
    }

    @Test("The title names scale and epoch in every mode at 80 columns, in the fullest form that has room")
    func title() {
        var state = learning()
        for shown in ["counts   validation · epoch 4", "% of the row   val · epoch 4", "% column   val · epoch 4"] {
            #expect(render(state).text.contains(shown))
            Sample.press(&state, "w")
        }
        #expect(render(state).text.contains("log colours   val · epoch 4"))
    }

    @Test("X goes round the earlier runs, and a run with other classes is not compared")
    func runs() {
        var state = Sample.training()
        Sample.press(&state, "3", "C")
        #expect(state.message?.text == "no other run yet to compare with")
        state = Sample.eightRuns()
        Sample.press(&state, "3", "C")
        #expect(state.lookBack.baseline == .run(.session(7)) && render(state).text.contains("val · epoch 5 − run 7"))
        Sample.press(&state, "C")
        #expect(state.lookBack.baseline == .run(.session(6)))
        for _ in 0..<6 { Sample.press(&state, "C") }
        #expect(state.lookBack.baseline == nil)
    }

    @Test("A saved run that is marked in Runs is compared with, and stays when its mark goes")
    func savedRun() {
        var state = Sample.training()
        state.savedRuns.hasStore = true
        Sample.press(&state, "6")
        Sample.list(&state, 6)
        Sample.pressInRuns(&state, "m", "3", "C")
        #expect(state.lookBack.baseline == .run(.saved(6)))
        #expect(render(state).text.contains("− run 6"))
        Sample.pressInRuns(&state, "6", "M", "3")
        #expect(state.lookBack.baseline == .run(.saved(6)) && render(state).text.contains("− run 6"))
    }

    @Test("A run that was measured on another number of images is scaled to this one's before it is compared")
    func scaled() {
        var state = learning()
        Sample.press(&state, "r")
        let facts = RunFacts(parameters: 1, trainingRows: 60, validationRows: 80, testRows: 40, batchesPerEpoch: 4)
        // Twice the images, and of each class half as many right ones: 75 % before, 37.5 % now.
        let labels = (0..<80).map { UInt8($0 % 10) }
        var probabilities = [Float](repeating: 0, count: 800)
        for row in 0..<80 { probabilities[row * 10 + (row < 30 ? row % 10 : (row + 1) % 10)] = 1 }
        let untrained = Evaluation(
            source: .validation, classes: 10, epoch: 0, labels: labels, probabilities: probabilities,
            losses: [Float](repeating: 1, count: 80))
        _ = update(&state, .event(.started(facts, untrained: untrained), run: 2))
        Sample.press(&state, "C")
        let text = render(state).text
        #expect(text.contains("untrained − run 1, scaled"))
        // 3 of 4 are 6 of 8, and 3 are right now.
        #expect(text.contains(" -3 ") && text.contains(" +3 ") && text.contains("2 → 5 of 8") && text.contains("-37.5"))
    }

    @Test("A click on the slider chooses its epoch, the wheel the next; one on a pair its cell")
    func mouse() throws {
        var state = learning()
        let lines = render(state).text.components(separatedBy: "\n")
        let slider = try #require(lines.firstIndex { $0.contains("│ epoch 4 ") })
        func act(_ kind: MouseEvent.Kind, _ x: Int, _ y: Int) {
            _ = update(&state, .input(.mouse(MouseEvent(kind: kind, x: x, y: y))))
        }
        act(.press, 12, slider)
        #expect(state.lookBack.epoch == 0)
        act(.scrollUp, 12, slider)
        #expect(state.lookBack.epoch == 1)
        act(.drag, 40, slider)
        #expect(state.lookBack.epoch == nil)
        let pair = try #require(lines.firstIndex { $0.contains("1 → 2") })
        act(.press, 55, pair)
        #expect(state.confusion.chosen == ConfusionCell(row: 1, column: 2))
    }

    @Test("Of a long run a bounded number of matrices is kept, the first and the newest among them")
    func bounded() {
        let state = Sample.long()
        let epochs = state.run?.confusions.epochs ?? []
        #expect(epochs.count <= 64 && epochs.count >= 16)
        #expect(epochs.first == 0 && epochs.last == 10_000)
        #expect(epochs == epochs.sorted() && Set(epochs).count == epochs.count)
    }

    @Test("An earlier run keeps its figures and matrices, and none of its digits")
    func archived() throws {
        let state = Sample.eightRuns()
        let first = try #require(state.archive.first)
        #expect(state.archive.count == 7 && first.id == 1)
        #expect(first.validation == nil && first.validationMetrics != nil && first.history.count == 4)
        #expect(first.confusions.epochs == [0, 1, 2, 3, 4] && first.state == .stopped)
    }
}
