import Datasets
import Dispatch
import Files
import Foundation
import Runs
import Specs
import Training

/// Carries out effects that need no terminal, and brings back what came of them as actions.
///
/// It is the host of those who do the work: runs, saved runs, files, data loading. Lives on the main thread; what happens
/// elsewhere goes through a mailbox and `wake`.
package final class EffectRunner {
    private let mailbox: ActionMailbox
    private let loader: DataLoader
    private let session: SessionHost
    private let opened: NetworkHost
    private let initial: NetworkHost
    private var files: FileHost
    private let finder: RateFinderHost
    private let surveyor: SurveyHost
    /// nil: runs are not saved.
    private let library: RunLibrary?
    private let searches: SearchLibrary?
    private let searching: SearchHost

    /// Longer than the time between two repeats of a held key.
    private static let autoRunDelay = DispatchTimeInterval.milliseconds(180)

    /// - Parameters:
    ///   - threads: workers of a run.
    ///   - imported: where a saved run's data set is looked for by its digest.
    ///   - startFolder: where files go that the user saves, until `saveInto` says otherwise.
    ///   - configuration: where preferences are saved; nil where there is no place for them.
    ///   - openRuns: opens the store of saved runs, on another thread; nil where none are saved.
    ///   - store: where runs are saved; nil saves none. Nobody else uses this connection.
    ///   - openSearch: opens the store for a search that runs here, and makes it where it does not exist; nil runs none.
    ///   - exporter: writes saved runs for other programs, on another thread; nil writes none.
    ///   - otherWork: tells runs when to leave a processor free.
    ///   - onThread: called first on every thread that loads or trains.
    ///   - onNews: called from a run's thread when `takeActions` has news of it, which may wait; nil calls `wake`.
    ///   - wake: called from any thread when `takeActions` has something new.
    package init(
        source: DatasetSource, imported: ImportedDatasets = .none, threads: Int,
        startFolder: String = FileManager.default.currentDirectoryPath,
        configuration: ConfigurationFile? = nil, store: RunStore? = nil,
        openRuns: (@Sendable () throws(StoreError) -> RunStore)? = nil,
        openSearch: (@Sendable () throws(StoreError) -> RunStore)? = nil,
        exporter: RunExporter? = nil, otherWork: OtherWork? = nil,
        onThread: @escaping @Sendable () -> Void = {},
        onNews: (@Sendable () -> Void)? = nil,
        wake: @escaping @Sendable () -> Void
    ) {
        let mailbox = ActionMailbox(wake: wake)
        self.mailbox = mailbox
        loader = DataLoader(source: source, mailbox: mailbox, onThread: onThread)
        files = FileHost(
            mailbox: mailbox, configuration: configuration, exporter: exporter, startFolder: startFolder)
        finder = RateFinderHost(mailbox: mailbox, onThread: onThread)
        surveyor = SurveyHost(mailbox: mailbox, onThread: onThread)
        library = openRuns.map { open in
            RunLibrary(open: open, imported: imported, onThread: onThread) { mailbox.post($0) }
        }
        searches = openRuns.map { open in SearchLibrary(open: open) { mailbox.post(.searches($0)) } }
        searching = SearchHost(source: source, open: openSearch, onThread: onThread) { mailbox.post(.searches($0)) }
        let recorder = store.map { store in
            SessionRecorder(store: store, source: source, onThread: onThread) { report, run in
                mailbox.post(.recording(report, run: run))
            }
        }
        let calls = SessionHost.Calls(onThread: onThread, onNews: onNews ?? wake, wake: wake)
        session = SessionHost(
            threads: threads, otherWork: otherWork, recorder: recorder,
            savedWeights: openRuns.map(RunStore.weightFinder), calls: calls)
        opened = NetworkHost(calls: calls)
        initial = NetworkHost(calls: calls)
    }

    /// Starts to load the data set; `dataLoaded` or `dataFailed` will come.
    package func loadData() { loader.load() }

    /// Carries out one effect; those that concern the terminal are the caller's.
    package func run(_ effect: Effect) {
        switch effect {
        case .start(let line, let id, let paused, let firstStep):
            session.start(line, run: id, paused: paused, firstStep: firstStep)
        case .resume(let number, let request, let id): session.resume(number, request, run: id)
        case .command(let command): session.send(command)
        case .openedCommand(let command): opened.send(command)
        case .closeOpened: opened.close()
        case .makeInitial(let spec, let ticket):
            initial.make(
                spec, dataset: session.dataset, threads: session.threads,
                start: RunStart(weights: session.weightFinder), ticket: ticket)
        case .initialCommand(let command): initial.send(command)
        case .closeInitial: initial.close()
        case .useThreads(let count): session.threads = count
        case .findRate(let spec, let ticket): finder.find(spec, weights: session.weightFinder, ticket: ticket)
        case .stopFindingRate: finder.cancel()
        case .survey(let data): surveyor.survey(data)
        case .runs(let effect): library?.perform(effect)
        case .searches(let effect): perform(effect)
        case .openImage(let path, let form): files.openImage(path, form)
        case .save(let request): files.save(request)
        case .export(let request): files.export(request)
        case .remember(let changes): files.remember(changes)
        case .saveInto(let folder): files.useFolder(folder)
        case .waitForAutoRun(let ticket):
            let mailbox = mailbox
            DispatchQueue.global().asyncAfter(deadline: .now() + EffectRunner.autoRunDelay) {
                mailbox.post(.autoRunDue(ticket: ticket))
            }
        case .openTerminal, .copy, .suspend, .redraw, .quit: break
        }
    }

    private func perform(_ effect: SearchEffect) {
        switch effect {
        case .follow(let search): searches?.follow(search)
        case .ignore: searches?.ignore()
        case .read(let run): searches?.read(run: run)
        case .begin(let request, let workers): searching.begin(request, workers: workers)
        case .resume(let number, let workers): searching.resume(number, workers: workers)
        case .pause(let isPaused): searching.pause(isPaused)
        case .stopTrial(let number): searching.drop(number)
        case .change(let trials, let seconds): searching.change(trials: trials, seconds: seconds)
        }
    }

    /// What happened since the last call; of a run's snapshots the newest only, behind its events.
    package func takeActions() -> [Action] {
        let actions = mailbox.take()
        for case .dataLoaded(let data) in actions {
            session.use(data.dataset)
            finder.use(data.dataset)
            searching.use(data.dataset)
            library?.use(data.dataset)
        }
        for case .runs(.opened(let content)) in actions {
            opened.use(content, dataset: session.dataset, threads: session.threads)
        }
        return actions + session.takeActions() + opened.takeActions() + initial.takeActions()
    }

    /// Runs whose thread was started.
    package var startedRuns: Int { session.startedRuns }

    /// Why the last moments of the run, or of the search, are not saved; nil where they are.
    package var unsaved: StoreError? { session.unsaved ?? searching.unsaved }

    /// Stops the run and waits for its thread.
    ///
    /// - Parameters:
    ///   - limit: the longest wait, since a batch under way can't be cut short; nil waits for ever.
    ///   - interrupted: whether it is not the user who ends the run.
    ///   - onSlow: called once where it takes over a second.
    /// - Returns: whether the thread has ended. Where it has not, it works on, and `exit` would pull away what it uses.
    @discardableResult
    package func shutDown(
        limit: Duration? = nil, interrupted: Bool = false, onSlow: () -> Void = {}
    ) -> Bool {
        session.stop(interrupted: interrupted)
        searching.stop()
        finder.cancel()
        surveyor.cancel()
        files.finish()
        library?.finish()
        searches?.finish()
        // Nothing of an opened run is lost.
        let silence = limit.map { min($0, SessionHost.silence) }
        let hasClosed = [opened, initial].map { $0.waitUntilEnded(limit: silence) }.allSatisfy(\.self)
        let hasEnded = session.waitUntilEnded(limit: limit, onSlow: onSlow)
        return searching.waitUntilEnded(limit: limit) && hasEnded && hasClosed
    }
}
