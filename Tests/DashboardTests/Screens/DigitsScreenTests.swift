import Dashboard
import TerminalUI
import Testing
import Training

/// Digits by itself: each verb and each command, in each state that it tells apart.
@Suite struct DigitsScreenTests {
    /// Ten wrong digits of 40, from the greatest loss on.
    private var trial: ScreenTrial<DigitsScreen> {
        ScreenTrial(DigitsScreen(), Sample.training(width: 120, height: 40).shared)
    }

    private func inLab() -> ScreenTrial<DigitsScreen> { ScreenTrial(DigitsScreen(), trial.shared, panel: .wrong) }

    @Test("The digit at hand moves by one, to the ends, and stays among the others")
    func moves() {
        let trial = trial
        #expect(trial.shared.selection.rows.count == 10)
        var places: [Int] = []
        for command in [.move(.right), .move(.right), .move(.left), .toEnd, .move(.right), .toStart, .move(.left)]
            as [Command]
        {
            trial.perform(command)
            places.append(trial.shared.selection.cursor)
        }
        #expect(places == [1, 2, 1, 9, 9, 0, 0])
        trial.perform(.page(1))
        #expect(trial.shared.selection.cursor == 9)
        trial.perform(.page(-1))
        #expect(trial.shared.selection.cursor == 0)
    }

    @Test("Enter shows a digit in full size and goes back; without one it does nothing; from Lab it leads here")
    func open() {
        let trial = trial
        trial.perform(.open)
        #expect(trial.own.form == .large)
        trial.perform(.open)
        #expect(trial.own.form == .both)
        let empty = ScreenTrial(DigitsScreen(), Sample.ready().shared)
        #expect(empty.perform(.open) == [] && empty.own == DigitsScreen())
        let lab = inLab()
        #expect(lab.perform(.open) == .going(to: .screen(.digits)) && lab.own == DigitsScreen())
    }

    @Test("Esc leaves the large digit, then has nothing to do")
    func back() {
        let trial = trial
        trial.perform([.open, .digits(.cycleDetail)])
        #expect(trial.own.detail == .past && trial.own.form == .large)
        #expect(trial.back() && trial.own.form == .both)
        #expect(!trial.back() && trial.own.detail == .past)
        let lab = inLab()
        lab.perform(.digits(.cycleDetail))
        #expect(!lab.back())
    }

