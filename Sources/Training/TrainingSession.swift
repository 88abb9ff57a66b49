import Datasets
import Dispatch
import Foundation
import Neural
import Synchronization

/// A run on a thread of its own, with two mailboxes out and one in.
///
/// The thread makes the network and keeps it; only values cross over. The newest snapshot replaces the one before it,
/// events queue up. `onNews` is called from the training thread after either has changed, `onEnded` after its end.
public final class TrainingSession: Sendable {
    /// What a run has said since it was last asked: the events, oldest first, and then where it stands.
    public struct News: Sendable, Equatable {
        public fileprivate(set) var events: [TrainingEvent] = []
        /// No older than the events that changed the run's state.
        public fileprivate(set) var snapshot: TrainingSnapshot?
        /// The newest answer to what is watched.
        public fileprivate(set) var inspection: Inspection?
    }

    private struct Mailboxes {
        var news = News()
        var commands: [TrainingCommand] = []
    }

    public let spec: ExperimentSpec
    private let dataset: Dataset
    private let threads: Int
    private let startsPaused: Bool
    private let start: Start
    private let onNews: @Sendable () -> Void
    private let onEnded: @Sendable () -> Void
    private let mailboxes = Mutex(Mailboxes())
    private let commandsWaiting = Atomic(false)
    private let stopping = Atomic(false)
    private let over = Atomic(false)
    private let wake = DispatchSemaphore(value: 0)
    private let ended = DispatchGroup()

    /// Where a run begins, and who keeps it.
    public struct Start: Sendable {
        /// Where it is taken up; nil begins anew.
        public var state: TrainerState?
        /// nil: nothing of it is kept.
        public var keeper: (any RunKeeper)?
        /// Validation loss of the best weights that the keeper has.
        public var leastLoss: Double?

        public init(state: TrainerState? = nil, keeper: (any RunKeeper)? = nil, leastLoss: Double? = nil) {
            self.state = state
            self.keeper = keeper
            self.leastLoss = leastLoss
        }
    }

