import Dashboard
import TerminalUI
import Testing
import Training

/// Confusion by itself: each verb and each command, in each state that it tells apart.
@Suite struct ConfusionScreenTests {
    private var trial: ScreenTrial<ConfusionScreen> {
        ScreenTrial(ConfusionScreen(), Sample.training(width: 120, height: 40).shared)
    }

    private func cell(_ row: Int, _ column: Int) -> ConfusionCell { ConfusionCell(row: row, column: column) }

    /// In the sample 1, 3, 5, 7 and 9 are predicted as the next class, 1 first.
    @Test(
        "The cell starts on the most confused one, moves by rows and columns, and stays in the matrix",
        arguments: [
            ([Command.move(.up)], 0, 2), ([.move(.down)], 2, 2), ([.move(.left)], 1, 1), ([.move(.right)], 1, 3),
            ([.page(-1)], 0, 2), ([.page(1)], 9, 2), ([.toStart], 1, 0), ([.toEnd], 1, 9),
            ([.page(-1), .move(.up)], 0, 2), ([.page(1), .move(.down)], 9, 2), ([.toStart, .move(.left)], 1, 0),
            ([.toEnd, .move(.right)], 1, 9),
        ] as [([Command], Int, Int)])
    func moves(_ commands: [Command], _ row: Int, _ column: Int) {
        let trial = trial
        trial.perform(commands)
        #expect(trial.own.chosen == cell(row, column))
    }

    @Test("Before anything is known the cell starts in the corner")
    func unknown() {
        let trial = ScreenTrial(ConfusionScreen(), Sample.ready().shared)
        trial.perform(.move(.right))
        #expect(trial.own.chosen == cell(0, 1))
    }

    @Test("Enter leads to the digits of the cell, all of them")
    func open() {
        let trial = trial
        #expect(
            trial.perform(.open) == .going(to: .digits(DigitsFilter(truth: 1, predicted: 2, shown: .all))))
        #expect(trial.shared.message == nil)
    }

    @Test("Of an earlier epoch there are counts alone: enter says of which epoch the digits are")
    func openEarlier() {
        let trial = trial
        trial.perform(.confusion(.slide(-1)))
        trial.perform(.open)
        #expect(
            trial.shared.message?.text
                == "digits of epoch 4, the newest: of epoch 3 only the counts are there")
    }

    @Test("The scales go round, and the diagonal comes and goes")
    func modes() {
        let trial = trial
        var modes: [Heatmap.Mode] = []
        for _ in 0..<4 {
            trial.perform(.confusion(.cycleMode))
            modes.append(trial.own.mode)
        }
        #expect(modes == [.rowPercent, .columnPercent, .logarithmic, .counts])
        trial.perform(.confusion(.toggleDiagonal))
        #expect(trial.own.hidesDiagonal)
        trial.perform(.confusion(.toggleDiagonal))
        #expect(trial.own == ConfusionScreen())
    }

    @Test("The slider goes back through the epochs, and at the newest follows the run again")
    func slider() {
        let trial = trial
        trial.perform(.confusion(.slide(-1)))
        #expect(trial.shared.lookBack.epoch == 3)
        trial.perform(.confusion(.slide(-9)))
        #expect(trial.shared.lookBack.epoch == 0)
        trial.perform(.confusion(.slide(2)))
        #expect(trial.shared.lookBack.epoch == 2)
        trial.perform(.confusion(.slide(9)))
        #expect(trial.shared.lookBack == LookBack())
    }

    @Test("A pinned epoch is the baseline until it is pinned again, and Esc leaves the past")
    func pin() {
        let trial = trial
        trial.perform([.confusion(.slide(-2)), .confusion(.pinEpoch)])
        #expect(trial.shared.lookBack.baseline == .epoch(2))
        trial.perform(.confusion(.pinEpoch))
        #expect(trial.shared.lookBack.baseline == nil && trial.shared.lookBack.epoch == 2)
        #expect(trial.back())
        #expect(trial.shared.lookBack == LookBack())
        #expect(!trial.back())
    }

    @Test("Why a key can't be used: no epoch, the test set, no other run")
    func disabled() {
        let epochs: [Command] = [.confusion(.slide(1)), .confusion(.slide(-1)), .confusion(.pinEpoch)]
        let empty = ScreenTrial(ConfusionScreen(), Sample.ready().shared)
        #expect(epochs.map(empty.disabled) == Array(repeating: "no epoch was measured yet", count: 3))
        #expect(epochs.map(trial.disabled) == [nil, nil, nil])
        let test = trial
        test.shared.source = .test
        let reason = "the test set is not measured at every epoch: v shows the validation rows"
        #expect(epochs.map(test.disabled) == [reason, reason, reason])
        #expect(trial.disabled(.confusion(.cycleBaseline)) != nil)
        let eight = ScreenTrial(ConfusionScreen(), Sample.eightRuns().shared)
        #expect(eight.disabled(.confusion(.cycleBaseline)) == nil)
        let rest: [Command] = [.open, .move(.up), .confusion(.cycleMode), .confusion(.toggleDiagonal)]
        #expect(rest.allSatisfy { empty.disabled($0) == nil && trial.disabled($0) == nil })
    }

    @Test("A click selects the cell under the pointer, beside the matrix it changes nothing")
    func mouse() {
        let trial = trial
        trial.mouse(.press, 40, 14)
        let chosen = trial.own.chosen
        #expect(chosen != nil)
        trial.mouse(.press, 0, trial.place.area.y)
        #expect(trial.own.chosen == chosen)
    }
}
