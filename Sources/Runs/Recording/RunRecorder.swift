import Datasets
import Foundation
import Specs
import Synchronization
import Training

/// Saves a run while it trains, on a thread of its own. The training thread only copies, and never waits for the disk.
///
/// After a failed save the recorder reports it and tries again; the run still trains.
package final class RunRecorder: RunRecording {
    /// What a recorder reports.
    package enum Report: Sendable, Equatable {
        /// The run is in the store, under this number.
        case numbered(Int)
        /// Nothing could be saved; it will be tried again.
        case failed(StoreError)
        /// The run was deleted, or undeleted, while it trains; it is saved all the same.
        case deleted(Bool)
        /// Nothing of the run is saved any more: it was purged, or another program trains it.
        case lost(StoreError)
        /// What could not be saved is saved now; with the event that the store has of that.
        case recovered(RunEvent)
    }

    /// The run that is recorded.
    package enum Target: Sendable {
        /// A new one, which is inserted once its facts are known.
        case new(@Sendable (RunFacts) -> NewRun)
        /// One that is in the store, and that this program has claimed.
        case existing(Int)
    }

    private struct Inside {
        var store: RunStore
        var queue: RecorderQueue
        var pace = CheckpointPace()
        var target: Target
        /// Known once the run has started.
        var facts: RunFacts?
        var isClosed = false
        /// Whether the run was purged or another program trains it: nothing is tried again.
        var isLost = false
        var isDeleted = false
        /// Whether the user stopped the run before its first epoch was done, so that it is not saved.
        var isAbandoned = false
        /// Whether the thread saves now.
        var isSaving = false
        var trouble: StoreError?
        /// Where the run was when the first of the failed saves failed, and why; saved with the next one.
        var failedSave: RunEvent?
        /// Finished epochs, by what was recorded.
        var position = 0.0
        var wasInterrupted = false
        var needsFingerprint: Bool
        /// Failed saves since it was closed.
        var lastFailures = 0
    }

    /// Number of tries once the recorder is closed.
    private static let lastTries = 3
    /// Seconds between two looks whether its end is still waited for.
    private static let glance = 0.02

    private let path: String
    private let inside: Mutex<Inside>
    private let fingerprint: (@Sendable () throws(StoreError) -> String)?
    private let dataset: StoredDataset?
    private let onReport: @Sendable (Report) -> Void
    private let onState: @Sendable (RunPlace) -> Void
    private let wake = DispatchSemaphore(value: 0)
    private let ended = DispatchGroup()
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant

    /// - Parameters:
    ///   - store: a connection of its own, which no thread uses that must not wait.
    ///   - fingerprint: computes the data set's, once, on the recorder's thread; nil where the store has it.
    ///   - dataset: what the store keeps beside the fingerprint.
    ///   - onReport: called from the recorder's thread.
    ///   - onState: called from there with the place of each state that was saved, from which the run can be resumed.
    package init(
        store: RunStore, target: Target, fingerprint: (@Sendable () throws(StoreError) -> String)? = nil,
        dataset: StoredDataset? = nil, onThread: @escaping @Sendable () -> Void = {},
        onReport: @escaping @Sendable (Report) -> Void,
        onState: @escaping @Sendable (RunPlace) -> Void = { _ in }
    ) {
        path = store.path
        (self.fingerprint, self.dataset) = (fingerprint, dataset)
        self.onReport = onReport
        self.onState = onState
        start = ContinuousClock.now
        inside = Mutex(
            Inside(store: store, queue: RecorderQueue(now: 0), target: target, needsFingerprint: fingerprint != nil))
        ended.enter()
        let thread = Thread { [self] in
            onThread()
            work()
            ended.leave()
        }
        thread.name = "recorder"
        thread.start()
    }

    // MARK: - On the run's thread

    /// Whether a state is to be saved now; false while one is waiting or being saved.
    package func wantsState(at moment: CheckpointMoment) -> Bool {
        let now = seconds
        return inside.withLock { inside in
            // At most one state waits: each is as large as the network and its moments.
            !inside.isLost && inside.queue.waiting.checkpoint == nil && !inside.isSaving
                && inside.pace.isDue(at: now, isEpochEnd: moment == .epoch)
        }
    }

    /// Puts what happened into the queue, which the recorder's thread saves.
    package func record(_ event: RecordedEvent) {
        let now = seconds
        let isSooner = inside.withLock { inside in
            guard !inside.isLost else { return false }
            let before = inside.queue.wait(at: now)
            if case .started(let facts, _) = event { inside.facts = facts }
            let progress = UnsavedProgress(event, interrupted: inside.wasInterrupted, time: Date())
            if progress.checkpoint != nil { inside.pace.given(at: now) }
            inside.position = progress.position ?? inside.position
            inside.queue.add(progress)
            return inside.queue.wait(at: now) < before
        }
        // Not otherwise: a thread that wakes takes a worker's processor away.
        if isSooner { wake.signal() }
    }

    /// Whether a run that is stopped now is to be evaluated: where it is in the store, or has finished an epoch.
    package var wantsResult: Bool {
        inside.withLock { inside in
            if case .existing = inside.target { !inside.isLost } else { inside.position >= 1 }
        }
    }

    // MARK: - From any thread

    /// From now on a stop means that the program ends: the run becomes `interrupted`, and the next start offers to
    /// resume it.
    package func interrupt() { inside.withLock { $0.wasInterrupted = true } }

    /// Why the newest save failed; nil while saving works.
    package var trouble: StoreError? { inside.withLock(\.trouble) }

    /// Whether everything that was recorded so far is saved.
    package var hasNothingToSave: Bool { inside.withLock { $0.queue.isEmpty && !$0.isSaving } }

    /// The run's number; nil until it is in the store.
    package var run: Int? {
        inside.withLock { inside in
            if case .existing(let run) = inside.target { run } else { nil }
        }
    }

    /// Saves what waits, and ends. A failed save is tried again until the limit.
    ///
    /// - Returns: nil where all is saved.
    package func close(limit: Duration) -> StoreError? { close { $0 >= limit } }

    /// Saves what waits, and ends. A failed save is tried again a few times.
    ///
    /// - Parameter givesUp: asked some times a second, with the time that it has taken so far.
    /// - Returns: nil where all is saved.
    package func close(givesUp: (_ waited: Duration) -> Bool) -> StoreError? {
        inside.withLock { $0.isClosed = true }
        wake.signal()
        let began = clock.now
        while ended.wait(timeout: .now() + Self.glance) != .success {
            if givesUp(began.duration(to: clock.now)) { return trouble ?? .late(path: path) }
        }
        return trouble
    }

    // MARK: - The recorder's thread

    private var seconds: Double { start.duration(to: clock.now).seconds }

    private func work() {
        while true {
            let wait = inside.withLock { inside in
                inside.isClosed && inside.lastFailures == 0 ? 0 : inside.queue.wait(at: seconds)
            }
            if inside.withLock({ $0.isLost }) { return }
            if wait > 0 {
                _ = wake.wait(timeout: .now() + wait)
                continue
            }
            let isClosed = save()
            if isClosed { return }
        }
    }

    /// - Returns: whether the recorder is closed and there is nothing more to try.
    private func save() -> Bool {
        var (progress, target, facts, event) = inside.withLock { inside in
            inside.isSaving = true
            return (inside.queue.take(at: seconds), inside.target, inside.facts, inside.failedSave)
        }
        event?.value = Double(progress.epochs.count)
        let began = seconds
        let result = Result { () throws(StoreError) in
            var attempt = progress
            if let event { attempt.events.append(event) }
            return try save(attempt, target, facts)
        }
        let cost = seconds - began
        let (report, closed) = inside.withLock { inside in
            inside.isSaving = false
            switch result {
            case .success(let run):
                if let run { inside.target = .existing(run) }
                if progress.checkpoint != nil { inside.pace.saved(seconds: cost) }
                return (Self.saved(&inside, event), inside.isClosed && inside.queue.isEmpty)
            case .failure(let error) where Self.isFinal(error):
                (inside.isLost, inside.trouble) = (true, error)
                return (.lost(error), true)
            case .failure(let error):
                let report = Self.failed(&inside, progress, error)
                return (report, inside.lastFailures >= Self.lastTries)
            }
        }
        if let report { onReport(report) }
        if case .success(_?) = result, let state = progress.checkpoint {
            onState(RunPlace(epoch: state.epoch, batch: state.batch))
        }
        return closed
    }

    /// - Parameter event: the event that tells of the failed saves before, if there were any.
    private static func saved(_ inside: inout Inside, _ event: RunEvent?) -> Report? {
        inside.queue.saved()
        (inside.trouble, inside.failedSave) = (nil, nil)
        return event.map(Report.recovered)
    }

    /// Whether another try can't succeed.
    private static func isFinal(_ error: StoreError) -> Bool {
        switch error {
        case .noRun, .inUse: true
        default: false
        }
    }

    private static func failed(_ inside: inout Inside, _ progress: UnsavedProgress, _ error: StoreError) -> Report? {
        inside.queue.failed(progress)
        let isFirst = inside.trouble == nil
        inside.trouble = error
        if inside.isClosed { inside.lastFailures += 1 }
        guard isFirst else { return nil }
        inside.failedSave = RunEvent(.saveFailed, position: inside.position, text: error.description)
        return .failed(error)
    }

    /// The store at the path, and the run's number in it. A store that was removed, or that one in memory replaces, is
    /// created again once the failure was reported, and gets all data of the run.
    private func present(_ target: Target) throws(StoreError) -> (RunStore, Target) {
        let (store, isTold) = inside.withLock { ($0.store, $0.trouble != nil) }
        guard store.isDetached else { return (store, target) }
        guard isTold || store.standsIn else { throw .gone(path: path) }
        guard case .existing(let run) = target else {
            let anew = try store.madeAnew()
            inside.withLock { $0.store = anew }
            return (anew, target)
        }
        let (anew, number) = try store.savingAnew(run: run)
        inside.withLock { ($0.store, $0.target) = (anew, .existing(number)) }
        if number != run || store.standsIn { onReport(.numbered(number)) }
        return (anew, .existing(number))
    }

    /// - Returns: the run's number; nil where nothing was saved, as its facts are not known yet, or it was abandoned.
    private func save(_ progress: UnsavedProgress, _ target: Target, _ facts: RunFacts?) throws(StoreError) -> Int? {
        let run: Int
        let (store, target) = try present(target)
        switch target {
        case .existing(let known): run = known
        case .new(let make):
            // Closing saves once more, with a progress that does not show it any more.
            let isAbandoned = inside.withLock { inside in
                inside.isAbandoned = inside.isAbandoned || progress.isAbandoned
                return inside.isAbandoned
            }
            guard let facts, !isAbandoned else { return nil }
            run = try store.create(make(facts))
            // From here on the run exists, even if this save fails.
            inside.withLock { $0.target = .existing(run) }
            onReport(.numbered(run))
        }
        let isDeleted = try store.record(progress, run: run)
        let isNew = inside.withLock { inside in
            defer { inside.isDeleted = isDeleted }
            return inside.isDeleted != isDeleted
        }
        if isNew { onReport(.deleted(isDeleted)) }
        if let fingerprint, inside.withLock(\.needsFingerprint) {
            var mark = UnsavedProgress()
            (mark.fingerprint, mark.dataset) = (try fingerprint(), dataset)
            try store.record(mark, run: run)
            inside.withLock { $0.needsFingerprint = false }
        }
        return run
    }
}