    /// Starts the run.
    ///
    /// - Parameters:
    ///   - start: where it is taken up, and who keeps it.
    ///   - threads: workers that share each step, the run's own thread among them.
    ///   - paused: wait before the first batch.
    ///   - onThread: called once, first of all, on the run's thread.
    ///   - onEnded: called once, last of all, on the run's thread; nil calls `onNews`.
    ///   - onNews: called from the run's thread; must be quick.
    public init(
        spec: ExperimentSpec, dataset: Dataset, threads: Int, paused: Bool = false,
        start: Start = Start(), onThread: @escaping @Sendable () -> Void = {}, onEnded: (@Sendable () -> Void)? = nil,
        onNews: @escaping @Sendable () -> Void
    ) {
        self.spec = spec
        self.dataset = dataset
        self.threads = threads
        startsPaused = paused
        self.start = start
        self.onNews = onNews
        self.onEnded = onEnded ?? onNews
        ended.enter()
        let thread = Thread { [self] in
            onThread()
            run()
            over.store(true, ordering: .releasing)
            ended.leave()
            self.onEnded()
        }
        thread.name = "trainer"
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Asks something of the run; obeyed after the batch under way. `stop` also cuts short what comes before the first
    /// batch, and measurements; commands that wait are then left undone.
    public func send(_ command: TrainingCommand) {
        if command == .stop { stopping.store(true, ordering: .releasing) }
        mailboxes.withLock { $0.commands.append(command) }
        commandsWaiting.store(true, ordering: .releasing)
        wake.signal()
    }

    /// Everything since the last call.
    public func takeNews() -> News {
        mailboxes.withLock { mailboxes in
            defer { mailboxes.news = News() }
            return mailboxes.news
        }
    }

    /// Whether the thread is done, and all that it held is given back.
    public var hasEnded: Bool { over.load(ordering: .acquiring) }

    /// Blocks until the thread has ended; it ends only after `stop`, or where the run can't start.
    ///
    /// - Parameter limit: the longest wait; nil waits for ever.
    /// - Returns: whether it has ended.
    @discardableResult
    public func waitUntilEnded(limit: Duration? = nil) -> Bool {
        guard let limit else {
            ended.wait()
            return true
        }
        return ended.wait(timeout: .now() + limit.seconds) == .success
    }

    private var isStopping: Bool { stopping.load(ordering: .acquiring) }

    private func takeCommands() -> [TrainingCommand] {
        guard commandsWaiting.exchange(false, ordering: .acquiringAndReleasing) else { return [] }
        return mailboxes.withLock { mailboxes in
            defer { mailboxes.commands = [] }
            return mailboxes.commands
        }
    }

    /// Events and the snapshot that belongs to them go out together: a snapshot from before an event that changed the
    /// run's state would take that change back.
    private func tell(_ events: [TrainingEvent], _ snapshot: TrainingSnapshot? = nil) {
        mailboxes.withLock { mailboxes in
            for event in events { mailboxes.news.events.append(superseding: event) }
            if let snapshot { mailboxes.news.snapshot = snapshot }
        }
        onNews()
    }

    private func tell(_ inspection: Inspection) {
        mailboxes.withLock { $0.news.inspection = inspection }
        onNews()
    }

    // MARK: - The thread

    private func run() {
        guard !isStopping else { return endEarly([.stopped], .stopped) }
        do throws(TrainingError) {
            let trainer = try Trainer(spec: spec, dataset: dataset, threads: threads) { [self] in isStopping }
            if !isStopping, let state = start.state {
                do throws(TrainerStateError) { try trainer.restore(state) } catch { throw TrainingError.state(error) }
            }
            let facts = RunFacts(
                parameters: spec.network.parameterCount, trainingRows: trainer.split.training.count,
                validationRows: trainer.split.validation.count, testRows: dataset.test.count,
                batchesPerEpoch: trainer.batchesPerEpoch)
            let untrained = trainer.evaluateValidation()
            // What was cut short is no network, and no measurement of one.
            guard !isStopping else { return endEarly([.stopped], .stopped) }
            start.keeper?.keep(.started(facts, untrained: untrained))
            tell([.started(facts, untrained: untrained)])
            train(trainer)
        } catch {
            endEarly([.failed(error)], .failed(error))
        }
    }

    /// The end of a run that never had a batch here.
    private func endEarly(_ events: [TrainingEvent], _ ending: RunEnding) {
        start.keeper?.keep(.ended(ending, position: 0, nil, weights: nil))
        tell(events)
    }

    private func train(_ trainer: Trainer) {
        var control = RunControl(epochs: spec.training.epochs, paused: startsPaused)
        var pace = Pace()
        var shown = control.state
        var keeping = KeptSession(start)
        // A run can have been left between its last epoch and its end.
        if start.state != nil, trainer.batch == 0 {
            if trainer.epoch > 0 { control.epochFinished(trainer.epoch) }
            if trainer.stopsEarly { control.stopsEarly() }
        }
        let inspector = Inspector(trainer) { [self] in isStopping }
        tell([], trainer.snapshot(control.state, pace))
        while control.state != .stopped {
            for command in takeCommands() {
                control.receive(command)
                if case .watch(let watch) = command { inspector.receive(watch) }
                if !isStopping { obey(command, trainer, keeping) }
            }
            let trains = control.state == .running
            if trains {
                inspector.stepBegins()
                advance(trainer, &control, &pace, &keeping)
                inspector.stepEnded()
            }
            if control.state != .stopped, !isStopping,
                let inspection = inspector.answer(isTraining: control.state == .running)
            {
                tell(inspection)
            }
            if control.state != shown {
                let events = events(of: control.state, trainer, &keeping)
                // The end of a measurement that was cut short: the next turn takes the command to stop.
                if isStopping, control.state != .stopped { continue }
                shown = control.state
                keeping.changed(to: shown, trainer)
                // A run's end can bring other weights.
                inspector.stepEnded()
                tell(events, trainer.snapshot(shown, pace))
            } else if trains, control.state != .running {
                // A single batch from pause to pause.
                tell([], trainer.snapshot(shown, pace))
            } else if control.state == .running {
                if pace.isDue { tell([], trainer.snapshot(shown, pace.published())) }
            } else {
                wake.wait()
                pace = Pace()
            }
        }
    }

    /// One batch, and the end of its epoch where it was the last.
    private func advance(
        _ trainer: Trainer, _ control: inout RunControl, _ pace: inout Pace, _ keeping: inout KeptSession
    ) {
        let before = trainer.runningMeans
        let result = trainer.step()
        pace.add(rows: trainer.runningMeans.rows - before.rows, seconds: trainer.runningMeans.seconds - before.seconds)
        control.batchFinished()
        guard result.lossSum.isFinite else {
            control.diverged()
            return
        }
        if trainer.epochIsComplete {
            let report = trainer.finishEpoch()
            guard !isStopping else { return keeping.spoil() }
            keeping.epochFinished(report, trainer)
            control.epochFinished(trainer.epoch)
            if trainer.stopsEarly { control.stopsEarly() }
            tell([.epochFinished(report)] + report.callbacks.map { trainer.event($0) })
        } else {
            keeping.stepped(trainer)
        }
    }

    private func events(
        of state: RunState, _ trainer: Trainer, _ keeping: inout KeptSession
    ) -> [TrainingEvent] {
        switch state {
        case .running: []
        case .paused: [.paused(position: trainer.position)]
        case .finished: end(trainer, &keeping)
        case .stopped: [.stopped]
        case .failed: [.failed(.diverged(epoch: trainer.epoch + 1, batch: trainer.batch))]
        }
    }

    /// Gives the network the weights that the run ends with, and measures it.
    private func end(_ trainer: Trainer, _ keeping: inout KeptSession) -> [TrainingEvent] {
        keeping.ends(trainer)
        let weights = trainer.finishRun()
        let replaced = weights.map {
            TrainingEvent.weightsReplaced($0, validation: trainer.evaluateValidation())
        }
        let test = trainer.evaluateTest()
        if !isStopping { keeping.ended(weights, test, trainer) }
        return [replaced, .testEvaluated(test), .finished].compactMap(\.self)
    }

    private func obey(_ command: TrainingCommand, _ trainer: Trainer, _ keeping: KeptSession) {
        switch command {
        case .learningRate(let rate):
            trainer.setLearningRate(rate)
            keeping.changed(.learningRate(rate), trainer)
            tell([.learningRateChanged(rate, position: trainer.position)])
        case .dropout(let rate, let layer):
            trainer.setDropout(rate, layer: layer)
            keeping.changed(.dropout(rate, layer: layer), trainer)
        case .l1(let lambda):
            trainer.setL1(lambda)
            keeping.changed(.l1(lambda), trainer)
        case .l2(let lambda):
            trainer.setL2(lambda)
            keeping.changed(.l2(lambda), trainer)
        case .evaluateTest:
            let evaluation = trainer.evaluateTest()
            guard !isStopping else { return }
            keeping.measured(evaluation)
            tell([.testEvaluated(evaluation)])
        case .pause, .resume, .stop, .stepBatch, .stepEpoch, .watch: break
        }
    }
}

extension [TrainingEvent] {
    /// Appends an event. An epoch takes the evaluation from the one before it: it is large, and old before anyone has
    /// seen it. The figures of every epoch stay.
    fileprivate mutating func append(superseding event: TrainingEvent) {
        if case .epochFinished = event { dropLastEvaluation() }
        append(event)
    }

    private mutating func dropLastEvaluation() {
        for index in indices.reversed() {
            guard case .epochFinished(var report) = self[index] else { continue }
            report.validation = nil
            self[index] = .epochFinished(report)
            return
        }
    }
}

extension Trainer {
    /// Epochs done, with the share of the one under way.
    public var position: Double { inEpochs(epoch: epoch, batch: batch, batchesPerEpoch: batchesPerEpoch) }

    fileprivate func event(_ event: CallbackEvent) -> TrainingEvent {
        switch event {
        case .best(let epoch, let value): .bestEpoch(epoch, value: value)
        case .rateReduced(let old, let new): .rateReduced(from: old, to: new, position: position)
        case .stopsEarly(let best): .stoppedEarly(epoch: epoch, best: best)
        }
    }

    fileprivate func snapshot(_ state: RunState, _ pace: Pace) -> TrainingSnapshot {
        TrainingSnapshot(
            state: state, epoch: epoch, batch: batch, batchesPerEpoch: batchesPerEpoch, loss: runningMeans.loss,
            accuracy: runningMeans.accuracy, samplesPerSecond: pace.samplesPerSecond,
            learningRate: network.learningRate, history: history)
    }
}
