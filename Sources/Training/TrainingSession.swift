import Datasets
import Dispatch
import Foundation
import Specs
import Synchronization

/// A run on a thread of its own. Commands go in; events, snapshots and inspections come out.
///
/// The thread makes the network, and no other thread uses it: only values are exchanged. Events queue up, a new
/// snapshot replaces the one before it. `onNews` is called on the run's thread after either has changed, `onEnded`
/// after its end.
package final class TrainingSession: Sendable {
    /// What a run has sent since the last call: the events, oldest first, and then where it stands.
    package struct News: Sendable, Equatable {
        /// Oldest first.
        package internal(set) var events: [TrainingEvent] = []
        /// No older than the events that changed the run's state.
        package internal(set) var snapshot: TrainingSnapshot?
        /// The newest answer to what is watched.
        package internal(set) var inspection: Inspection?
    }

    /// The layers and settings that it was started with; live changes are in the events.
    package let spec: ExperimentSpec
    private let dataset: Dataset
    private let threads: Int
    private let startsPaused: Bool
    private let start: RunStart
    private let otherWork: OtherWork?
    private let mailboxes: SessionMailboxes
    private let over = Atomic(false)
    private let ended = DispatchGroup()

    /// Starts the run.
    ///
    /// - Parameters:
    ///   - start: where it begins or resumes, and what records it.
    ///   - threads: workers that share each step, the run's own thread among them.
    ///   - paused: wait before the first batch.
    ///   - otherWork: while it is under way, a short step is computed by the run's thread alone.
    ///   - onThread: called once on the run's thread, before anything else.
    ///   - onEnded: called once on the run's thread, after everything else; nil calls `onNews`.
    ///   - onNews: called from the run's thread; must be quick.
    package init(
        spec: ExperimentSpec, dataset: Dataset, threads: Int, paused: Bool = false,
        start: RunStart = RunStart(), otherWork: OtherWork? = nil, onThread: @escaping @Sendable () -> Void = {},
        onEnded: (@Sendable () -> Void)? = nil,
        onNews: @escaping @Sendable () -> Void
    ) {
        self.spec = spec
        self.dataset = dataset
        self.threads = threads
        startsPaused = paused
        self.start = start
        self.otherWork = otherWork
        mailboxes = SessionMailboxes(onNews: onNews)
        let onEnded = onEnded ?? onNews
        ended.enter()
        let thread = Thread { [self] in
            onThread()
            run()
            over.store(true, ordering: .releasing)
            ended.leave()
            onEnded()
        }
        thread.name = "trainer"
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Sends a command, which is carried out after the batch under way. `stop` also cuts evaluations short, and what
    /// comes before the first batch. Commands that still wait are then ignored.
    package func send(_ command: TrainingCommand) { mailboxes.send(command) }

    /// Events, snapshot and inspection since the last call.
    package func takeNews() -> News { mailboxes.takeNews() }

    /// Whether the thread is done, and has freed all that it held.
    package var hasEnded: Bool { over.load(ordering: .acquiring) }

    /// Blocks until the thread has ended. It ends only after `stop`, or where the run can't start.
    ///
    /// - Parameter limit: the longest wait; nil waits for ever.
    /// - Returns: whether it has ended.
    @discardableResult
    package func waitUntilEnded(limit: Duration? = nil) -> Bool {
        guard let limit else {
            ended.wait()
            return true
        }
        return ended.wait(timeout: .now() + limit.seconds) == .success
    }

    // MARK: - The thread

    private func run() {
        guard !mailboxes.isStopping else { return endEarly([.stopped], .stopped) }
        do throws(TrainingError) {
            var driver = try RunDriver(
                spec: spec, dataset: dataset, threads: threads, paused: startsPaused, start: start,
                otherWork: otherWork, host: mailboxes)
            driver.run()
        } catch {
            endEarly([.failed(error)], .failed(error))
        }
    }

    /// The end of a run that never had a network here.
    private func endEarly(_ events: [TrainingEvent], _ ending: RunEnding) {
        start.recorder?.record(.ended(RunEnd(ending, at: RunPlace(epoch: 0), position: 0)))
        mailboxes.tell(events, nil)
    }
}
