import Networks
import Specs

/// Takes what is to be kept of a run, on the run's thread; must be quick, and never waits for a disk.
package protocol RunRecording: Sendable {
    /// Whether the training's state is wanted now. Asked after every epoch, and after some batches.
    func wantsState(at moment: CheckpointMoment) -> Bool

    /// Takes what happened, in order.
    func record(_ event: RecordedEvent)

    /// Whether a run that is stopped now is worth being measured: one that nobody keeps is not.
    var wantsResult: Bool { get }
}

/// Where a run stands when a state is offered.
package enum CheckpointMoment: Sendable, Equatable { case batch, epoch }

/// What happened in a run, with what it takes to go on from there.
package enum RecordedEvent: Sendable {
    /// The network exists, and what it says of the validation rows untrained; a run that was taken up says it anew.
    case started(RunFacts, untrained: Evaluation?)
    case state(TrainerState)
    /// An epoch is done; the weights come with one whose validation loss is the least so far.
    case epoch(EpochReport, best: [Tensor]?)
    /// A setting was changed; epochs from here on follow from the state, not from the one before.
    case changed(LiveChange, position: Double, TrainerState)
    case paused(position: Double, TrainerState)
    /// Goes on after a pause, or after its end.
    case resumed
    /// The run's end replaced the weights.
    case weightsReplaced(FinalWeights, position: Double)
    case test(Evaluation)
    /// Nothing more will come without `resumed`.
    case ended(RunEnd)
}

/// How a run ended.
package enum RunEnding: Sendable, Equatable {
    case finished, stopped
    case failed(TrainingError)
}

/// A run's end, and what it ends with.
package struct RunEnd: Sendable {
    package var ending: RunEnding
    package var place: RunPlace
    /// Epochs done, with the share of the one under way.
    package var position: Double
    /// Where it can go on; nil where the newest one that was kept is the last valid one.
    package var state: TrainerState?
    /// The weights that the run ends with; nil without a network, and where it diverged.
    package var weights: [Tensor]?
    /// Whose they are, where not the last step's.
    package var source: FinalWeights?

    package init(
        _ ending: RunEnding, at place: RunPlace, position: Double, state: TrainerState? = nil,
        weights: [Tensor]? = nil, source: FinalWeights? = nil
    ) {
        self.ending = ending
        self.place = place
        self.position = position
        self.state = state
        self.weights = weights
        self.source = source
    }
}

/// Offers a trainer's states and best weights to a recorder as it trains.
///
/// Most batches cost a comparison: a state is a copy of all weights and moments.
struct CheckpointOffers {
    /// Batches between two questions.
    private static let stride = 16

    let recorder: any RunRecording
    private var leastLoss: Double
    private var batches = 0

    /// - Parameter leastLoss: the validation loss of the best weights that are kept already.
    init(_ recorder: any RunRecording, leastLoss: Double?) {
        self.recorder = recorder
        self.leastLoss = leastLoss ?? .infinity
    }

    func record(_ event: RecordedEvent) { recorder.record(event) }

    /// After a batch that was not its epoch's last.
    mutating func stepped(_ trainer: Trainer, _ line: RunChanges) {
        batches += 1
        guard batches >= Self.stride else { return }
        batches = 0
        if recorder.wantsState(at: .batch) { recorder.record(.state(line.state(of: trainer))) }
    }

    /// After `finishEpoch`.
    mutating func epochFinished(_ report: EpochReport, _ trainer: Trainer, _ line: RunChanges) {
        let isBest = report.figures.validationLoss.map { $0 < leastLoss } ?? false
        if isBest, let loss = report.figures.validationLoss { leastLoss = loss }
        recorder.record(.epoch(report, best: isBest ? trainer.network.tensors() : nil))
        if recorder.wantsState(at: .epoch) { recorder.record(.state(line.state(of: trainer))) }
    }
}
