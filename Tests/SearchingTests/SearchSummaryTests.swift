import Foundation
import Runs
import Search
import Searching
import Specs
import Testing
import Training

/// Searches that were not trained: their trials have the figures that a test needs.
enum SavedSearches {
    static let line = "layers={64relu,32..512relu} lr=1e-4..1e-2 epochs=9"

    static func search(_ plan: SearchPlan, ended: Date? = nil) throws -> SavedSearch {
        let store = try RunStore(inMemory: nil)
        let text = String(decoding: try JSONEncoder().encode(plan), as: UTF8.self)
        let id = try store.createSearch(plan: text, name: "wide", seed: 1, now: Date(timeIntervalSince1970: 1000))
        if let ended { try store.endSearch(id, now: ended) }
        return try #require(try store.searches().first)
    }

    /// A trial of the space with an epoch a second, of which those at rungs have a time.
    static func trial(
        _ number: Int, _ space: SearchSpace, at start: Double, accuracies: [Double],
        state: SavedTrial.State = .waiting, seed: UInt64? = nil
    ) throws -> (SavedTrial, [TrialEpoch]) {
        let point = SearchPoint(values: [1, Double(32 + number), 1e-3])
        let spec = try space.spec(of: point, seed: seed)
        let trial = SavedTrial(
            number: number, run: number + 1, line: spec.description, state: state, score: accuracies.last,
            point: seed == nil ? point.description : nil)
        let epochs = accuracies.enumerated().map { place, accuracy in
            TrialEpoch(
                epoch: place + 1, accuracy: accuracy, loss: 0.1, seconds: 1,
                ended: [0, 2, 8].contains(place) ? Date(timeIntervalSince1970: start + Double(place) + 1) : nil)
        }
        return (trial, epochs)
    }

    static func summary(
        _ trials: [(SavedTrial, [TrialEpoch])], state: SearchState = .interrupted
    ) throws -> SearchSummary {
        try SearchSummary(
            try search(SearchPlan(space: line)), state: state, trials: trials.map(\.0),
            epochs: Dictionary(uniqueKeysWithValues: trials.map { ($0.0.number, $0.1) }))
    }
}

@Suite("Summaries of searches") struct SearchSummaryTests {
    private func trials() throws -> [(SavedTrial, [TrialEpoch])] {
        let space = try SearchSpace(parsing: SavedSearches.line)
        return try [
            SavedSearches.trial(0, space, at: 1000, accuracies: [0.90]),
            SavedSearches.trial(1, space, at: 1001, accuracies: [0.95, 0.96, 0.94]),
            SavedSearches.trial(2, space, at: 1004, accuracies: [0.93]),
            SavedSearches.trial(3, space, at: 5000, accuracies: [0.97], state: .failed),
            SavedSearches.trial(1, space, at: 5001, accuracies: [0.96], seed: 7),
        ].enumerated().map { place, trial in
            guard place == 4 else { return trial }
            return (
                SavedTrial(number: 4, run: 5, line: trial.0.line, state: .running), trial.1
            )
        }
    }

    @Test func `rungs hold what trials had reached there, and a failure counts as worst`() throws {
        let summary = try SavedSearches.summary(trials())
        #expect(summary.halving.rungs == [1, 3, 9])
        #expect(summary.halving.results[0].map(\.trial) == [0, 1, 2, 3])
        #expect(summary.ranking(ofRung: 0) == [3, 1, 2, 0] && summary.ranking(ofRung: 1) == [1])
        #expect(summary.best?.number == 1 && summary.begun == 4 && summary.trials.count == 5)
        // The one at the higher rung is first, the failed one last, and one with another seed has no rank.
        let ranks: [Double?] = [1.0 / 3, 1, 2.0 / 3, 0, nil]
        #expect(summary.ranks == ranks)
        #expect(summary.trials[4].repeats == 1)
    }

    @Test func `the best so far is known by trial, and by time without the hours between two sessions`() throws {
        let summary = try SavedSearches.summary(trials())
        let course = BestSoFar(summary)
        #expect(course.results.map(\.trial) == [0, 1, 1, 2, 3])
        #expect(course.results.map(\.seconds) == [1, 2, 4, 5, 6])
        #expect(course.byTime.map(\.accuracy) == [0.90, 0.95, 0.97] && course.seconds == 6)
        let trials = BestSoFar.byTrial(summary)
        #expect(trials.map(\.best) == [0.90, 0.94, 0.94, 0.97] && trials.map(\.trial) == [0, 1, 2, 3])
    }

