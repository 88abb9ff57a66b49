import Datasets
import Dispatch
import Kernels
import Networks
import Specs
import Synchronization

/// Trains one run from its start to its end: the one loop behind the command line, the dashboard and resumed runs.
///
/// Commands come in between batches, and the changes of the run's own line are made at their places. Events and
/// snapshots go out to the host as values. A recorded run also sends what is needed to resume it.
package struct RunDriver {
    /// The network, data and state of the run.
    package let trainer: Trainer
    private let host: any RunHost
    private let inspector: Inspector
    private let settings: [LiveSetting]
    private let patience: EndPatience
    private let measuresTest: Bool
    private var control: RunControl
    private var recording: CheckpointOffers?
    private var line: RunChanges
    private var pace = Pace()
    private let clock = ContinuousClock()
    private var epochClock = EpochClock(start: ContinuousClock.now)
    private var divergence: Divergence
    /// The weights that it began with, where its line names them and it begins here.
    private var startWeights: [Tensor]?

    /// Makes the network, and restores the state that the run resumes from, if there is one.
    ///
    /// - Throws: `TrainingError` where spec, changes, state and data don't fit together.
    package init(
        spec: ExperimentSpec, dataset: Dataset, threads: Int, paused: Bool = false, start: RunStart,
        otherWork: OtherWork? = nil, host: any RunHost
    ) throws(TrainingError) {
        self.host = host
        let patience = EndPatience()
        self.patience = patience
        let isCut = { [host] in host.isStopping && patience.isOver }
        trainer = try Trainer(
            spec: spec, dataset: dataset, threads: threads, otherWork: otherWork, isCancelled: isCut)
        if !host.isStopping { try trainer.learn(from: start.weights) }
        line = try RunChanges(start, batchesPerEpoch: trainer.batchesPerEpoch)
        startWeights = start.state == nil ? try StartWeights.of(spec, start.weights) : nil
        // Where it is stopping, the network may not be complete.
        if !host.isStopping, let startWeights { trainer.begin(with: startWeights) }
        if !host.isStopping, let state = start.state {
            do throws(TrainerStateError) { try trainer.restore(state) } catch { throw .state(error) }
        }
        settings = start.settings
        measuresTest = start.measuresTest
        control = RunControl(epochs: trainer.plannedEpochs, paused: paused)
        recording = start.recorder.map { CheckpointOffers($0, leastLoss: start.leastLoss) }
        inspector = Inspector(trainer, isCancelled: isCut)
        divergence = Self.divergence(of: trainer)
    }

    /// Trains until the host says `stop`.
    package mutating func run() {
        let untrained = trainer.evaluateValidation()
        // A network or an evaluation that was cut short is not complete.
        guard !host.isStopping else { return leaveBeforeStart() }
        recording?.record(.started(trainer.facts, untrained: untrained))
        if let startWeights { recording?.record(.begun(with: startWeights)) }
        startWeights = nil
        host.tell([.started(trainer.facts, untrained: untrained)], nil)
        host.tell([], snapshot)
        keepWeights()
        // A resumed run has trained a part of its epoch before.
        epochClock = EpochClock(start: clock.now, earlier: trainer.runningMeans.seconds)
        begin()
        while control.state != .stopped {
            takeCommands()
            if control.state == .running { makeChanges() }
            if control.state == .running { advance() }
            inspect()
            if control.state == .running {
                if pace.isDue { host.tell([], trainer.snapshot(.running, pace.published())) }
            } else if control.state != .stopped {
                let begin = clock.now
                // Commands come before the part of an answer that takes longer.
                if !inspector.owesAnswer { host.waitForCommand() }
                epochClock.leaveOut(begin.duration(to: clock.now))
                pace = Pace()
            }
        }
    }

    private mutating func begin() {
        for setting in settings { receive(.set(setting)) }
        makeChanges()
        guard control.state != .stopped else { return }
        perform(control.begin(isComplete: trainer.isComplete))
    }

    private mutating func leaveBeforeStart() {
        recording?.record(.ended(RunEnd(.stopped, at: trainer.place, position: trainer.position)))
        host.tell([.stopped], nil)
    }

    private static func divergence(of trainer: Trainer) -> Divergence {
        Divergence(
            loss: trainer.spec.training.loss, classes: trainer.spec.network.classes,
            batchesPerEpoch: trainer.batchesPerEpoch)
    }

    // MARK: - What comes in

    private mutating func takeCommands() {
        let commands = host.takeCommands()
        guard !commands.isEmpty else { return }
        // A stop makes all other commands pointless.
        for command in host.isStopping ? [.stop] : commands {
            receive(command)
        }
    }

    private mutating func receive(_ command: TrainingCommand) {
        perform(control.receive(command, at: trainer.place, isComplete: trainer.isComplete))
    }

    /// Makes the changes of the run's line whose place has come.
    private mutating func makeChanges() {
        while control.state != .stopped, let setting = line.next(at: trainer.place) {
            receive(.set(setting))
        }
    }

    // MARK: - Training

    /// One batch, and the end of its epoch where it was the last.
    private mutating func advance() {
        if !trainer.epochIsComplete {
            let before = trainer.runningMeans
            inspector.stepBegins()
            let result = trainer.step()
            inspector.stepEnded()
            pace.add(
                rows: trainer.runningMeans.rows - before.rows, seconds: trainer.runningMeans.seconds - before.seconds)
            guard result.lossSum.isFinite else { return perform(control.diverged()) }
            let rows = max(1, trainer.runningMeans.rows - before.rows)
            if let finding = divergence.batchFinished(loss: result.lossSum / Double(rows)) {
                host.tell([.diverges(finding, at: trainer.place)], nil)
            }
            guard trainer.epochIsComplete else {
                let (trainer, line) = (trainer, line)
                recording?.stepped(trainer, line)
                return perform(control.batchFinished())
            }
            makeChanges()
            guard control.state == .running else { return }
        }
        finishEpoch()
    }

    private mutating func finishEpoch() {
        let validation = trainer.evaluateEpochEnd()
        // Interrupted: the epoch stays incomplete, and a resumed run completes it.
        guard !host.isStopping else { return }
        let report = trainer.finishEpoch(validation: validation) { epochClock.lap(at: clock.now) }
        keepWeights()
        let (trainer, line) = (trainer, line)
        recording?.epochFinished(report, trainer, line)
        host.tell([.epochFinished(report)] + report.callbacks.map { trainer.event($0) }, nil)
        makeChanges()
        perform(control.batchFinished(epoch: trainer.epoch, isComplete: trainer.isComplete))
    }

    private func inspect() {
        guard control.state != .stopped, !host.isStopping,
            let inspection = inspector.answer(isTraining: control.state == .running)
        else { return }
        host.tell(inspection)
    }

    /// Keeps the weights to look back at, where somebody can.
    private func keepWeights() { if host.canWatch { inspector.epochEnded() } }

    // MARK: - What goes out

    private var snapshot: TrainingSnapshot { trainer.snapshot(control.state, pace) }
    private var state: TrainerState { line.state(of: trainer) }

    private mutating func perform(_ actions: [RunAction]) {
        for action in actions { perform(action) }
    }

    private mutating func perform(_ action: RunAction) {
        switch action {
        case .reopen:
            trainer.reopenRun()
            // What the end took belongs to no epoch.
            epochClock = EpochClock(start: clock.now)
            inspector.stepEnded()
        case .set(let setting):
            trainer.apply(setting)
            // Another penalty makes another loss.
            divergence = Self.divergence(of: trainer)
            let change = LiveChange(setting, at: trainer.place)
            if let recording { recording.record(.changed(change, position: trainer.position, state)) }
            host.tell([.changed(change)], nil)
        case .goOn:
            recording?.record(.resumed)
            host.tell([], snapshot)
        case .pause:
            inspect()
            if let recording { recording.record(.paused(position: trainer.position, state)) }
            host.tell([.paused(position: trainer.position)], snapshot)
        case .show:
            inspect()
            host.tell([], snapshot)
        case .finish: finish()
        case .stop: stop()
        case .leave: host.tell([.stopped], snapshot)
        case .fail: fail()
        case .measureTest: measureTest()
        case .watch(let watch): inspector.receive(watch)
        }
    }

    /// Gives the network the weights that the run ends with, and evaluates it.
    private mutating func finish() {
        patience.begin()
        defer { patience.end() }
        let weights = trainer.finishRun()
        let validation = weights == nil ? nil : trainer.evaluateValidation()
        let test = measuresTest ? trainer.evaluateTest() : nil
        guard !(host.isStopping && patience.isOver) else {
            // The loop takes the command to stop next.
            trainer.reopenRun()
            return control.endWasCut()
        }
        // The inspection is sent before the end: a caller that waits for the end then shows the final network.
        if weights != nil { inspector.stepEnded() }
        inspect()
        if let weights { recording?.record(.weightsReplaced(weights, position: trainer.position)) }
        if let test { recording?.record(.test(test)) }
        recording?.record(.ended(end(.finished)))
        let replaced = weights.map { TrainingEvent.weightsReplaced($0, validation: validation) }
        host.tell([replaced, test.map(TrainingEvent.testEvaluated), .finished].compactMap(\.self), snapshot)
    }

    /// Evaluates and records the weights that the run ends with, also where it was stopped.
    private mutating func stop() {
        patience.begin()
        defer { patience.end() }
        var events: [TrainingEvent] = []
        if recording?.recorder.wantsResult ?? (trainer.epoch > 0) {
            let test = trainer.evaluateTest()
            if !patience.isOver {
                recording?.record(.test(test))
                events = [.testEvaluated(test)]
            }
        }
        if let recording { recording.record(.ended(end(.stopped))) }
        host.tell(events + [.stopped], snapshot)
    }

    private func end(_ ending: RunEnding) -> RunEnd {
        RunEnd(
            ending, at: trainer.place, position: trainer.position, state: recording == nil ? nil : state,
            weights: trainer.network.tensors(), source: trainer.endWeights)
    }

    private mutating func fail() {
        let error = TrainingError.diverged(
            epoch: trainer.epoch + 1, batch: trainer.batch, where: trainer.nonFiniteLayer,
            rate: (trainer.rateOfLastStep * 1e6).rounded() / 1e6)
        recording?.record(.ended(RunEnd(.failed(error), at: trainer.place, position: trainer.position)))
        host.tell([.failed(error)], snapshot)
    }

    private mutating func measureTest() {
        let test = trainer.evaluateTest()
        guard !host.isStopping else { return }
        recording?.record(.test(test))
        host.tell([.testEvaluated(test)], nil)
    }
}

/// How long the evaluation at a run's end may go on once the run was asked to stop.
private final class EndPatience: Sendable {
    /// In nanoseconds: the user, or a system that shuts down, waits for it.
    private static let limit: UInt64 = 1_000_000_000
    private let deadline = Atomic<UInt64>(0)

    func begin() { deadline.store(DispatchTime.now().uptimeNanoseconds + Self.limit, ordering: .relaxed) }

    func end() { deadline.store(0, ordering: .relaxed) }

    /// Called on any worker's thread.
    var isOver: Bool { DispatchTime.now().uptimeNanoseconds > deadline.load(ordering: .relaxed) }
}
