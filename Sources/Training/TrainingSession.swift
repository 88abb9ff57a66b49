import Datasets
import Dispatch
import Foundation
import Neural
import Synchronization

/// A run on a thread of its own, with two mailboxes out and one in.
///
/// The thread makes the network and keeps it; only values cross over. The newest snapshot replaces the one before it,
/// events queue up. `onNews` is called from the training thread after either has changed.
public final class TrainingSession: Sendable {
    private struct Mailboxes {
        var snapshot: TrainingSnapshot?
        var events: [TrainingEvent] = []
        var commands: [TrainingCommand] = []
    }

    public let spec: ExperimentSpec
    private let dataset: Dataset
    private let threads: Int
    private let startsPaused: Bool
    private let onNews: @Sendable () -> Void
    private let mailboxes = Mutex(Mailboxes())
    private let commandsWaiting = Atomic(false)
    private let wake = DispatchSemaphore(value: 0)
    private let ended = DispatchGroup()

    /// Starts the run.
    ///
    /// - Parameters:
    ///   - threads: workers that share each step, the run's own thread among them.
    ///   - paused: wait before the first batch.
    ///   - onThread: called once, first of all, on the run's thread.
    ///   - onNews: called from the run's thread; must be quick.
    public init(
        spec: ExperimentSpec, dataset: Dataset, threads: Int, paused: Bool = false,
        onThread: @escaping @Sendable () -> Void = {}, onNews: @escaping @Sendable () -> Void
    ) {
        self.spec = spec
        self.dataset = dataset
        self.threads = threads
        startsPaused = paused
        self.onNews = onNews
        ended.enter()
        let thread = Thread { [self] in
            onThread()
            run()
            ended.leave()
        }
        thread.name = "trainer"
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Asks something of the run; obeyed after the batch under way.
    public func send(_ command: TrainingCommand) {
        mailboxes.withLock { $0.commands.append(command) }
        commandsWaiting.store(true, ordering: .releasing)
        wake.signal()
    }

    /// The newest snapshot since the last call.
    public func takeSnapshot() -> TrainingSnapshot? {
        mailboxes.withLock { mailboxes in
            defer { mailboxes.snapshot = nil }
            return mailboxes.snapshot
        }
    }

    /// Everything that happened since the last call, oldest first.
    public func takeEvents() -> [TrainingEvent] {
        mailboxes.withLock { mailboxes in
            defer { mailboxes.events = [] }
            return mailboxes.events
        }
    }

    /// Blocks until the thread has ended; it ends only after `stop`.
    public func waitUntilEnded() { ended.wait() }

    private func takeCommands() -> [TrainingCommand] {
        guard commandsWaiting.exchange(false, ordering: .acquiringAndReleasing) else { return [] }
        return mailboxes.withLock { mailboxes in
            defer { mailboxes.commands = [] }
            return mailboxes.commands
        }
    }

    private func tell(_ event: TrainingEvent) {
        mailboxes.withLock { $0.events.append(event) }
        onNews()
    }

    private func show(_ snapshot: TrainingSnapshot) {
        mailboxes.withLock { $0.snapshot = snapshot }
        onNews()
    }

    // MARK: - The thread

    private func run() {
        do {
            let trainer = try Trainer(spec: spec, dataset: dataset, threads: threads)
            let facts = RunFacts(
                parameters: spec.network.parameterCount, trainingRows: trainer.split.training.count,
                validationRows: trainer.split.validation.count, testRows: dataset.test.count,
                batchesPerEpoch: trainer.batchesPerEpoch)
            tell(.started(facts, untrained: trainer.evaluateValidation()))
            train(trainer)
        } catch {
            tell(.failed(error))
        }
    }

    private func train(_ trainer: Trainer) {
        var control = RunControl(epochs: spec.training.epochs, paused: startsPaused)
        var pace = Pace()
        var shown = control.state
        show(trainer.snapshot(control.state, pace))
        while control.state != .stopped {
            for command in takeCommands() {
                control.receive(command)
                obey(command, trainer)
            }
            let trains = control.state == .running
            if trains { advance(trainer, &control, &pace) }
            if control.state != shown {
                shown = control.state
                if shown != .running { tell(of: shown, trainer) }
                show(trainer.snapshot(shown, pace))
            } else if trains, control.state != .running {
                // A single batch from pause to pause.
                show(trainer.snapshot(shown, pace))
            } else if control.state == .running {
                if pace.isDue { show(trainer.snapshot(shown, pace.published())) }
            } else {
                wake.wait()
                pace = Pace()
            }
        }
    }

    /// One batch, and the end of its epoch where it was the last.
    private func advance(_ trainer: Trainer, _ control: inout RunControl, _ pace: inout Pace) {
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
            control.epochFinished(trainer.epoch)
            if trainer.stopsEarly { control.stopsEarly() }
            tell(.epochFinished(report))
            for event in report.callbacks { tell(of: event, trainer) }
        }
    }

