import Foundation
import Runs
import Search
import Specs

/// A search of the store with all that its trials have reached: what the view, the lists and the report show.
package struct SearchSummary: Sendable, Equatable {
    /// The search as it is saved.
    package let search: SavedSearch
    /// What it does.
    package let plan: SearchPlan
    /// What it chooses from.
    package let space: SearchSpace
    /// Whether it is under way.
    package let state: SearchState
    /// In the order of their numbers.
    package let trials: [SearchTrial]
    /// The rungs, with what was reached at each.
    package let halving: SuccessiveHalving
    /// For each trial, the share of the others that it is better than, 0 ... 1; nil before its first rung, and for a trial
    /// that repeats another one.
    ///
    /// A trial at a higher rung is better than those below; at the same rung the score counts. What failed is worst.
    package let ranks: [Double?]

    /// - Parameters:
    ///   - saved: the trials, by their numbers.
    ///   - epochs: what they reached, by their numbers.
    /// - Throws: `SearchProblem` where this program can't read its plan or its space.
    package init(
        _ search: SavedSearch, state: SearchState, trials saved: [SavedTrial], epochs: [Int: [TrialEpoch]]
    ) throws(SearchProblem) {
        (self.search, self.state) = (search, state)
        let plan = try SearchPlan(of: search)
        let specs = saved.map { try? ExperimentSpec(canonical: $0.line) }
        let network = specs.compactMap(\.self).first?.network
        let space: SearchSpace
        do throws(SpecError) {
            space = try SearchSpace(
                parsing: plan.space, inputs: network?.inputs ?? 784, classes: network?.classes ?? 10)
        } catch {
            throw SearchProblem("search \(search.id): its space can't be read: \(error)")
        }
        (self.plan, self.space) = (plan, space)
        let length = specs.compactMap(\.self).first?.training.epochs ?? (try? SearchEngine.epochs(of: plan, space)) ?? 1
        var halving = plan.halving(epochs: max(1, length))
        var all: [SearchTrial] = []
        for (saved, spec) in zip(saved, specs) {
            // A trial of the space has a point; one that repeats it has another seed, and none.
            let original = saved.point == nil ? spec.flatMap { spec in Self.original(of: spec, in: all) } : nil
            let trial = SearchTrial(
                saved, spec: spec, point: saved.point.flatMap { SearchPoint($0, of: space) }, repeats: original,
                epochs: epochs[saved.number] ?? [])
            all.append(trial)
            if original == nil { trial.record(in: &halving) }
        }
        (trials, self.halving) = (all, halving)
        ranks = Self.ranks(all, halving)
    }

    private static func original(of spec: ExperimentSpec, in trials: [SearchTrial]) -> Int? {
        trials.first { trial in
            guard trial.repeats == nil, var other = trial.spec else { return false }
            guard other.training.seed != spec.training.seed else { return false }
            other.training.seed = spec.training.seed
            return other == spec
        }?.number
    }

    private static func ranks(_ trials: [SearchTrial], _ halving: SuccessiveHalving) -> [Double?] {
        var places: [(trial: Int, rung: Int, score: Double)] = []
        for (place, trial) in trials.enumerated() where trial.repeats == nil {
            let rung = halving.results.lastIndex { $0.contains { $0.trial == trial.number } }
            guard let rung else { continue }
            let score = halving.results[rung].first { $0.trial == trial.number }?.score ?? .nan
            places.append((place, score.isNaN ? -1 : rung, score.isNaN ? -1 : score))
        }
        places.sort { ($0.rung, $0.score, $1.trial) < ($1.rung, $1.score, $0.trial) }
        var ranks: [Double?] = trials.map { _ in nil }
        for (place, entry) in places.enumerated() {
            ranks[entry.trial] = places.count > 1 ? Double(place) / Double(places.count - 1) : 1
        }
        return ranks
    }

    /// The trial of a number.
    package subscript(_ number: Int) -> SearchTrial? { trials.first { $0.number == number } }

    /// The greatest validation accuracy so far of a trial that the space gave; nil before the first rung.
    package var best: SearchTrial? {
        guard let top = halving.results.lastIndex(where: { !$0.isEmpty }), let first = ranking(ofRung: top).first else {
            return nil
        }
        return self[first]
    }

    /// The trials of a rung that did not fail, the best first.
    package func ranking(ofRung rung: Int) -> [Int] {
        halving.ranking(of: rung).filter { !$0.score.isNaN }.map(\.trial)
    }

    /// How many epochs all trials have trained.
    package var epochsTrained: Int { trials.reduce(0) { $0 + $1.epochs.count } }

    /// Trials that the space gave.
    package var begun: Int { trials.count { $0.repeats == nil } }

    /// Seconds until it ends, by what it has taken so far; nil where it is not under way, or nothing is known of its end: of a
    /// grid's the process that trains it knows alone.
    package var secondsToGo: Double? {
        guard case .running = state else { return nil }
        return plan.secondsToGo(halving, trials: plan.trials, epochs: epochsTrained, after: search.seconds)
    }

    /// How much each setting alone explains of the trials' ranks; nil before there are enough of them. Takes up to a second:
    /// not for the thread that draws.
    package func importance() -> SettingImportance? {
        var (points, values): ([SearchPoint], [Double]) = ([], [])
        for (trial, rank) in zip(trials, ranks) {
            guard let rank, let point = trial.point else { continue }
            points.append(point)
            values.append(rank)
        }
        return SettingImportance(space, points: points, values: values)
    }
}

/// Whether a search is under way.
package enum SearchState: Sendable, Equatable {
    /// A process trains its trials.
    case running(process: Int)
    /// It can go on.
    case interrupted
    /// It has come to its end.
    case ended

    /// In one word.
    package var word: String {
        switch self {
        case .running: "running"
        case .interrupted: "interrupted"
        case .ended: "ended"
        }
    }
}

/// Why a search of the store can't be shown, in words.
package struct SearchProblem: Error, Equatable, Sendable {
    /// The reason in a sentence.
    package let words: String

    package init(_ words: String) { self.words = words }
}

extension SearchPlan {
    /// The plan of a saved search.
    ///
    /// - Throws: `SearchProblem` for one that this program can't read.
    package init(of search: SavedSearch) throws(SearchProblem) {
        guard let plan = try? JSONDecoder().decode(SearchPlan.self, from: Data(search.plan.utf8)) else {
            throw SearchProblem("search \(search.id): its plan can't be read")
        }
        self = plan
    }
}