    @Test func `with restore a trial has what its best epoch reached, without what its last one did`() throws {
        for (word, expected) in [("", [0.94, 0.9]), (" restore=true", [0.96, 0.96])] {
            let space = try SearchSpace(parsing: SavedSearches.line + word)
            let losses = [0.3, 0.2, 0.25, 0.27, 0.28, 0.29, 0.3, 0.31, 0.32]
            let (saved, epochs) = try SavedSearches.trial(
                0, space, at: 0, accuracies: [0.95, 0.96, 0.94, 0.97, 0.9, 0.9, 0.9, 0.9, 0.9], state: .finished)
            let told = zip(epochs, losses).map {
                TrialEpoch(epoch: $0.epoch, accuracy: $0.accuracy, loss: $1, seconds: 1, ended: $0.ended)
            }
            let summary = try SearchSummary(
                try SavedSearches.search(SearchPlan(space: SavedSearches.line + word)), state: .ended, trials: [saved],
                epochs: [0: told])
            #expect(summary.trials[0].accuracy == expected[1])
            let scores = summary.halving.results.map { ($0[0].score * 1000).rounded() / 1000 }
            #expect(scores == [0.95, expected[0], expected[1]])
            #expect(summary.trials[0].loss == (word.isEmpty ? 0.32 : 0.2))
        }
    }

    @Test func `only a search that is under way has a time to go, in words that don't promise too much`() throws {
        let trials = try trials()
        #expect(try SavedSearches.summary(trials).secondsToGo == nil, "it is interrupted")
        var plan = SearchPlan(space: SavedSearches.line)
        plan.seconds = 600
        let search = try SavedSearches.search(plan)
        let running = try SearchSummary(search, state: .running(process: 1), trials: [], epochs: [:])
        #expect(running.secondsToGo == 600)
        #expect(SearchBudget.toGo(600) == "about 10 min to go" && SearchBudget.toGo(0) == "about 1 s to go")
        #expect(SearchBudget.toGo(61) == "about 2 min to go" && SearchBudget.toGo(3700) == "about 1 h 2 min to go")
    }

    @Test func `a brush takes the trials within all of its ranges`() throws {
        let summary = try SavedSearches.summary(trials())
        var brush = SearchBrush()
        #expect(summary.trials.allSatisfy(brush.takes))
        brush.ranges[1] = 33...34
        #expect(summary.trials.filter(brush.takes).map(\.number) == [1, 2])
        brush.result = 0.94...1
        #expect(summary.trials.filter(brush.takes).map(\.number) == [1])
        (brush.ranges, brush.result) = ([:], 0.955...0.965)
        #expect(summary.trials.filter(brush.takes).map(\.number) == [4], "a result counts for every trial")
    }

    @Test func `a search that this program can't read says so`() throws {
        let search = try SavedSearches.search(SearchPlan(space: "64relu lr={1e-3,oops}"))
        #expect(throws: SearchProblem.self) { try SearchSummary(search, state: .ended, trials: [], epochs: [:]) }
        let store = try RunStore(inMemory: nil)
        _ = try store.createSearch(plan: "{}", name: nil, seed: 1)
        let found = try #require(try store.summary(ofSearch: 1))
        guard case .failure(let problem) = found else { Issue.record("a plan without a space was read"); return }
        #expect(problem.words == "search 1: its plan can't be read")
        #expect(try store.searchListings().first?.plan == nil)
    }

    @Test func `the store gives each trial its epochs, and each search its tally`() throws {
        let store = try RunStore(inMemory: nil)
        let plan = SearchPlan(space: SavedSearches.line)
        let text = String(decoding: try JSONEncoder().encode(plan), as: UTF8.self)
        let id = try store.createSearch(plan: text, name: nil, seed: 1)
        let space = try SearchSpace(parsing: plan.space)
        var progress = SearchProgress()
        for number in 0..<3 {
            let (saved, epochs) = try SavedSearches.trial(
                number, space, at: 0, accuracies: [0.9 + Double(number) / 100])
            var unsaved = UnsavedProgress()
            unsaved.epochs = epochs.map {
                EpochFigures(
                    epoch: $0.epoch, loss: 0.2, accuracy: 0.9, validationLoss: 0.1, validationAccuracy: $0.accuracy,
                    learningRate: 1e-3, seconds: 0.5, wallSeconds: 2)
            }
            let spec = try ExperimentSpec(canonical: saved.line)
            let facts = RunFacts(
                parameters: 10, trainingRows: 100, validationRows: 50, testRows: 10, batchesPerEpoch: 4)
            let new = NewRun(
                line: RunLine(spec: spec), dataset: "rings", dataSource: "rings", facts: facts,
                machine: .current(threads: 1))
            progress.trials[number] = SearchProgress.Trial(
                SavedTrial(
                    number: number, line: saved.line, state: number == 2 ? .failed : .finished, score: saved.score,
                    point: saved.point), new: new, progress: unsaved)
        }
        _ = try store.record(progress, search: id)
        let summary = try #require(try store.summary(ofSearch: id)).get()
        #expect(summary.trials.map(\.accuracy) == [0.90, 0.91, 0.92])
        #expect(summary.trials.map(\.seconds) == [2, 2, 2] && summary.trials.allSatisfy { $0.point != nil })
        let listing = try #require(try store.searchListings().first)
        #expect(listing.tally.trials == 3 && listing.tally.finished == 2 && listing.tally.failed == 1)
        #expect(listing.state == .running(process: Int(ProcessInfo.processInfo.processIdentifier)))
        #expect(try store.summary(ofSearch: 9) == nil)
    }
}
