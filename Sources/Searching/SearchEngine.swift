import Datasets
import Foundation
import Runs
import Search
import Specs
import Synchronization
import Training

/// Trains the trials of a search side by side, each on one thread, until its budget is used up.
///
/// What a trial computes depends on its line alone; which trials go on depends on what the others have reached by then.
package final class SearchEngine: Sendable {
    /// A trial of the search.
    package struct Trial: Sendable, Equatable {
        /// Its number, from 0.
        package let number: Int
        /// Layers and settings.
        package let spec: ExperimentSpec
        /// What was chosen for it; nil for one that repeats another one.
        package let point: SearchPoint?
        /// Its epochs so far.
        package var figures: [EpochFigures] = []
        /// The trial that this one repeats with another seed; nil for one that the space gave.
        package var repeats: Int?
        /// Why it failed.
        package var failure: String?
        /// What it has reached; NaN where it failed, nil before the first rung.
        package var score: Double?
        /// Whether it has been trained to its end.
        package var isFinished = false

        package init(number: Int, spec: ExperimentSpec, point: SearchPoint? = nil) {
            (self.number, self.spec, self.point) = (number, spec, point)
        }

        /// The trial as the store has it.
        func saved(as state: SavedTrial.State) -> SavedTrial {
            SavedTrial(
                number: number, line: spec.description, state: state, score: score, point: point?.description)
        }
    }

    /// What the search says of itself, called from the trials' threads.
    package enum News: Sendable {
        /// A trial has reached a rung, of so many epochs, or has failed.
        case reached(Trial, epochs: Int)
    }

    /// How a search ended.
    package enum Ending: Sendable, Equatable { case finished, stopped }

    private struct Inside {
        var halving: SuccessiveHalving
        var trials: [Trial] = []
        /// Trials of the space that were begun.
        var begun = 0
        /// Trials that are trained now.
        var running: Set<Int> = []
        /// Trials that were under way when the search was interrupted, with the rung that they were on the way to.
        var pending: [(trial: Int, rung: Int)] = []
        /// Trials with other seeds that are still to be trained; nil before the finalists are known.
        var repeats: [Int]?
        var lines: Set<String> = []
        /// Trials whose states are saved.
        var kept: Set<Int> = []
        var isExhausted = false
        /// Seconds of training.
        var seconds = 0.0
    }

    private enum Job {
        case train(Trial, rung: Int?)
        case wait
        case done
    }

    private let plan: SearchPlan
    private let space: SearchSpace
    private let grid: [SearchPoint]?
    private let dataset: Dataset
    private let recorder: SearchRecorder
    private let workers: Int
    private let epochs: Int
    private let inside: Mutex<Inside>
    private let isStopping = Atomic(false)
    private let onNews: @Sendable (News) -> Void

    /// - Parameters:
    ///   - trials: those that the store has, in the order of their numbers.
    ///   - onNews: called from the trials' threads; must be quick.
    /// - Throws: `SpecError` where the space has trials of different lengths, or nothing validates them.
    package init(
        _ plan: SearchPlan, _ space: SearchSpace, dataset: Dataset, workers: Int, recorder: SearchRecorder,
        trials: [Trial] = [], onNews: @escaping @Sendable (News) -> Void
    ) throws(SpecError) {
        (self.plan, self.space, self.dataset, self.workers) = (plan, space, dataset, workers)
        (self.recorder, self.onNews) = (recorder, onNews)
        grid = plan.grid(space)
        epochs = try Self.epochs(of: plan, space)
        var inside = Inside(halving: plan.halving(epochs: epochs))
        Self.restore(trials, into: &inside, plan)
        self.inside = Mutex(inside)
    }

    /// Epochs of a whole trial.
    ///
    /// - Throws: `SpecError` where they are not the same for all trials, or there is nothing to validate them.
    package static func epochs(of plan: SearchPlan, _ space: SearchSpace) throws(SpecError) -> Int {
        for name in ["epochs", "val"] where space.dimensions.contains(where: { $0.name == name }) {
            throw SpecError(name, "not to be searched for", expected: "one value for all trials, as they are compared")
        }
        guard
            let spec = plan.draw(trial: 0, space, grid: plan.grid(space), known: [])?.spec
        else { throw SpecError(plan.space, "no trial of it is possible", expected: "settings that go together") }
        guard spec.training.validation > 0 else {
            throw SpecError(
                "val=0", "nothing to compare trials by", expected: "val above 0: the test set is not looked at")
        }
        return spec.training.epochs
    }

    // MARK: - What is known

    /// All trials so far, in the order of their numbers.
    package var trials: [Trial] { inside.withLock(\.trials) }

    /// The rungs, with what was reached at each.
    package var halving: SuccessiveHalving { inside.withLock(\.halving) }

    /// Seconds since the search was first started, less those between its sessions.
    package var seconds: Double { recorder.seconds }

    /// The trials that reached the highest rung, the best first; of a trial that others repeat the mean counts.
    package var ranking: [Trial] {
        inside.withLock { inside in
            let (trials, halving) = (inside.trials, inside.halving)
            guard let top = halving.rungs.indices.last(where: { !halving.results[$0].isEmpty }) else { return [] }
            return halving.ranking(of: top).filter { !$0.score.isNaN }.map { trials[$0.trial] }
        }
    }

    /// A trial and those that repeat it with other seeds, as far as they were trained to their ends.
    package func group(of trial: Int) -> [Trial] {
        inside.withLock { inside in
            inside.trials.filter {
                ($0.number == trial || $0.repeats == trial) && $0.isFinished && $0.score?.isNaN == false
            }
        }
    }

    // MARK: - Running

    /// Trains until the budget is used up, or `stop`. Blocks.
    package func run() -> Ending {
        let ended = DispatchGroup()
        for worker in 0..<workers {
            ended.enter()
            let thread = Thread { [self] in
                work()
                ended.leave()
            }
            (thread.name, thread.stackSize) = ("trial \(worker + 1)", 8 << 20)
            thread.start()
        }
        ended.wait()
        guard !isStopping.load(ordering: .acquiring) else { return .stopped }
        // Nothing goes on any more.
        recorder.giveBack(inside.withLock { inside in inside.kept.filter { !inside.trials[$0].isFinished }.sorted() })
        return .finished
    }

    /// Stops all trials after the batch under way; each can go on from there.
    package func stop() { isStopping.store(true, ordering: .releasing) }

    private func work() {
        while true {
            switch next() {
            case .train(let trial, let rung): train(trial, toRung: rung)
            case .wait: Thread.sleep(forTimeInterval: 0.02)
            case .done: return
            }
        }
    }

    private func next() -> Job {
        let now = seconds
        return inside.withLock { inside in
            guard !isStopping.load(ordering: .acquiring) else { return .done }
            if !inside.pending.isEmpty {
                let (number, rung) = inside.pending.removeFirst()
                inside.running.insert(number)
                return .train(inside.trials[number], rung: rung)
            }
            if inside.repeats == nil {
                if let job = chosen(&inside, now) { return job }
                guard inside.running.isEmpty else { return .wait }
                if let job = best(&inside) { return job }
                inside.repeats = enterRepeats(&inside)
            }
            guard let first = inside.repeats?.first else { return inside.running.isEmpty ? .done : .wait }
            inside.repeats?.removeFirst()
            inside.running.insert(first)
            return .train(inside.trials[first], rung: nil)
        }
    }

    /// A trial that begins or goes on; nil where none does, or the time is up.
    private func chosen(_ inside: inout Inside, _ now: Double) -> Job? {
        if let limit = plan.seconds, now + reserve(inside) >= limit { return nil }
        let wanted = plan.trials.map { inside.begun < $0 } ?? true
        switch inside.halving.next(canBegin: wanted && !inside.isExhausted) {
        case .promote(let trial, let rung):
            inside.running.insert(trial)
            return .train(inside.trials[trial], rung: rung)
        case .begin:
            let drawn = plan.draw(
                trial: inside.begun, space, grid: grid, known: inside.lines, seen: observations(inside))
            guard let drawn else {
                inside.isExhausted = true
                return inside.halving.next(canBegin: false) == nil ? nil : .wait
            }
            let trial = Trial(number: inside.trials.count, spec: drawn.spec, point: drawn.point)
            inside.begun += 1
            inside.lines.insert(drawn.spec.description)
            inside.trials.append(trial)
            inside.running.insert(trial.number)
            enter(trial)
            return .train(trial, rung: 0)
        case nil: return nil
        }
    }

    /// What the trials reached at the highest rung of which enough is known: only what was reached after as many epochs is
    /// compared.
    private func observations(_ inside: Inside) -> [ParzenSampler.Observation] {
        guard plan.sampler == .tpe else { return [] }
        let rungs = inside.halving.results.map { results in
            results.compactMap { result -> ParzenSampler.Observation? in
                guard !result.score.isNaN, let point = inside.trials[result.trial].point else { return nil }
                return (point, result.score)
            }
        }
        return rungs.last { $0.count >= ParzenSampler.leastObservations } ?? []
    }

    /// The best trial on its way to the last rung, where the time was too short for any to reach it.
    private func best(_ inside: inout Inside) -> Job? {
        let top = inside.halving.rungs.count - 1
        guard inside.halving.results[top].isEmpty,
            let rung = inside.halving.results.indices.last(where: { !inside.halving.results[$0].isEmpty }),
            let first = inside.halving.ranking(of: rung).first, !first.score.isNaN
        else { return nil }
        inside.halving.goesOn(trial: first.trial, toRung: top)
        inside.running.insert(first.trial)
        return .train(inside.trials[first.trial], rung: top)
    }

    /// A trial has its number: it is in the store with it, whatever happens before its network is made.
    private func enter(_ trial: Trial) {
        recorder.add(trial.saved(as: .running))
    }

    /// Seconds that the finalists will take, by what trials have taken so far.
    private func reserve(_ inside: Inside) -> Double {
        let count = plan.finalists * max(0, plan.repeats - 1)
        guard count > 0 else { return 0 }
        let trained = inside.trials.flatMap(\.figures)
        guard !trained.isEmpty else { return 0 }
        let each = trained.reduce(0) { $0 + ($1.wallSeconds ?? $1.seconds) } / Double(trained.count)
        return each * Double(epochs * ((count + workers - 1) / workers))
    }

    /// The best trials with other seeds.
    private func enterRepeats(_ inside: inout Inside) -> [Int] {
        let top = inside.halving.rungs.count - 1
        var numbers: [Int] = []
        for result in inside.halving.ranking(of: top).prefix(plan.finalists) where !result.score.isNaN {
            let original = inside.trials[result.trial]
            for turn in 1..<max(1, plan.repeats) {
                var spec = original.spec
                spec.training.seed = plan.seed &+ UInt64(turn)
                if let there = inside.trials.first(where: { $0.spec == spec }) {
                    // The search was interrupted before its end.
                    if !there.isFinished, there.failure == nil, !numbers.contains(there.number) {
                        numbers.append(there.number)
                    }
                    continue
                }
                var trial = Trial(number: inside.trials.count, spec: spec)
                trial.repeats = original.number
                inside.trials.append(trial)
                enter(trial)
                numbers.append(trial.number)
            }
        }
        return numbers
    }

    // MARK: - One trial

    private func train(_ trial: Trial, toRung rung: Int?) {
        var trial = trial
        let until = rung.map { inside.withLock { $0.halving.rungs }[$0] } ?? epochs
        do {
            let state = try recorder.takeUp(trial.number)
            // Epochs behind the state are trained again, to the same bits.
            trial.figures.removeAll { $0.epoch > state?.epoch ?? 0 }
            let host = TrialHost(until: until, figures: trial.figures) { [self] in
                isStopping.load(ordering: .acquiring)
            } onEpoch: { _ in
            }
            var start = RunStart(
                state: state,
                recorder: TrialRecording(recorder, trial))
            start.measuresTest = false
            start.weights = recorder.weightFinder
            var driver = try RunDriver(spec: trial.spec, dataset: dataset, threads: 1, start: start, host: host)
            driver.run()
            trial.figures = host.figures
            trial.failure = host.failure.map { "\($0)" }
            trial.isFinished = host.isFinished
            let isThere = host.epochs >= until || host.isFinished || host.failure != nil
            end(trial, rung, isThere: isThere)
        } catch let error as StoreError where !error.concernsRun {
            // The disk is full, or the store is in use: the trial is none the worse for it.
            putBack(trial.number, rung)
            Thread.sleep(forTimeInterval: Self.patience)
        } catch {
            trial.failure = "\(error)"
            end(trial, rung, isThere: true)
        }
    }

    /// Seconds before a trial is taken up again whose state could not be read.
    private static let patience = 1.0

    private func putBack(_ trial: Int, _ rung: Int?) {
        inside.withLock { inside in
            inside.running.remove(trial)
            guard let rung else {
                inside.repeats?.append(trial)
                return
            }
            if rung == 0 {
                inside.pending.append((trial, rung))
            } else {
                inside.halving.takeBack(trial: trial, toRung: rung)
            }
        }
    }

    private func end(_ ended: Trial, _ rung: Int?, isThere: Bool) {
        var trial = ended
        if isThere { trial.score = Self.score(trial) }
        let (gone, epochs) = inside.withLock { inside in
            inside.running.remove(trial.number)
            inside.trials[trial.number] = trial
            guard isThere, let rung else {
                return (trial.isFinished ? [trial.number] : [], trial.figures.last?.epoch ?? 0)
            }
            inside.halving.record(trial: trial.number, rung: rung, score: trial.score ?? .nan)
            inside.kept.insert(trial.number)
            let needed = inside.halving.needed(of: plan.trials ?? grid?.count).union(inside.running)
            let gone = inside.kept.subtracting(needed)
            inside.kept.subtract(gone)
            return (gone.sorted(), inside.halving.rungs[rung])
        }
        let state: SavedTrial.State =
            trial.failure != nil ? .failed : trial.isFinished ? .finished : isThere ? .waiting : .running
        recorder.add(trial.saved(as: state))
        recorder.giveBack(gone)
        if isThere { onNews(.reached(trial, epochs: epochs)) }
    }

    /// The validation accuracy; of equals the less loss counts. NaN where it failed.
    static func score(_ trial: Trial) -> Double {
        guard trial.failure == nil, let last = trial.figures.last, let accuracy = last.validationAccuracy else {
            return .nan
        }
        return accuracy - 1e-7 * min(100, last.validationLoss ?? 100)
    }

    // MARK: - Going on

    /// Puts back what an interrupted search has reached.
    private static func restore(_ trials: [Trial], into inside: inout Inside, _ plan: SearchPlan) {
        inside.trials = trials
        let halving = inside.halving
        for trial in trials where trial.repeats == nil {
            inside.begun += 1
            inside.lines.insert(trial.spec.description)
            let epochs = trial.figures.last?.epoch ?? 0
            for (rung, length) in halving.rungs.enumerated() where epochs >= length || trial.isFinished {
                var there = trial
                (there.figures, there.failure) = (there.figures.filter { $0.epoch <= length }, nil)
                inside.halving.record(trial: trial.number, rung: rung, score: score(there))
            }
            inside.kept.insert(trial.number)
            let next = halving.rungs.firstIndex { $0 > epochs }
            if trial.failure != nil {
                inside.halving.record(trial: trial.number, rung: next ?? halving.rungs.count - 1, score: .nan)
                continue
            }
            // At a rung it waits for its promotion; with all epochs it has only to come to its end.
            let rung = next ?? halving.rungs.count - 1
            guard !trial.isFinished, next == nil || rung == 0 || epochs > halving.rungs[rung - 1] else { continue }
            inside.halving.goesOn(trial: trial.number, toRung: rung)
            inside.pending.append((trial.number, rung))
        }
    }
}

extension StoreError {
    /// Whether it is the run's own fault, which does not pass.
    fileprivate var concernsRun: Bool {
        switch self {
        case .noRun, .inUse, .damaged: true
        default: false
        }
    }
}