    @Test("The panels beside the gallery come first in turn, each with its name; from the gallery alone they come back")
    func details() {
        let trial = trial
        var words: [String] = []
        for _ in DigitsDetail.allCases {
            trial.perform(.digits(.cycleDetail))
            words.append(trial.shared.message?.text ?? "")
        }
        #expect(
            words == [
                "first: its predictions over the epochs", "first: the most confused pairs",
                "first: the pixels that its prediction depends on", "first: the training digits that are most alike",
                "first: the digit and its probabilities",
            ])
        trial.perform(.digits(.wholeGallery))
        #expect(trial.own.form == .gallery)
        trial.perform(.digits(.cycleDetail))
        #expect(trial.own.form == .both && trial.own.detail == .past)
        trial.perform([.digits(.wholeGallery), .digits(.wholeGallery)])
        #expect(trial.own.form == .both)
    }

    @Test(
        "Every panel has its turn, also in the smallest window with room for one",
        arguments: [
            (DigitsDetail.past, "over the epochs"), (.pairs, "most confused"), (.saliency, "saliency"),
            (.nearest, "nearest in training"),
        ])
    func turns(detail: DigitsDetail, title: String) {
        for (width, height) in [(60, 20), (80, 24), (120, 40), (200, 60)] {
            for form in [[], [Command.open]] {
                let trial = ScreenTrial(DigitsScreen(), Sample.training(width: width, height: height).shared)
                while trial.own.detail != detail { trial.perform(.digits(.cycleDetail)) }
                trial.perform(form)
                let isBelow = detail == .past && form == [.open]
                #expect(trial.text.contains(title) || isBelow, "\(width) × \(height)")
            }
        }
    }

    @Test("Wrong, right and all digits in turn")
    func shown() {
        let trial = trial
        var counts: [Int] = []
        for _ in 0..<3 {
            trial.perform(.digits(.cycleShown))
            counts.append(trial.shared.selection.rows.count)
        }
        #expect(counts.sorted() == [10, 30, 40] && counts.last == 10)
    }

    @Test("Each order in turn, and the first digit is at hand then")
    func sorts() {
        let trial = trial
        var sorts: [DigitSelection.Sort] = []
        for _ in DigitSelection.Sort.allCases {
            trial.perform([.toEnd, .digits(.cycleSort)])
            sorts.append(trial.shared.selection.sort)
            #expect(trial.shared.selection.cursor == 0)
            #expect(trial.shared.message?.text == "sorted by \(trial.shared.selection.sort.rawValue)")
        }
        #expect(sorts == [.confidence, .margin, .mislabelled, .index, .loss])
    }

    @Test("Classes go round: none, 0 to 9, none again")
    func classes() {
        let trial = trial
        var truths: [Int?] = []
        for _ in 0..<11 {
            trial.perform(.digits(.filterTruth))
            truths.append(trial.shared.selection.filter.truth)
        }
        #expect(truths == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, nil])
        trial.perform(Array(repeating: .digits(.filterPrediction), count: 10))
        #expect(trial.shared.selection.filter.predicted == 9)
        trial.perform(.digits(.filterPrediction))
        #expect(trial.shared.selection.filter == DigitsFilter())
    }

    @Test("The digits alike to the one at hand, and what was there before")
    func alike() {
        let trial = trial
        trial.perform(.digits(.alike))
        let filter = trial.shared.selection.filter
        #expect(filter.truth.map { ($0 + 1) % 10 } == filter.predicted && filter.shown == .all)
        trial.perform(.digits(.alike))
        #expect(trial.shared.selection.filter == DigitsFilter())
    }

    @Test("Marks are set, taken away one by one and together, and saved")
    func marks() {
        let trial = trial
        #expect(trial.perform(.digits(.save)).effects.isEmpty)
        trial.perform(.digits(.mark))
        #expect(trial.shared.selection.marked.count == 1)
        #expect(trial.shared.message?.text == "1 digit marked: X saves them")
        guard case .save? = trial.perform(.digits(.save)).effects.first else {
            Issue.record("nothing is saved")
            return
        }
        trial.perform(.digits(.mark))
        #expect(trial.shared.selection.marked.isEmpty)
        trial.perform([.digits(.mark), .move(.right), .digits(.mark), .digits(.unmarkAll)])
        #expect(trial.shared.selection.marked.isEmpty)
    }

    @Test("A filter is in force while it is typed; Esc brings back the one before, Enter keeps it")
    func filter() {
        let trial = trial
        #expect(trial.own.openLine(trial.shared) == nil)
        trial.perform(.digits(.filter))
        trial.type("3>4")
        #expect(trial.shared.selection.filter == DigitsFilter(truth: 3, predicted: 4, shown: .all))
        #expect(trial.key(.escape) == [])
        #expect(trial.shared.selection.filter == DigitsFilter() && trial.own.openLine(trial.shared) == nil)
        trial.perform(.digits(.filter))
        trial.type("right")
        #expect(trial.key("x") == nil)
        #expect(trial.key(.enter) == [])
        #expect(trial.shared.selection.rows.count == 30 && trial.own.openLine(trial.shared) == nil)
    }

    @Test("A text that is no filter leaves the last one that was, and Enter does not take it")
    func refusedFilter() {
        let trial = trial
        trial.perform(.digits(.filter))
        trial.type("3<")
        #expect(trial.shared.selection.filter == DigitsFilter(truth: 3, shown: .all))
        #expect(trial.key(.enter) == [])
        #expect(trial.own.openLine(trial.shared)?.text == "3<")
    }

    @Test("The network is asked for what is shown of the digit, and for nothing else")
    func watch() {
        let trial = ScreenTrial(DigitsScreen(), Sample.training().shared)
        #expect(trial.own.watch(trial.shared, trial.place) == nil)
        trial.perform(Array(repeating: .digits(.cycleDetail), count: 3))
        let saliency = trial.own.watch(trial.shared, trial.place)
        #expect(saliency?.image?.count == 784 && saliency?.saliencyOf == 7 && saliency?.neighbours == 0)
        trial.perform(.digits(.cycleDetail))
        let nearest = trial.own.watch(trial.shared, trial.place)
        #expect(nearest?.saliencyOf == nil && (nearest?.neighbours ?? 0) > 0)
        let lab = inLab()
        lab.perform(.digits(.cycleDetail))
        #expect(lab.own.watch(lab.shared, lab.place) == nil)
    }

    @Test("A run that trains is asked for the nearest digits only where the user wants them")
    func busy() {
        func neighbours(_ state: DashboardState, first: DigitsDetail) -> Int {
            let trial = ScreenTrial(DigitsScreen(), state.shared)
            while trial.own.detail != first { trial.perform(.digits(.cycleDetail)) }
            return trial.own.watch(trial.shared, trial.place)?.neighbours ?? 0
        }
        var paused = Sample.training(width: 200, height: 60)
        #expect(neighbours(paused, first: .probabilities) == 0)
        #expect(neighbours(paused, first: .nearest) > 0)
        let snapshot = Sample.snapshot(.paused, epoch: 4, batch: 2, history: BatchHistory())
        _ = update(&paused, .snapshot(snapshot, run: 1))
        #expect(neighbours(paused, first: .probabilities) > 0)
    }

    @Test("A click selects a digit, a second one opens it")
    func mouse() {
        let trial = trial
        let area = trial.place.area
        var opened = false
        // The second digit of the gallery, wherever its cell lies.
        for x in stride(from: area.x + 2, to: area.maxX, by: 4) where !opened {
            trial.mouse(.press, x, area.y + 3)
            if trial.shared.selection.cursor == 1 {
                trial.mouse(.press, x, area.y + 3)
                opened = trial.own.form == .large
            }
        }
        #expect(opened)
    }

    @Test("Digits are shown as the run is fed with them, where its spec brings them into form")
    func fed() throws {
        let trial = trial
        let refusal = "digits to test with are fed as they are; 8 shows how those to train on are fed"
        #expect(trial.disabled(.digits(.fed)) == refusal)
        var state = Sample.ready(width: 120, height: 40)
        state.composer = ComposerState(spec: try state.composer.spec.replacing(settings: "deslant=true"))
        let untrained = ScreenTrial(DigitsScreen(), state.shared)
        untrained.own.refresh(untrained.shared)
        #expect(untrained.disabled(.digits(.fed)) == nil)
        let stored = untrained.text
        untrained.perform(.digits(.fed))
        #expect(untrained.text != stored && untrained.text.contains("as fed"))
        #expect(untrained.back() && untrained.text == stored)
    }
}
