import Datasets
import Foundation
import Specs
import Synchronization
import Training

/// Saves a run while it trains, on a thread of its own: the training thread copies, and never waits for the disk.
///
/// A save that fails is told, kept, and tried again; training goes on.
package final class RunRecorder: RunRecording {
    /// What a recorder has to say.
    package enum Report: Sendable, Equatable {
        /// The run is in the store, under this number.
        case numbered(Int)
        /// Nothing could be saved, and it will be tried again.
        case failed(StoreError)
        /// The run was deleted, or brought back, while it is trained; it is saved all the same.
        case deleted(Bool)
        /// Nothing of it is saved any more: it was removed for good, or another program trains it.
        case lost(StoreError)
        /// What could not be saved is saved now, with what is put down of that.
        case recovered(RunEvent)
    }

    /// Which run.
    package enum Target: Sendable {
        /// One that is entered once its facts are known.
        case new(@Sendable (RunFacts) -> NewRun)
        /// One that is in the store, and claimed by this program.
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
        /// Whether the run is somebody else's now, or gone: there is nothing to try again.
        var isLost = false
        var isDeleted = false
        /// Whether the run ended before anything of it was worth a place in the store.
        var isAbandoned = false
        /// Whether the thread saves now.
        var isSaving = false
        var trouble: StoreError?
        /// Where the run stood when the first of the failed saves failed, and why; put down with the next one.
        var failedSave: RunEvent?
        /// Epochs done, as far as the events tell.
        var position = 0.0
        var wasInterrupted = false
        var needsFingerprint: Bool
        /// Saves that failed since it was closed.
        var lastFailures = 0
    }

    /// Tries of a save once there is no more time.
    private static let lastTries = 3

    private let path: String
    private let inside: Mutex<Inside>
    private let fingerprint: (@Sendable () throws(StoreError) -> String)?
    private let onReport: @Sendable (Report) -> Void
    private let onState: @Sendable (RunPlace) -> Void
    private let wake = DispatchSemaphore(value: 0)
    private let ended = DispatchGroup()
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant

    /// - Parameters:
    ///   - store: a connection that no thread uses that must not wait.
    ///   - fingerprint: tells the data set's, once, on the recorder's thread; nil where the store has it.
    ///   - onReport: called from the recorder's thread.
    ///   - onState: called from there when a state is saved from which the run can go on, with its place.
    package init(
        store: RunStore, target: Target, fingerprint: (@Sendable () throws(StoreError) -> String)? = nil,
        onThread: @escaping @Sendable () -> Void = {}, onReport: @escaping @Sendable (Report) -> Void,
        onState: @escaping @Sendable (RunPlace) -> Void = { _ in }
    ) {
        path = store.path
        self.fingerprint = fingerprint
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

    package func wantsState(at moment: CheckpointMoment) -> Bool {
        let now = seconds
        return inside.withLock { inside in
            // One state waits at most: each is as large as the network and its moments.
            !inside.isLost && inside.queue.waiting.checkpoint == nil && !inside.isSaving
                && inside.pace.isDue(at: now, isEpochEnd: moment == .epoch)
        }
    }

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
        // Only then: a thread that wakes takes a worker's processor away.
        if isSooner { wake.signal() }
    }

    package var wantsResult: Bool {
        inside.withLock { inside in
            if case .existing = inside.target { !inside.isLost } else { inside.position >= 1 }
        }
    }

    // MARK: - From any thread

    /// From now on an end by the user is the program's: the run is `interrupted`, and offered at the next start.
    package func interrupt() { inside.withLock { $0.wasInterrupted = true } }

    /// Why the newest save failed; nil while saving works.
    package var trouble: StoreError? { inside.withLock(\.trouble) }

    /// Whether the recorder has looked at all that was kept so far, and saved what is worth it.
    package var hasNothingToSave: Bool { inside.withLock { $0.queue.isEmpty && !$0.isSaving } }

    /// The run's number; nil until it is in the store.
    package var run: Int? {
        inside.withLock { inside in
            if case .existing(let run) = inside.target { run } else { nil }
        }
    }

    /// Saves what waits, and ends. What can't be saved by then is tried again until the limit.
    ///
    /// - Returns: nil where all is saved.
    package func close(limit: Duration) -> StoreError? {
        inside.withLock { $0.isClosed = true }
        wake.signal()
        let seconds = Double(limit.components.seconds) + Double(limit.components.attoseconds) * 1e-18
        guard ended.wait(timeout: .now() + seconds) == .success else { return trouble ?? .late(path: path) }
        return trouble
    }

    // MARK: - The recorder's thread

    private var seconds: Double {
        let (whole, rest) = start.duration(to: clock.now).components
        return Double(whole) + Double(rest) * 1e-18
    }

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

    /// - Parameter event: what was put down of the saves that failed before.
    private static func saved(_ inside: inout Inside, _ event: RunEvent?) -> Report? {
        inside.queue.saved()
        (inside.trouble, inside.failedSave) = (nil, nil)
        return event.map(Report.recovered)
    }

    /// Whether trying again is no use.
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

    /// The store at the path, and which run it is there. A store that was removed, or that another stands in for, is
    /// made anew once that was told, and gets all that the run had.
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

    /// - Returns: the run's number; nil where nothing was saved: the run's facts are not known yet, or it is worth no room.
    private func save(_ progress: UnsavedProgress, _ target: Target, _ facts: RunFacts?) throws(StoreError) -> Int? {
        let run: Int
        let (store, target) = try present(target)
        switch target {
        case .existing(let known): run = known
        case .new(let make):
            // Closing saves once more, with nothing left that says so.
            let isAbandoned = inside.withLock { inside in
                inside.isAbandoned = inside.isAbandoned || progress.isAbandoned
                return inside.isAbandoned
            }
            guard let facts, !isAbandoned else { return nil }
            run = try store.create(make(facts))
            // From here on the run is there, whatever becomes of this save.
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
            mark.fingerprint = try fingerprint()
            try store.record(mark, run: run)
            inside.withLock { $0.needsFingerprint = false }
        }
        return run
    }
}
