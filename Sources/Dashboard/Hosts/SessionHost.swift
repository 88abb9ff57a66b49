import Datasets
import Memory
import Runs
import Specs
import Synchronization
import Training

/// Trains the runs of a session, one after the other, and has them recorded. Lives on the main thread.
final class SessionHost {
    /// Workers of the next run.
    var threads: Int
    /// Runs whose thread was started.
    private(set) var startedRuns = 0
    /// Why the last moments of the run are not saved; nil where they are.
    private(set) var unsaved: StoreError?

    private let otherWork: OtherWork?
    private let calls: Calls
    /// nil: runs are not saved.
    private let recorder: SessionRecorder?
    /// Gives saved weights where no runs are saved.
    private let savedWeights: WeightFinder?
    private(set) var dataset: Dataset?
    /// The run whose thread lives: one at most, since a run takes memory and processors until its thread has ended.
    private var session: (id: Int, training: TrainingSession)?
    /// The newest start, until the thread of the run before has ended, and a saved run was claimed.
    private var waiting: WaitingRun?
    /// The run of the session for which a saved one is being claimed.
    private var claiming: Int?
    private let claims = ClaimBox()

    /// What is called from other threads.
    struct Calls {
        /// First on every thread that trains.
        let onThread: @Sendable () -> Void
        /// When a run's thread has something new, many times a second.
        let onNews: @Sendable () -> Void
        /// When something else is new.
        let wake: @Sendable () -> Void
    }

    private struct WaitingRun {
        /// nil: the store has it.
        var line: RunLine?
        /// The saved run that goes on, and how.
        var resumed: (number: Int, request: Resumption.Request)?
        let id: Int
        let paused: Bool
        var commands: [TrainingCommand]
    }

    /// What a user who leaves is asked to wait for a disk, and for other work of the machine.
    private static let savingPatience = Duration.seconds(20)
    /// After so long it is said what is waited for.
    static let silence = Duration.seconds(1)

    /// - Parameter savedWeights: gives saved weights where there is no recorder.
    init(
        threads: Int, otherWork: OtherWork?, recorder: SessionRecorder?, savedWeights: WeightFinder?, calls: Calls
    ) {
        self.threads = threads
        self.otherWork = otherWork
        self.recorder = recorder
        self.savedWeights = savedWeights
        self.calls = calls
    }

    /// The data set that runs are trained on.
    func use(_ dataset: Dataset) { self.dataset = dataset }

    /// Gives the saved weights that a line names; nil where there is no store.
    var weightFinder: WeightFinder? { recorder?.weightFinder ?? savedWeights }

    // MARK: - Starts

    /// Stops the run under way and starts a new one.
    func start(_ line: RunLine, run id: Int, paused: Bool, firstStep: TrainingCommand?) {
        start(WaitingRun(line: line, id: id, paused: paused, commands: firstStep.map { [$0] } ?? []))
    }

    /// Stops the run under way and goes on with a saved one.
    func resume(_ number: Int, _ request: Resumption.Request, run id: Int) {
        start(WaitingRun(resumed: (number, request), id: id, paused: false, commands: []))
    }

    /// To the run that was started last.
    func send(_ command: TrainingCommand) {
        if waiting != nil { waiting?.commands.append(command) } else { session?.training.send(command) }
    }

    private func start(_ run: WaitingRun) {
        waiting = run
        session?.training.send(.stop)
        startWaiting()
    }

    private func startWaiting() {
        guard let next = waiting, claiming == nil, let dataset, session?.training.hasEnded ?? true else { return }
        recorder?.runEnded()
        if let line = next.line {
            var start = RunStart(changes: line.changes)
            start.weights = weightFinder
            start.recorder = recorder?.begin(line, dataset: dataset, threads: threads, run: next.id)
            return begin(next, line.spec, dataset, start)
        }
        guard let (number, request) = next.resumed, let recorder else { return }
        claiming = next.id
        let (claims, wake) = (claims, calls.wake)
        recorder.claim(number, request, dataset: dataset) { result in
            claims.put(result)
            wake()
        }
    }

    private func begin(_ run: WaitingRun, _ spec: ExperimentSpec, _ dataset: Dataset, _ start: RunStart) {
        waiting = nil
        let wake = calls.wake
        let training = TrainingSession(
            spec: spec, dataset: dataset, threads: threads, paused: run.paused, start: start,
            otherWork: otherWork?.beside(workers: threads), onThread: calls.onThread,
            onEnded: {
                // The network and the run's own data are freed now.
                FreedMemory.giveBack()
                wake()
            }, onNews: calls.onNews)
        session = (run.id, training)
        startedRuns += 1
        for command in run.commands { training.send(command) }
    }

    // MARK: - What came of them

    /// What happened since the last call; of a run's snapshots the newest only, behind its events.
    func takeActions() -> [Action] {
        var actions = takeClaimed()
        if let (id, training) = session {
            let news = training.takeNews()
            actions += news.events.map { Action.event($0, run: id) }
            if let inspection = news.inspection { actions.append(.inspection(inspection, run: id)) }
            if let snapshot = news.snapshot { actions.append(.snapshot(snapshot, run: id)) }
        }
        startWaiting()
        return actions
    }

    /// Goes on with a saved run once that is claimed, unless another start came meanwhile.
    private func takeClaimed() -> [Action] {
        guard let taken = claims.take(), let id = claiming, let recorder, let dataset else { return [] }
        claiming = nil
        let isWanted = waiting?.id == id
        switch taken {
        case .success(let claimed):
            guard isWanted, let run = waiting else {
                recorder.release(claimed)
                return []
            }
            let recording = recorder.resume(claimed, dataset: dataset, run: id)
            begin(run, claimed.spec, dataset, claimed.start(recorder: recording))
            return claimed.epochs.map {
                .event(.epochFinished(EpochReport(figures: $0, validation: nil)), run: id)
            }
        case .failure(let error):
            if isWanted { waiting = nil }
            session = nil
            return [.recording(.notResumed(error), run: id)]
        }
    }

    // MARK: - The end

    /// No run is started any more, and the one under way stops after its batch.
    ///
    /// - Parameter interrupted: whether it is not the user who ends the run.
    func stop(interrupted: Bool) {
        (waiting, claiming) = (nil, nil)
        if interrupted { recorder?.interrupt() }
        session?.training.send(.stop)
    }

    /// Waits for the thread of the run, and until its last moments are saved.
    ///
    /// - Parameters:
    ///   - limit: the longest wait for the thread; nil waits for ever.
    ///   - onSlow: called once where it takes longer than `silence`.
    /// - Returns: whether the thread has ended.
    func waitUntilEnded(limit: Duration?, onSlow: () -> Void) -> Bool {
        var isTold = false
        func tell() {
            if !isTold { onSlow() }
            isTold = true
        }
        var hasEnded = session?.training.waitUntilEnded(limit: limit.map { min($0, Self.silence) }) ?? true
        if !hasEnded, let limit, limit > Self.silence {
            tell()
            hasEnded = session?.training.waitUntilEnded(limit: limit - Self.silence) ?? true
        }
        unsaved = recorder?.close { waited in
            if waited >= Self.silence { tell() }
            return waited >= Self.savingPatience
        }
        return hasEnded
    }
}

/// A saved run that was claimed on another thread, or why it could not be.
private final class ClaimBox: Sendable {
    private let result = Mutex<Result<Resumption, StoreError>?>(nil)

    func put(_ result: Result<Resumption, StoreError>) { self.result.withLock { $0 = result } }

    func take() -> Result<Resumption, StoreError>? {
        result.withLock { result in
            defer { result = nil }
            return result
        }
    }
}
