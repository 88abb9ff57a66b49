import Datasets
import Dispatch
import Foundation
import Specs
import Synchronization

/// A run on a thread of its own, with two mailboxes out and one in.
///
/// The thread makes the network and keeps it; only values cross over. The newest snapshot replaces the one before it,
/// events queue up. `onNews` is called from the training thread after either has changed, `onEnded` after its end.
package final class TrainingSession: Sendable {
    /// What a run has said since it was last asked: the events, oldest first, and then where it stands.
    package struct News: Sendable, Equatable {
        package internal(set) var events: [TrainingEvent] = []
        /// No older than the events that changed the run's state.
        package internal(set) var snapshot: TrainingSnapshot?
        /// The newest answer to what is watched.
        package internal(set) var inspection: Inspection?
    }

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
    ///   - start: where it is taken up, and who keeps it.
    ///   - threads: workers that share each step, the run's own thread among them.
    ///   - paused: wait before the first batch.
    ///   - otherWork: while some is under way, a short step is made by the run's thread alone.
    ///   - onThread: called once, first of all, on the run's thread.
    ///   - onEnded: called once, last of all, on the run's thread; nil calls `onNews`.
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

    /// Asks something of the run; obeyed after the batch under way. `stop` also cuts short what comes before the first
    /// batch, and measurements; commands that wait are then left undone.
    package func send(_ command: TrainingCommand) { mailboxes.send(command) }

    /// Everything since the last call.
    package func takeNews() -> News { mailboxes.takeNews() }

    /// Whether the thread is done, and all that it held is given back.
    package var hasEnded: Bool { over.load(ordering: .acquiring) }

    /// Blocks until the thread has ended; it ends only after `stop`, or where the run can't start.
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
