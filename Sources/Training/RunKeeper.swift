import Neural

/// Takes what is to be kept of a run, on the run's thread; must be quick, and never waits for a disk.
public protocol RunKeeper: Sendable {
    /// Whether the training's state is wanted now. Asked after every epoch, and after some batches.
    func wantsState(at moment: KeepingMoment) -> Bool

    /// Takes what happened, in order.
    func keep(_ news: RunNews)
}

/// Where a run stands when a state is offered.
public enum KeepingMoment: Sendable, Equatable { case batch, epoch }

/// What happened in a run, with what it takes to go on from there.
public enum RunNews: Sendable {
    /// The network exists, and what it says of the validation rows untrained; a run that was taken up says it anew.
    case started(RunFacts, untrained: Evaluation?)
    case state(TrainerState)
    /// An epoch is done; the weights come with one whose validation loss is the least so far.
    case epoch(EpochReport, best: [Tensor]?)
    /// A person changed a setting; epochs from here on follow from the state, not from the one before.
    case changed(SettingChange, position: Double, TrainerState)
    case paused(position: Double, TrainerState)
    /// Goes on after a pause, or with single batches after its end.
    case resumed
    /// The run's end replaced the weights.
    case weightsReplaced(FinalWeights, position: Double)
    case test(Evaluation)
    /// Nothing more will come without `resumed`. The state is nil where the newest one that was kept is the last
    /// valid one; the weights are those that the run ends with.
    case ended(RunEnding, position: Double, TrainerState?, weights: [Tensor]?)
}

/// How a run ended.
public enum RunEnding: Sendable, Equatable {
    case finished, stopped
    /// By a signal: a person did not end it.
    case interrupted
    case failed(TrainingError)
}

/// A setting that a person changed while the run went on.
public enum SettingChange: Sendable, Equatable {
    case learningRate(Double)
    /// Of a hidden layer, from 0.
    case dropout(Double, layer: Int)
    case l1(Double)
    case l2(Double)
}

/// Offers a trainer's states and best weights to a keeper as it trains.
///
/// Most batches cost a comparison: a state is a copy of all weights and moments.
public struct RunKeeping {
    /// Batches between two questions.
    private static let stride = 16

    public let keeper: any RunKeeper
    private var leastLoss: Double
    private var batches = 0

    /// - Parameter leastLoss: the validation loss of the best weights that are kept already.
    public init(_ keeper: any RunKeeper, leastLoss: Double?) {
        self.keeper = keeper
        self.leastLoss = leastLoss ?? .infinity
    }

    /// After a batch that was not its epoch's last.
    public mutating func stepped(_ trainer: Trainer) {
        batches += 1
        guard batches >= Self.stride else { return }
        batches = 0
        if keeper.wantsState(at: .batch) { keeper.keep(.state(trainer.state)) }
    }

    /// After `finishEpoch`.
    public mutating func epochFinished(_ report: EpochReport, _ trainer: Trainer) {
        let isBest = report.figures.validationLoss.map { $0 < leastLoss } ?? false
        if isBest, let loss = report.figures.validationLoss { leastLoss = loss }
        keeper.keep(.epoch(report, best: isBest ? trainer.network.tensors() : nil))
        if keeper.wantsState(at: .epoch) { keeper.keep(.state(trainer.state)) }
    }
}
