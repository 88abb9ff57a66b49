import Datasets
import Dispatch
import Foundation
import Synchronization
import Training

/// Carries out effects that need no terminal, and brings back what came of them as actions.
///
/// Lives on the main thread; what happens elsewhere goes through a mailbox and `wake`.
public final class EffectRunner {
    private let source: DatasetSource
    private let threads: Int
    private let onThread: @Sendable () -> Void
    private let wake: @Sendable () -> Void
    private let mailbox: Mailbox
    private var dataset: Dataset?
    private var session: (id: Int, training: TrainingSession)?

    /// Longer than the time between two repeats of a held key.
    private static let autoRunDelay = DispatchTimeInterval.milliseconds(180)

    /// - Parameters:
    ///   - threads: workers of a run.
    ///   - onThread: called first on every thread that loads or trains.
    ///   - wake: called from any thread when `takeActions` has something new.
    public init(
        source: DatasetSource, threads: Int, onThread: @escaping @Sendable () -> Void = {},
        wake: @escaping @Sendable () -> Void
    ) {
        self.source = source
        self.threads = threads
        self.onThread = onThread
        self.wake = wake
        mailbox = Mailbox()
    }

    /// Starts to load the data set; `dataLoaded` or `dataFailed` will come.
    public func loadData() {
        let source = source
        let onThread = onThread
        let mailbox = mailbox
        let wake = wake
        let thread = Thread {
            onThread()
            do {
                mailbox.post(.dataLoaded(LoadedData(try source.load(onThread: onThread))))
            } catch {
                mailbox.post(.dataFailed("\(error)"))
            }
            wake()
        }
        thread.name = "data"
        thread.start()
    }

    /// Carries out one effect; those that concern the terminal are the caller's.
    public func run(_ effect: Effect) {
        switch effect {
        case .start(let spec, let id, let paused, let firstStep):
            guard let dataset else { return }
            session?.training.send(.stop)
            let training = TrainingSession(
                spec: spec, dataset: dataset, threads: threads, paused: paused, onThread: onThread, onNews: wake)
            session = (id, training)
            if let firstStep { training.send(firstStep) }
        case .command(let command): session?.training.send(command)
        case .waitForAutoRun(let ticket):
            let mailbox = mailbox
            let wake = wake
            DispatchQueue.global().asyncAfter(deadline: .now() + EffectRunner.autoRunDelay) {
                mailbox.post(.autoRunDue(ticket: ticket))
                wake()
            }
        case .copy, .suspend, .redraw, .quit: break
        }
    }

    /// What happened since the last call; of a run's snapshots the newest only, behind its events.
    public func takeActions() -> [Action] {
        var actions = mailbox.take()
        for case .dataLoaded(let data) in actions { dataset = data.dataset }
        if let (id, training) = session {
            let snapshot = training.takeSnapshot()
            actions += training.takeEvents().map { Action.event($0, run: id) }
            if let snapshot { actions.append(.snapshot(snapshot, run: id)) }
        }
        return actions
    }

    /// Stops the run and waits for its thread.
    public func shutDown() {
        session?.training.send(.stop)
        session?.training.waitUntilEnded()
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
