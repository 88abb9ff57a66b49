import Foundation
import Runs
import Specs
import Synchronization
import Training

/// Saves all trials of a search, on one thread: what happened in a second is one write to the disk.
///
/// It keeps the figures of a trial, the state from which it can go on, and the weights that it ends with; nothing else.
package final class SearchRecorder: Sendable {
    private struct Inside {
        var waiting = SearchProgress()
        /// Runs of the trials that are in the store.
        var runs: [Int: Int]
        /// Trials whose states are to be given back, once they are saved.
        var leaving: Set<Int> = []
        var isClosed = false
        var trouble: StoreError?
        /// Failed saves in a row.
        var failures = 0

        /// Whether states of runs that are there are still to be given back.
        var owesStates: Bool { leaving.contains { runs[$0] != nil } }
    }

    private static let interval = 1.0
    private static let lastTries = 5

    private let store: RunStore
    private let search: Int
    private let make: @Sendable (ExperimentSpec, RunFacts) -> NewRun
    private let inside: Mutex<Inside>
    private let wake = DispatchSemaphore(value: 0)
    private let ended = DispatchGroup()
    private let onTrouble: @Sendable (StoreError) -> Void
    private let earlier: Double
    private let clock = Mutex(Clock())

    /// Seconds since the start, less those in which the search was held.
    private struct Clock {
        let start = ContinuousClock.now
        var heldSince: ContinuousClock.Instant?
        var held = Duration.zero

        var seconds: Double { (start.duration(to: heldSince ?? .now) - held).seconds }

        mutating func hold(_ holds: Bool) {
            if holds {
                heldSince = heldSince ?? .now
            } else if let since = heldSince {
                held += since.duration(to: .now)
                heldSince = nil
            }
        }
    }

    /// - Parameters:
    ///   - store: a connection that no other thread uses.
    ///   - earlier: seconds that the search took before it was interrupted.
    ///   - runs: of the trials that have one.
    ///   - make: a run of a trial.
    ///   - onTrouble: called from the recorder's thread for the first of failed saves.
    package init(
        store: RunStore, search: Int, earlier: Double, runs: [Int: Int],
        make: @escaping @Sendable (ExperimentSpec, RunFacts) -> NewRun,
        onTrouble: @escaping @Sendable (StoreError) -> Void
    ) {
        (self.store, self.search, self.make, self.onTrouble) = (store, search, make, onTrouble)
        self.earlier = earlier
        inside = Mutex(Inside(runs: runs))
        ended.enter()
        let thread = Thread { [self] in
            work()
            ended.leave()
        }
        thread.name = "recorder"
        thread.start()
    }

    /// Why the newest save failed; nil while saving works.
    package var trouble: StoreError? { inside.withLock(\.trouble) }

    /// Seconds since the search was first started, less those between its sessions and in pauses.
    package var seconds: Double { earlier + clock.withLock(\.seconds) }

    /// Holds the clock of the search, or lets it go on.
    func holdClock(_ holds: Bool) { clock.withLock { $0.hold(holds) } }

    /// Gives the weights and the teacher that the line of a trial names.
    var weightFinder: WeightFinder { store.weightFinder }

    /// The run of a trial; nil before it is in the store.
    package func run(of trial: Int) -> Int? { inside.withLock { $0.runs[trial] } }

    /// Takes what happened in a trial.
    ///
    /// - Parameters:
    ///   - new: spec and facts of a trial whose network exists now.
    ///   - machine: that trains it, where it is another one.
    package func add(
        _ trial: SavedTrial, _ progress: UnsavedProgress = UnsavedProgress(),
        new: (spec: ExperimentSpec, facts: RunFacts)? = nil, machine: MachineFacts? = nil
    ) {
        inside.withLock { inside in
            var entry = inside.waiting.trials[trial.number] ?? SearchProgress.Trial(trial)
            entry.trial = trial
            entry.trial.run = inside.runs[trial.number]
            if let new, entry.trial.run == nil, entry.new == nil {
                entry.new = make(new.spec, new.facts)
                if let machine { entry.new?.machine = machine }
            }
            entry.progress.append(progress)
            inside.waiting.trials[trial.number] = entry
        }
    }

    /// What the search does has changed.
    func change(plan: String) { inside.withLock { $0.waiting.plan = plan } }

    /// Trials whose states nobody needs any more.
    func giveBack(_ trials: [Int]) {
        inside.withLock { inside in
            for trial in trials { inside.waiting.trials[trial]?.progress.checkpoint = nil }
            inside.leaving.formUnion(trials)
        }
    }

    /// Whether the state of a trial waits to be saved: no other one is taken then.
    func hasState(of trial: Int) -> Bool {
        inside.withLock { $0.waiting.trials[trial]?.progress.checkpoint != nil }
    }

    /// Claims the run of a trial that goes on, and gives the state that it goes on from.
    ///
    /// - Returns: nil where it begins anew.
    package func takeUp(_ trial: Int) throws(StoreError) -> TrainerState? {
        // What waits is its state.
        flush()
        let (run, unsaved) = inside.withLock { inside in
            inside.leaving.remove(trial)
            return (inside.runs[trial], inside.waiting.trials[trial]?.progress.checkpoint)
        }
        if let run { try store.claim(run: run) }
        // What could not be saved is newer.
        if let unsaved { return unsaved }
        return try run.flatMap { run throws(StoreError) in try store.checkpoint(of: run) }
    }

    /// Saves what waits now.
    ///
    /// - Returns: whether all that was told before is saved.
    package func save() -> Bool {
        flush()
        return trouble == nil
    }

    /// Saves what waits, and ends.
    ///
    /// - Returns: nil where all is saved.
    package func close() -> StoreError? {
        inside.withLock { $0.isClosed = true }
        wake.signal()
        ended.wait()
        return trouble
    }

    private func work() {
        while true {
            _ = wake.wait(timeout: .now() + Self.interval)
            flush()
            let isOver = inside.withLock { inside in
                inside.isClosed
                    && (inside.waiting.isEmpty && !inside.owesStates || inside.failures >= Self.lastTries)
            }
            if isOver { return }
        }
    }

    private let saving = Mutex(())

    /// One save, by whichever thread needs it.
    private func flush() {
        saving.withLock { _ in
            var progress = inside.withLock { inside in
                for (trial, run) in inside.runs where inside.leaving.remove(trial) != nil {
                    inside.waiting.givenBack.append(run)
                }
                defer { inside.waiting = SearchProgress() }
                return inside.waiting
            }
            guard !progress.isEmpty else { return }
            progress.seconds = seconds
            do throws(StoreError) {
                let runs = try store.record(progress, search: search)
                inside.withLock { inside in
                    inside.runs.merge(runs) { $1 }
                    // What came meanwhile was meant for a run that is there now.
                    for (trial, run) in runs {
                        inside.waiting.trials[trial]?.trial.run = run
                        inside.waiting.trials[trial]?.new = nil
                    }
                    (inside.trouble, inside.failures) = (nil, 0)
                }
            } catch {
                let isFirst = inside.withLock { inside in
                    var back = progress
                    for (number, later) in inside.waiting.trials {
                        guard var entry = back.trials[number] else {
                            back.trials[number] = later
                            continue
                        }
                        entry.trial = later.trial
                        entry.progress.append(later.progress)
                        back.trials[number] = entry
                    }
                    back.givenBack += inside.waiting.givenBack
                    back.plan = inside.waiting.plan ?? back.plan
                    inside.waiting = back
                    inside.failures += 1
                    defer { inside.trouble = error }
                    return inside.trouble == nil
                }
                if isFirst { onTrouble(error) }
            }
        }
    }
}
