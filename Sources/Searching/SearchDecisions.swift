import Runs
import Search
import Specs
import Training

/// What a search trains next, and what follows from what was reached: a value without threads and without a store.
package struct SearchDecisions: Sendable {
    /// What somebody who is free does.
    package enum Job: Sendable, Equatable {
        /// Trains a trial to a rung, or to its end where that is nil.
        case train(SearchEngine.Trial, rung: Int?)
        /// Nothing before another trial has come to its rung.
        case wait
        /// Nothing more.
        case done
    }

    /// What followed from the end of a trial's way to a rung.
    struct Arrival {
        /// The trial as the store has it from now on.
        let saved: SavedTrial
        /// The trial as it is now.
        let trial: SearchEngine.Trial
        /// Trials whose states nobody needs any more.
        let givenBack: [Int]
        /// Epochs of the rung, or those that it has.
        let epochs: Int
    }

    var plan: SearchPlan
    let space: SearchSpace
    let grid: [SearchPoint]?
    /// Trials at once.
    let workers: Int
    /// Epochs of a whole trial.
    let epochs: Int
    /// The rungs, with what was reached at each.
    var halving: SuccessiveHalving
    /// All trials so far, in the order of their numbers.
    var trials: [SearchEngine.Trial] = []
    /// Trials of the space that were begun.
    var begun = 0
    /// Trials that are trained now.
    private(set) var running: Set<Int> = []
    /// Trials that were under way when the search was interrupted, with the rung that they were on the way to.
    var pending: [(trial: Int, rung: Int)] = []
    /// Trials with other seeds that are still to be trained; nil before the finalists are known.
    var repeats: [Int]?
    var lines: Set<String> = []
    /// Trials whose states are saved.
    var kept: Set<Int> = []
    private var isExhausted = false
    /// Trials that got their numbers since `takeEntered`.
    private var entered: [SearchEngine.Trial] = []

    /// - Parameter trials: those that there are, in the order of their numbers.
    /// - Throws: `SpecError` where the space has trials of different lengths, or nothing validates them.
    init(
        _ plan: SearchPlan, _ space: SearchSpace, workers: Int, trials: [SearchEngine.Trial]
    ) throws(SpecError) {
        (self.plan, self.space, self.workers) = (plan, space, workers)
        grid = plan.grid(space)
        epochs = try SearchEngine.epochs(of: plan, space)
        halving = plan.halving(epochs: epochs)
        restore(trials)
    }

    /// Epochs after which a trial is at a rung, or at its end where that is nil.
    func epochs(ofRung rung: Int?) -> Int { rung.map { halving.rungs[$0] } ?? epochs }

    /// Trials whose states are kept, and that will not go on.
    var leftover: [Int] { kept.filter { !trials[$0].isFinished }.sorted() }

    /// The trials that got their numbers since the last call.
    mutating func takeEntered() -> [SearchEngine.Trial] {
        defer { entered = [] }
        return entered
    }

    /// The next job.
    ///
    /// - Parameter seconds: that the search has taken so far.
    mutating func next(at seconds: Double) -> Job {
        if !pending.isEmpty {
            let (number, rung) = pending.removeFirst()
            return train(number, rung)
        }
        if repeats == nil {
            if let job = chosen(at: seconds) { return job }
            guard running.isEmpty else { return .wait }
            if let job = best() { return job }
            repeats = enterRepeats()
        }
        guard let first = repeats?.first else { return running.isEmpty ? .done : .wait }
        repeats?.removeFirst()
        return train(first, nil)
    }

    private mutating func train(_ number: Int, _ rung: Int?) -> Job {
        running.insert(number)
        return .train(trials[number], rung: rung)
    }

    /// A trial that begins or goes on; nil where none does, or the time is up.
    private mutating func chosen(at seconds: Double) -> Job? {
        if let limit = plan.seconds, seconds + reserve >= limit { return nil }
        let wanted = plan.trials.map { begun < $0 } ?? true
        switch halving.next(canBegin: wanted && !isExhausted) {
        case .promote(let trial, let rung): return train(trial, rung)
        case .begin:
            let drawn = plan.draw(trial: begun, space, grid: grid, known: lines, seen: observations)
            guard let drawn else {
                isExhausted = true
                return halving.next(canBegin: false) == nil ? nil : .wait
            }
            let trial = SearchEngine.Trial(number: trials.count, spec: drawn.spec, point: drawn.point)
            begun += 1
            lines.insert(drawn.spec.description)
            enter(trial)
            return train(trial.number, 0)
        case nil: return nil
        }
    }

    /// What the trials reached at the highest rung of which enough is known: only what was reached after as many epochs is
    /// compared.
    private var observations: [ParzenSampler.Observation] {
        guard plan.sampler == .tpe else { return [] }
        let rungs = halving.results.map { results in
            results.compactMap { result -> ParzenSampler.Observation? in
                guard !result.score.isNaN, let point = trials[result.trial].point else { return nil }
                return (point, result.score)
            }
        }
        return rungs.last { $0.count >= ParzenSampler.leastObservations } ?? []
    }

    /// The best trial on its way to the last rung, where the time was too short for any to reach it.
    private mutating func best() -> Job? {
        let top = halving.rungs.count - 1
        guard halving.results[top].isEmpty,
            let rung = halving.results.indices.last(where: { !halving.results[$0].isEmpty }),
            let first = halving.ranking(of: rung).first, !first.score.isNaN
        else { return nil }
        halving.goesOn(trial: first.trial, toRung: top)
        return train(first.trial, top)
    }

    /// A trial has its number: it is in the store with it, whatever happens before its network is made.
    private mutating func enter(_ trial: SearchEngine.Trial) {
        trials.append(trial)
        entered.append(trial)
    }

    /// Seconds that the finalists will take, by what trials have taken so far.
    private var reserve: Double {
        let count = plan.finalists * max(0, plan.repeats - 1)
        guard count > 0, let each = secondsPerEpoch else { return 0 }
        return each * Double(epochs * ((count + workers - 1) / workers))
    }

    /// Seconds until the end, by what it has taken so far; nil where nothing is known of it.
    func secondsToGo(at seconds: Double) -> Double? {
        let most = [plan.trials, grid?.count].compactMap(\.self).min()
        let trained = trials.reduce(0) { $0 + $1.figures.count }
        return plan.secondsToGo(halving, trials: most, epochs: trained, after: seconds)
    }

    /// Mean seconds of an epoch; nil before the first.
    var secondsPerEpoch: Double? {
        let trained = trials.flatMap(\.figures)
        guard !trained.isEmpty else { return nil }
        return trained.reduce(0) { $0 + ($1.wallSeconds ?? $1.seconds) } / Double(trained.count)
    }

    /// The best trials with other seeds.
    private mutating func enterRepeats() -> [Int] {
        let top = halving.rungs.count - 1
        var numbers: [Int] = []
        for result in halving.ranking(of: top).prefix(plan.finalists) where !result.score.isNaN {
            let original = trials[result.trial]
            for turn in 1..<max(1, plan.repeats) {
                var spec = original.spec
                spec.training.seed = plan.seed &+ UInt64(turn)
                if let there = trials.first(where: { $0.spec == spec }) {
                    // The search was interrupted before its end.
                    if !there.isFinished, there.failure == nil, !numbers.contains(there.number),
                        !running.contains(there.number)
                    {
                        numbers.append(there.number)
                    }
                    continue
                }
                var trial = SearchEngine.Trial(number: trials.count, spec: spec)
                trial.repeats = original.number
                enter(trial)
                numbers.append(trial.number)
            }
        }
        return numbers
    }

    /// A trial is on its way already: somebody trains it who outlasted the session before.
    ///
    /// - Returns: nil where it has nothing to do there: it is at that rung, has ended, or is another one.
    mutating func adopt(_ number: Int, line: String, rung: Int?) -> SearchEngine.Trial? {
        guard trials.indices.contains(number), !running.contains(number),
            rung.map(halving.rungs.indices.contains) ?? true
        else { return nil }
        let trial = trials[number]
        guard trial.spec.description == line, trial.failure == nil, !trial.isFinished, !trial.isDropped,
            trial.figures.last?.epoch ?? 0 < epochs(ofRung: rung)
        else { return nil }
        pending.removeAll { $0.trial == number }
        if let rung { halving.goesOn(trial: number, toRung: rung) }
        running.insert(number)
        return trial
    }

    // MARK: - What became of a job

    /// A job is not carried out, and the trial is none the worse for it.
    mutating func putBack(_ trial: Int, _ rung: Int?) {
        running.remove(trial)
        guard let rung else {
            repeats?.append(trial)
            return
        }
        if rung == 0 {
            pending.append((trial, rung))
        } else {
            halving.takeBack(trial: trial, toRung: rung)
        }
    }

    /// A job has ended.
    ///
    /// - Parameter isThere: whether it is at its rung, or has failed; else it was stopped on its way.
    mutating func end(_ ended: SearchEngine.Trial, _ rung: Int?, isThere: Bool) -> Arrival {
        var trial = ended
        if isThere { trial.score = trial.reached }
        running.remove(trial.number)
        // It may have been taken out while it was on its way.
        trial.isDropped = trials[trial.number].isDropped
        trials[trial.number] = trial
        let saved = trial.saved(as: trial.state(isThere: isThere))
        guard isThere, let rung else {
            return Arrival(
                saved: saved, trial: trial, givenBack: trial.isFinished || trial.isDropped ? [trial.number] : [],
                epochs: trial.figures.last?.epoch ?? 0)
        }
        halving.record(trial: trial.number, rung: rung, score: trial.score ?? .nan)
        kept.insert(trial.number)
        let needed = halving.needed(of: plan.trials ?? grid?.count).union(running)
        let gone = kept.subtracting(needed)
        kept.subtract(gone)
        return Arrival(saved: saved, trial: trial, givenBack: gone.sorted(), epochs: halving.rungs[rung])
    }
}
