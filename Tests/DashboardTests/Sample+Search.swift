import Dashboard
import Foundation
import Kernels
import Runs
import Search
import Searching
import Specs
import TerminalUI
import Testing

extension Sample {
    static let searchLine =
        "layers={200tanh,512relu-512relu,100..2000relu} lr=1e-4..1e-2 optimizer={adam,adamw,sgd} drop=0..0.5 "
        + "batch={32,64,128} epochs=9"

    /// A search of so many trials as a store has it: the rate decides what they reach, and every third goes on.
    static func search(
        _ count: Int = 24, number: Int = 2, state: SearchState = .ended
    ) throws -> SearchSummary {
        var plan = SearchPlan(space: searchLine)
        plan.trials = 40
        let store = try RunStore(inMemory: nil)
        for _ in 1...number {
            _ = try store.createSearch(plan: plan.text, name: nil, seed: 1, now: Date(timeIntervalSince1970: 0))
        }
        let saved = try #require(try store.searches().first)
        let space = try SearchSpace(parsing: plan.space)
        var generator = SeededGenerator(seed: 4)
        var (trials, epochs): ([SavedTrial], [Int: [TrialEpoch]]) = ([], [:])
        for number in 0..<count {
            let point = space.random(using: &generator)
            let rate = point.values[2]
            let length = number % 9 == 1 ? 9 : number % 3 == 0 ? 3 : 1
            let base = 0.985 - 0.03 * abs(log10(rate) + 3) - 0.05 / Double(length)
            let spec = try space.spec(of: point, seed: 1)
            trials.append(
                SavedTrial(
                    number: number, run: number + 1, line: spec.description,
                    state: length == 9 ? .finished : number == count - 1 ? .running : number == 5 ? .failed : .waiting,
                    score: base, point: point.description))
            epochs[number] = (1...length).map { epoch in
                TrialEpoch(
                    epoch: epoch, accuracy: base - 0.01 / Double(epoch), loss: 0.1, seconds: 0.4,
                    ended: Date(timeIntervalSince1970: 1000 + Double(number * 4 + epoch)))
            }
        }
        return try SearchSummary(saved, state: state, trials: trials, epochs: epochs)
    }

    /// The list of a store with so many searches, whose newest one is that of `search`.
    static func listings(_ count: Int = 2, state: SearchState = .ended) throws -> [SearchListing] {
        let store = try RunStore(inMemory: nil)
        for number in 1...count {
            var plan = SearchPlan(space: searchLine)
            plan.trials = 40
            _ = try store.createSearch(plan: plan.text, name: number == 1 ? "first" : nil, seed: 1)
        }
        var tally = SearchTally()
        (tally.trials, tally.finished, tally.failed, tally.best) = (24, 3, 1, 0.9812)
        return try store.searches().enumerated().map { place, search in
            SearchListing(search, state: place == 0 ? state : .ended, tally: tally)
        }
    }

    /// In Search, where a search was read.
    static func searching(
        width: Int = 120, height: Int = 40, look: Look = Look(), state searchState: SearchState = .ended
    ) throws -> DashboardState {
        var state = ready(width: width, height: height, look: look)
        state.savedRuns.hasStore = true
        press(&state, "9")
        let summary = try search(state: searchState)
        _ = update(&state, .searches(.listed(try listings(state: searchState))))
        _ = update(&state, .searches(.shown(summary, summary.importance())))
        return state
    }
}
