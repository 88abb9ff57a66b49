import Datasets
import Dispatch
import Files
import Foundation
import Runs
import Specs
import Synchronization
import Training

/// Carries out effects that need no terminal, and brings back what came of them as actions.
///
/// Lives on the main thread; what happens elsewhere goes through a mailbox and `wake`.
package final class EffectRunner {
    private let source: DatasetSource
    /// Workers of the next run.
    private var threads: Int
    /// Where the program was started, and files go unless the person says otherwise.
    private let startFolder: String
    /// Where files go that a person saves.
    private var saveFolder: String
    /// nil: there is no place for it.
    private let configuration: ConfigurationFile?
    /// Changes of the file are made one after the other.
    private let writing = DispatchQueue(label: "configuration")
    private let otherWork: OtherWork?
    private let onThread: @Sendable () -> Void
    private let wake: @Sendable () -> Void
    /// Instead of `wake` for what a run's thread says many times a second.
    private let onNews: @Sendable () -> Void
    private let mailbox: Mailbox
    /// nil: runs are not saved.
    private let library: RunLibrary?
    /// nil: runs are not saved.
    private let recorder: SessionRecorder?
    private var dataset: Dataset?
    /// The run whose thread lives: one at most, since a run takes memory and processors until its thread has ended.
    private var session: (id: Int, training: TrainingSession)?
    /// The newest start, until the thread of the run before has ended, and a saved run was claimed.
    private var waiting: WaitingRun?
    /// The run of the session for which a saved one is being claimed.
    private var claiming: Int?
    private let claims = ClaimBox()
    /// Runs whose thread was started.
    package private(set) var startedRuns = 0

    private struct WaitingRun {
        /// nil: the store has it.
        var line: RunLine?
        /// The saved run that goes on, and how.
        var resumed: (number: Int, request: Resumption.Request)?
        let id: Int
        let paused: Bool
        var commands: [TrainingCommand]
    }

    /// Longer than the time between two repeats of a held key.
    private static let autoRunDelay = DispatchTimeInterval.milliseconds(180)

    /// - Parameters:
    ///   - threads: workers of a run.
    ///   - startFolder: where files go that a person saves, until `saveInto` says otherwise.
    ///   - configuration: where preferences are kept; nil where there is no place for them.
    ///   - openRuns: opens the store of saved runs, on another thread; nil where none are saved.
    ///   - store: where runs are saved; nil saves none. Nobody else uses this connection.
    ///   - otherWork: tells runs when to leave a processor free.
    ///   - onThread: called first on every thread that loads or trains.
    ///   - onNews: called from a run's thread when `takeActions` has news of it, which may wait; nil calls `wake`.
    ///   - wake: called from any thread when `takeActions` has something new.
    package init(
        source: DatasetSource, threads: Int, startFolder: String = FileManager.default.currentDirectoryPath,
        configuration: ConfigurationFile? = nil, store: RunStore? = nil,
        openRuns: (@Sendable () throws(StoreError) -> RunStore)? = nil,
        otherWork: OtherWork? = nil,
        onThread: @escaping @Sendable () -> Void = {},
        onNews: (@Sendable () -> Void)? = nil,
        wake: @escaping @Sendable () -> Void
    ) {
        self.source = source
        self.threads = threads
        self.startFolder = startFolder
        saveFolder = startFolder
        self.configuration = configuration
        self.otherWork = otherWork
        self.onThread = onThread
        self.wake = wake
        self.onNews = onNews ?? wake
        let mailbox = Mailbox()
        self.mailbox = mailbox
        library = openRuns.map { open in
            RunLibrary(open: open) { action in
                mailbox.post(action)
                wake()
            }
        }
        recorder = store.map { store in
            SessionRecorder(store: store, source: source, onThread: onThread) { news, run in
                mailbox.post(.recording(news, run: run))
                wake()
            }
        }
    }

    /// Starts to load the data set; `dataLoaded` or `dataFailed` will come.
    package func loadData() {
        let source = source
        let onThread = onThread
        let mailbox = mailbox
        let wake = wake
        let thread = Thread {
            onThread()
            do throws(DataError) {
                mailbox.post(.dataLoaded(LoadedData(try source.load(onThread: onThread))))
            } catch {
                mailbox.post(.dataFailed(error))
            }
            wake()
        }
        thread.name = "data"
        thread.start()
    }

    /// Carries out one effect; those that concern the terminal are the caller's.
    package func run(_ effect: Effect) {
        switch effect {
        case .start(let line, let id, let paused, let firstStep):
            waiting = WaitingRun(line: line, id: id, paused: paused, commands: firstStep.map { [$0] } ?? [])
            session?.training.send(.stop)
            startWaiting()
        case .resume(let number, let request, let id):
            waiting = WaitingRun(resumed: (number, request), id: id, paused: false, commands: [])
            session?.training.send(.stop)
            startWaiting()
        case .command(let command):
            if waiting != nil { waiting?.commands.append(command) } else { session?.training.send(command) }
        case .waitForAutoRun(let ticket):
            let mailbox = mailbox
            let wake = wake
            DispatchQueue.global().asyncAfter(deadline: .now() + EffectRunner.autoRunDelay) {
                mailbox.post(.autoRunDue(ticket: ticket))
                wake()
            }
        case .save(let request): save(request)
        case .remember(let changes): remember(changes)
        case .useThreads(let count): threads = count
        case .saveInto(let folder): saveFolder = Self.path(of: folder, from: startFolder)
        case .runs(let effect): library?.perform(effect)
        case .openTerminal, .copy, .suspend, .redraw, .quit: break
        }
    }

    /// On another thread: a disk can take its time.
    private func save(_ request: SaveRequest) {
        let (mailbox, wake, folder) = (mailbox, wake, saveFolder)
        DispatchQueue.global().async {
            do throws(ExportError) {
                mailbox.post(.saved(what: request.what, paths: try request.save(in: folder)))
            } catch {
                mailbox.post(.saveFailed(error))
            }
            wake()
        }
    }

    private func remember(_ changes: [PreferenceChange]) {
        let (mailbox, wake, file) = (mailbox, wake, configuration)
        writing.async {
            do throws(ExportError) {
                guard let file else { throw .unwritable(path: "config.toml", reason: "there is no home folder") }
                try file.change(changes)
                mailbox.post(.remembered(path: file.path))
            } catch {
                mailbox.post(.rememberFailed(error))
            }
            wake()
        }
    }

    /// A folder as a person writes it: `~` is the home, and what is relative starts where the program did.
    private static func path(of folder: String, from start: String) -> String {
        let expanded = NSString(string: folder).expandingTildeInPath
        if expanded.isEmpty { return start }
        return expanded.hasPrefix("/") ? expanded : start + "/" + expanded
    }

    private func startWaiting() {
        guard let next = waiting, claiming == nil, let dataset, session?.training.hasEnded ?? true else { return }
        recorder?.runEnded()
        if let line = next.line {
            var start = RunStart(changes: line.changes)
            start.recorder = recorder?.begin(line, dataset: dataset, threads: threads, run: next.id)
            return begin(next, line.spec, dataset, start)
        }
        guard let (number, request) = next.resumed, let recorder else { return }
        claiming = next.id
        let (claims, wake) = (claims, wake)
        recorder.claim(number, request, dataset: dataset) { result in
            claims.put(result)
            wake()
        }
    }

    private func begin(_ run: WaitingRun, _ spec: ExperimentSpec, _ dataset: Dataset, _ start: RunStart) {
        waiting = nil
        let training = TrainingSession(
            spec: spec, dataset: dataset, threads: threads, paused: run.paused, start: start,
            otherWork: otherWork?.beside(workers: threads), onThread: onThread, onEnded: wake, onNews: onNews)
        session = (run.id, training)
        startedRuns += 1
        for command in run.commands { training.send(command) }
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
            begin(
                run, claimed.spec, dataset, claimed.start(recorder: recorder.resume(claimed, dataset: dataset, run: id))
            )
            return claimed.epochs.map {
                .event(.epochFinished(EpochReport(figures: $0, validation: nil)), run: id)
            }
        case .failure(let error):
            if isWanted { waiting = nil }
            session = nil
            return [.recording(.notResumed(error), run: id)]
        }
    }

    /// Takes a run's state up to be looked at: nothing is trained until that is asked for, and nothing is saved.
    package func look(at state: TrainerState, of spec: ExperimentSpec, run id: Int) {
        guard let dataset else { return }
        begin(WaitingRun(id: id, paused: true, commands: []), spec, dataset, RunStart(state: state))
    }

    /// What happened since the last call; of a run's snapshots the newest only, behind its events.
    package func takeActions() -> [Action] {
        var actions = mailbox.take()
        for case .dataLoaded(let data) in actions {
            dataset = data.dataset
            library?.use(data.dataset)
        }
        actions += takeClaimed()
        if let (id, training) = session {
            let news = training.takeNews()
            actions += news.events.map { Action.event($0, run: id) }
            if let inspection = news.inspection { actions.append(.inspection(inspection, run: id)) }
            if let snapshot = news.snapshot { actions.append(.snapshot(snapshot, run: id)) }
        }
        startWaiting()
        return actions
    }

    /// Stops the run and waits for its thread.
    ///
    /// - Parameters:
    ///   - limit: the longest wait, since a batch under way can't be cut short; nil waits for ever.
    ///   - interrupted: whether it is not the person who ends the run.
    /// - Returns: whether the thread has ended. Where it has not, it works on, and `exit` would pull away what it uses.
    @discardableResult
    package func shutDown(limit: Duration? = nil, interrupted: Bool = false) -> Bool {
        (waiting, claiming) = (nil, nil)
        if interrupted { recorder?.interrupt() }
        session?.training.send(.stop)
        writing.sync {}
        library?.finish()
        let hasEnded = session?.training.waitUntilEnded(limit: limit) ?? true
        if let recorder { unsaved = recorder.close(limit: Self.savingPatience) }
        return hasEnded
    }

    /// Why the last moments of the run are not saved; nil where they are.
    package private(set) var unsaved: StoreError?

    /// What a person who leaves is asked to wait for a disk.
    private static let savingPatience = Duration.seconds(5)
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

/// Actions from other threads.
private final class Mailbox: Sendable {
    private let actions = Mutex<[Action]>([])

    func post(_ action: Action) { actions.withLock { $0.append(action) } }

    func take() -> [Action] {
        actions.withLock { actions in
            defer { actions = [] }
            return actions
        }
    }
}