    private func tell(of event: CallbackEvent, _ trainer: Trainer) {
        switch event {
        case .best(let epoch, let value): tell(.bestEpoch(epoch, value: value))
        case .rateReduced(let old, let new): tell(.rateReduced(from: old, to: new, position: trainer.position))
        case .stopsEarly(let best): tell(.stoppedEarly(epoch: trainer.epoch, best: best))
        }
    }

    private func tell(of state: RunState, _ trainer: Trainer) {
        switch state {
        case .running: break
        case .paused: tell(.paused(position: trainer.position))
        case .finished:
            if let weights = trainer.finishRun() {
                tell(.weightsReplaced(weights, validation: trainer.evaluateValidation()))
            }
            tell(.testEvaluated(trainer.evaluateTest()))
            tell(.finished)
        case .stopped: tell(.stopped)
        case .failed: tell(.failed(.diverged(epoch: trainer.epoch + 1, batch: trainer.batch)))
        }
    }

    private func obey(_ command: TrainingCommand, _ trainer: Trainer) {
        switch command {
        case .learningRate(let rate):
            trainer.setLearningRate(rate)
            tell(.learningRateChanged(rate, position: trainer.position))
        case .dropout(let rate, let layer): trainer.setDropout(rate, layer: layer)
        case .l2(let lambda): trainer.setL2(lambda)
        case .evaluateTest: tell(.testEvaluated(trainer.evaluateTest()))
        case .pause, .resume, .stop, .stepBatch, .stepEpoch: break
        }
    }
}

/// How fast the run goes, and when the next snapshot is due: 30 a second at most.
private struct Pace {
    private static let interval = 1.0 / 30
    private var rows = 0
    private var seconds = 0.0
    private var sinceShown = 0.0
    /// Rows a second, smoothed over about a second of training.
    private(set) var samplesPerSecond = 0.0

    var isDue: Bool { sinceShown >= Pace.interval }

    mutating func add(rows: Int, seconds: Double) {
        self.rows += rows
        self.seconds += seconds
        sinceShown += seconds
        if self.seconds > 0 { samplesPerSecond = Double(self.rows) / self.seconds }
        if self.seconds > 1 {
            self.rows /= 2
            self.seconds /= 2
        }
    }

    mutating func published() -> Pace {
        sinceShown = 0
        return self
    }
}

extension Trainer {
    /// Epochs done, with the share of the one under way.
    public var position: Double { Double(epoch) + Double(batch) / Double(max(1, batchesPerEpoch)) }

    fileprivate func snapshot(_ state: RunState, _ pace: Pace) -> TrainingSnapshot {
        TrainingSnapshot(
            state: state, epoch: epoch, batch: batch, batchesPerEpoch: batchesPerEpoch, loss: runningMeans.loss,
            accuracy: runningMeans.accuracy, samplesPerSecond: pace.samplesPerSecond,
            learningRate: network.learningRate, history: history)
    }
}
