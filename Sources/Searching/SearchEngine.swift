import Runs
import Search
import Specs
import Synchronization
import Training

/// A search until its budget is used up: what it decides goes to whoever trains its trials, and what they reach into its store.
///
/// What a trial computes depends on its line alone; which trials go on depends on what the others have reached by then.
package final class SearchEngine: Sendable {
    /// What the search says of itself, called from the threads of whoever trains.
    package enum News: Sendable {
        /// A trial has reached a rung, of so many epochs, or has failed; and the seconds until the search ends, where something
        /// is known of them.
        case reached(Trial, epochs: Int, secondsToGo: Double?)
    }

    /// How a search ended.
    package enum Ending: Sendable, Equatable {
        case finished, stopped
        /// Its trials can't be trained; the search can go on once that is mended.
        case failed(String)
    }

    /// Saves what happens in the trials.
    package let recorder: SearchRecorder
    private let trainer: any TrialTrainer
    private let decisions: Mutex<SearchDecisions>
    private let stopping = Atomic(false)
    private let paused = Atomic(false)
    private let fault = Mutex<String?>(nil)
    private let onNews: @Sendable (News) -> Void

    /// - Parameters:
    ///   - trainer: who trains the trials.
    ///   - trials: those that the store has, in the order of their numbers.
    ///   - onNews: called from the threads of the trainer; must be quick.
    /// - Throws: `SpecError` where the space has trials of different lengths, or nothing validates them.
    package init(
        _ plan: SearchPlan, _ space: SearchSpace, trainer: any TrialTrainer, recorder: SearchRecorder,
        trials: [Trial] = [], onNews: @escaping @Sendable (News) -> Void
    ) throws(SpecError) {
        (self.trainer, self.recorder, self.onNews) = (trainer, recorder, onNews)
        decisions = Mutex(try SearchDecisions(plan, space, workers: trainer.workers, trials: trials))
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
    package var trials: [Trial] { decisions.withLock(\.trials) }

    /// The rungs, with what was reached at each.
    package var halving: SuccessiveHalving { decisions.withLock(\.halving) }

    /// Seconds since the search was first started, less those between its sessions.
    package var seconds: Double { recorder.seconds }

    /// The trials that reached the highest rung, the best first; of a trial that others repeat the mean counts.
    package var ranking: [Trial] {
        decisions.withLock { decisions in
            let (trials, halving) = (decisions.trials, decisions.halving)
            guard let top = halving.rungs.indices.last(where: { !halving.results[$0].isEmpty }) else { return [] }
            return halving.ranking(of: top).filter { !$0.score.isNaN }.map { trials[$0.trial] }
        }
    }

    /// A trial and those that repeat it with other seeds, as far as they were trained to their ends.
    package func group(of trial: Int) -> [Trial] {
        decisions.withLock { decisions in
            decisions.trials.filter {
                ($0.number == trial || $0.repeats == trial) && $0.isFinished && $0.score?.isNaN == false
            }
        }
    }

    // MARK: - Running

    /// Trains until the budget is used up, or `stop`. Blocks.
    package func run() -> Ending {
        trainer.train(self)
        if let reason = fault.withLock(\.self) { return .failed(reason) }
        guard !isStopping else { return .stopped }
        // Nothing goes on any more.
        recorder.giveBack(decisions.withLock(\.leftover))
        return .finished
    }

    /// Stops all trials after the batch under way; each can go on from there.
    package func stop() { stopping.store(true, ordering: .releasing) }

    /// Whether all trials are held.
    package var isPaused: Bool { paused.load(ordering: .acquiring) }

    func hold(_ holds: Bool) { paused.store(holds, ordering: .releasing) }

    /// Reads or changes what is decided.
    func decide<Result: Sendable>(_ body: (inout SearchDecisions) -> Result) -> Result {
        decisions.withLock { body(&$0) }
    }

    // MARK: - For whoever trains

    /// Whether the search is to stop.
    package var isStopping: Bool { stopping.load(ordering: .acquiring) }

    /// What somebody who is free does now.
    package func next() -> SearchDecisions.Job {
        let now = seconds
        guard !isStopping else { return .done }
        guard !isPaused else { return .wait }
        let (job, entered) = decisions.withLock { decisions in
            let job = decisions.next(at: now)
            return (job, decisions.takeEntered())
        }
        for trial in entered { recorder.add(trial.saved(as: .running)) }
        return job
    }

    /// Seconds until the end, by what it has taken so far; nil where nothing is known of it.
    package var secondsToGo: Double? {
        let now = seconds
        return decisions.withLock { $0.secondsToGo(at: now) }
    }

    /// Mean seconds of an epoch so far; nil before the first.
    package var secondsPerEpoch: Double? { decisions.withLock(\.secondsPerEpoch) }

    /// The trial is on its way already, from a session before.
    ///
    /// - Parameter line: of the trial.
    /// - Returns: nil where it has nothing to do there: it is at that rung, has ended, or is another one.
    package func adopt(_ trial: Int, line: String, rung: Int?) -> Trial? {
        decisions.withLock { $0.adopt(trial, line: line, rung: rung) }
    }

    /// Nothing can be trained: the search stops.
    package func fail(_ reason: String) {
        fault.withLock { $0 = $0 ?? reason }
        stop()
    }

    /// Epochs after which a trial is at a rung, or at its end where that is nil.
    package func epochs(ofRung rung: Int?) -> Int { decisions.withLock { $0.epochs(ofRung: rung) } }

    /// A job is not carried out, and the trial is none the worse for it.
    package func putBack(_ trial: Int, rung: Int?) { decisions.withLock { $0.putBack(trial, rung) } }

    /// A job has ended.
    ///
    /// - Parameters:
    ///   - trial: with its epochs, and whether it has failed or finished.
    ///   - isThere: whether it is at its rung, or has failed; else it was stopped on its way.
    package func end(_ trial: Trial, rung: Int?, isThere: Bool) {
        let arrival = decisions.withLock { $0.end(trial, rung, isThere: isThere) }
        recorder.add(arrival.saved)
        recorder.giveBack(arrival.givenBack)
        if isThere { onNews(.reached(arrival.trial, epochs: arrival.epochs, secondsToGo: secondsToGo)) }
    }
}
