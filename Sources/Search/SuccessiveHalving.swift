/// Asynchronous successive halving: trials stop at rungs, and the best share of each rung goes on to the next one.
///
/// Li et al., "A System for Massively Parallel Hyperparameter Tuning" (2020), algorithm 2. Which trials go on depends on what is
/// known when a worker is free; what a trial computes does not.
package struct SuccessiveHalving: Equatable, Sendable {
    /// What a free worker does next.
    package enum Job: Equatable, Sendable {
        /// Begins a new trial, up to the first rung.
        case begin
        /// Takes a trial from a rung to the next one.
        case promote(trial: Int, toRung: Int)
    }

    /// What a trial reached at a rung.
    package struct Result: Equatable, Sendable {
        /// The trial's number.
        package let trial: Int
        /// Greater is better; NaN is worst.
        package let score: Double
    }

    /// Epochs of each rung, rising; the last are all.
    package let rungs: [Int]
    /// One of so many trials of a rung goes on.
    package let reduction: Int
    /// What was reached at each rung, in the order in which it was.
    package private(set) var results: [[Result]]
    private var promoted: [Set<Int>]

    /// - Parameters:
    ///   - epochs: of a whole trial.
    ///   - reduction: at least 2.
    ///   - least: epochs of the first rung, at least.
    package init(epochs: Int, reduction: Int = 3, least: Int = 1) {
        precondition(epochs >= 1 && reduction >= 2 && least >= 1, "rungs rise")
        var rungs = [epochs]
        while let first = rungs.first, first / reduction >= least { rungs.insert(first / reduction, at: 0) }
        self.init(rungs: rungs, reduction: reduction)
    }

    /// All trials are trained to their ends.
    package static func none(epochs: Int) -> SuccessiveHalving { SuccessiveHalving(rungs: [epochs], reduction: 2) }

    package init(rungs: [Int], reduction: Int) {
        (self.rungs, self.reduction) = (rungs, reduction)
        results = rungs.map { _ in [] }
        promoted = rungs.map { _ in [] }
    }

    /// The next job; the highest promotion first. Nil where a new trial is not wanted, and nothing can be promoted yet.
    package mutating func next(canBegin: Bool) -> Job? {
        for rung in rungs.indices.dropLast().reversed() {
            let best = ranking(of: rung).prefix(results[rung].count / reduction)
            if let trial = best.first(where: { !promoted[rung].contains($0.trial) && !$0.score.isNaN })?.trial {
                promoted[rung].insert(trial)
                return .promote(trial: trial, toRung: rung + 1)
            }
        }
        return canBegin ? .begin : nil
    }

    /// A trial has reached a rung.
    package mutating func record(trial: Int, rung: Int, score: Double) {
        results[rung].removeAll { $0.trial == trial }
        results[rung].append(Result(trial: trial, score: score))
        // A trial that was resumed can be at a rung that no promotion led it to.
        goesOn(trial: trial, toRung: rung)
    }

    /// A trial is on its way to a rung: it is not promoted from those below.
    package mutating func goesOn(trial: Int, toRung rung: Int) {
        for lower in 0..<rung { promoted[lower].insert(trial) }
    }

    /// A promotion that was given out, and is not carried out.
    package mutating func takeBack(trial: Int, toRung rung: Int) { promoted[rung - 1].remove(trial) }

    /// The trials of a rung, the best first; of equals the earlier trial.
    package func ranking(of rung: Int) -> [Result] {
        results[rung].sorted { a, b in
            if a.score.isNaN || b.score.isNaN { return !a.score.isNaN || b.score.isNaN && a.trial < b.trial }
            return a.score == b.score ? a.trial < b.trial : a.score > b.score
        }
    }

    /// Trials whose states are needed, as they can still go on: at each rung those that were not promoted, and that would be among
    /// the best share if all trials that are still to come were worse.
    ///
    /// - Parameter trials: all that the search will have; nil where that is not known.
    package func needed(of trials: Int?) -> Set<Int> {
        var needed: Set<Int> = []
        var coming = trials
        for rung in rungs.indices.dropLast() {
            let reached = results[rung].count
            let total = coming.map { max($0, reached) }
            let best = total.map { $0 / reduction } ?? reached
            let waiting = ranking(of: rung).prefix(best).filter {
                !$0.score.isNaN && !promoted[rung].contains($0.trial)
            }
            needed.formUnion(waiting.map(\.trial))
            // At most these come to the next rung: a trial that was promoted early stays so when better ones come.
            coming = total.map { promoted[rung].count + waiting.count + ($0 - reached) }
        }
        return needed
    }

    /// The most epochs that so many trials take.
    package func epochs(of trials: Int) -> Int {
        var (count, sum, before) = (trials, 0, 0)
        for rung in rungs {
            sum += count * (rung - before)
            (before, count) = (rung, count / reduction)
        }
        return sum
    }
}
