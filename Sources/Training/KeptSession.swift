import Neural

/// What a session tells the keeper of its run, where it has one.
struct KeptSession {
    private var keeping: RunKeeping?
    /// Whether the trainer's state is no longer one to go on from: a cut measurement is in it, or the end's weights.
    private var isSpoiled = false
    private var isOver = false
    /// From before the end replaced the weights.
    private var lastState: TrainerState?

    init(_ start: TrainingSession.Start) {
        keeping = start.keeper.map { RunKeeping($0, leastLoss: start.leastLoss) }
    }

    mutating func stepped(_ trainer: Trainer) {
        guard !isSpoiled else { return }
        keeping?.stepped(trainer)
    }

    mutating func epochFinished(_ report: EpochReport, _ trainer: Trainer) {
        keeping?.epochFinished(report, trainer)
    }

    /// An epoch's measurement was cut short, and the callbacks have seen it.
    mutating func spoil() { isSpoiled = true }

    func changed(_ change: SettingChange, _ trainer: Trainer) {
        guard let keeping, !isSpoiled else { return }
        keeping.keeper.keep(.changed(change, position: trainer.position, trainer.state))
    }

    func measured(_ evaluation: Evaluation) { keeping?.keeper.keep(.test(evaluation)) }

    /// The last epoch is done, and the weights are about to be replaced.
    mutating func ends(_ trainer: Trainer) {
        lastState = keeping == nil || isSpoiled ? nil : trainer.state
    }

    /// The end was measured.
    mutating func ended(_ weights: FinalWeights?, _ test: Evaluation, _ trainer: Trainer) {
        guard let keeper = keeping?.keeper else { return }
        if let weights { keeper.keep(.weightsReplaced(weights, position: trainer.position)) }
        keeper.keep(.test(test))
        keeper.keep(.ended(.finished, position: trainer.position, lastState, weights: trainer.network.tensors()))
        (isOver, lastState) = (true, nil)
        if weights != nil { isSpoiled = true }
    }

    /// The session shows another state.
    mutating func changed(to state: RunState, _ trainer: Trainer) {
        guard let keeper = keeping?.keeper else { return }
        switch state {
        case .running:
            keeper.keep(.resumed)
            isOver = false
        case .paused: if !isSpoiled { keeper.keep(.paused(position: trainer.position, trainer.state)) }
        case .finished: break
        // What was finished stays so.
        case .stopped where isOver: break
        case .stopped:
            keeper.keep(
                .ended(
                    .stopped, position: trainer.position, isSpoiled ? nil : trainer.state,
                    weights: isSpoiled ? nil : trainer.network.tensors()))
        case .failed:
            let error = TrainingError.diverged(epoch: trainer.epoch + 1, batch: trainer.batch)
            keeper.keep(.ended(.failed(error), position: trainer.position, nil, weights: nil))
            isOver = true
        }
    }
}
