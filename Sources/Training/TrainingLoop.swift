import Neural

/// A run on its thread, from the first batch to `stop`: takes commands between batches, trains, and tells what came of it.
struct TrainingLoop {
    private let mailboxes: SessionMailboxes
    private let trainer: Trainer
    private let inspector: Inspector
    private var control: RunControl
    private var keeping: KeptSession
    private var pace = Pace()
    /// The state that was told last.
    private var shown: RunState

    /// - Parameters:
    ///   - trainer: at the run's start, or as the state left it from which the run goes on.
    ///   - paused: wait before the first batch.
    init(_ trainer: Trainer, start: TrainingSession.Start, paused: Bool, mailboxes: SessionMailboxes) {
        self.trainer = trainer
        self.mailboxes = mailboxes
        control = RunControl(epochs: trainer.spec.training.epochs, paused: paused)
        keeping = KeptSession(start)
        inspector = Inspector(trainer) { mailboxes.isStopping }
        shown = control.state
        // A run can have been left between its last epoch and its end.
        if start.state != nil, trainer.batch == 0 {
            if trainer.epoch > 0 { control.epochFinished(trainer.epoch) }
            if trainer.stopsEarly { control.stopsEarly() }
        }
    }

    mutating func run() {
        mailboxes.tell([], trainer.snapshot(control.state, pace))
        while control.state != .stopped {
            takeCommands()
            let trains = control.state == .running
            if trains {
                inspector.stepBegins()
                advance()
                inspector.stepEnded()
            }
            inspect()
            if control.state != shown {
                tellState()
            } else if trains, control.state != .running {
                // A single batch from pause to pause.
                mailboxes.tell([], trainer.snapshot(shown, pace))
            } else if control.state == .running {
                if pace.isDue { mailboxes.tell([], trainer.snapshot(shown, pace.published())) }
            } else {
                mailboxes.waitForCommand()
                pace = Pace()
            }
        }
    }

    private mutating func takeCommands() {
        for command in mailboxes.takeCommands() {
            control.receive(command)
            if case .watch(let watch) = command { inspector.receive(watch) }
            if !mailboxes.isStopping { obey(command) }
        }
    }

    /// One batch, and the end of its epoch where it was the last.
    private mutating func advance() {
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
            guard !mailboxes.isStopping else { return keeping.spoil() }
            keeping.epochFinished(report, trainer)
            control.epochFinished(trainer.epoch)
            if trainer.stopsEarly { control.stopsEarly() }
            mailboxes.tell([.epochFinished(report)] + report.callbacks.map { trainer.event($0) })
        } else {
            keeping.stepped(trainer)
        }
    }

    private func inspect() {
        guard control.state != .stopped, !mailboxes.isStopping,
            let inspection = inspector.answer(isTraining: control.state == .running)
        else { return }
        mailboxes.tell(inspection)
    }

    private mutating func tellState() {
        let events = events()
        // The end of a measurement that was cut short: the next turn takes the command to stop.
        if mailboxes.isStopping, control.state != .stopped { return }
        shown = control.state
        keeping.changed(to: shown, trainer)
        // A run's end can bring other weights.
        inspector.stepEnded()
        mailboxes.tell(events, trainer.snapshot(shown, pace))
    }

    private mutating func events() -> [TrainingEvent] {
        switch control.state {
        case .running: []
        case .paused: [.paused(position: trainer.position)]
        case .finished: end()
        case .stopped: [.stopped]
        case .failed: [.failed(.diverged(epoch: trainer.epoch + 1, batch: trainer.batch))]
        }
    }

    /// Gives the network the weights that the run ends with, and measures it.
    private mutating func end() -> [TrainingEvent] {
        keeping.ends(trainer)
        let weights = trainer.finishRun()
        let replaced = weights.map {
            TrainingEvent.weightsReplaced($0, validation: trainer.evaluateValidation())
        }
        let test = trainer.evaluateTest()
        if !mailboxes.isStopping { keeping.ended(weights, test, trainer) }
        return [replaced, .testEvaluated(test), .finished].compactMap(\.self)
    }

    private func obey(_ command: TrainingCommand) {
        switch command {
        case .learningRate(let rate):
            trainer.setLearningRate(rate)
            keeping.changed(.learningRate(rate), trainer)
            mailboxes.tell([.learningRateChanged(rate, position: trainer.position)])
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
            guard !mailboxes.isStopping else { return }
            keeping.measured(evaluation)
            mailboxes.tell([.testEvaluated(evaluation)])
        case .pause, .resume, .stop, .stepBatch, .stepEpoch, .watch: break
        }
    }
}
