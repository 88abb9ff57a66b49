import Networks
import Specs

/// Records a run, on the run's thread; must be quick, and never waits for a disk.
package protocol RunRecording: Sendable {
    /// Whether the training's state is wanted now. Called after every epoch, and after some batches.
    func wantsState(at moment: CheckpointMoment) -> Bool

    /// Takes what happened, in order.
    func record(_ event: RecordedEvent)

    /// Whether a run that is stopped now is to be evaluated: false where nothing is recorded.
    var wantsResult: Bool { get }
}

/// The moments at which a state is offered.
package enum CheckpointMoment: Sendable, Equatable { case batch, epoch }

/// What happened in a run, with all that is needed to resume there.
package enum RecordedEvent: Sendable {
    /// The network exists; with its untrained evaluation of the validation rows. A resumed run sends it again.
    case started(RunFacts, untrained: Evaluation?)
    /// The run begins with saved weights: these.
    case begun(with: [Tensor])
    case state(TrainerState)
    /// An epoch is done; with the weights where its validation loss is the least so far.
    case epoch(EpochReport, best: [Tensor]?)
    /// A setting was changed. From here on epochs follow from the state, not from the epoch before.
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

/// A run's end: why, where, and with which weights.
package struct RunEnd: Sendable {
    /// Why it ended.
    package var ending: RunEnding
    /// The epochs and batches that were trained.
    package var place: RunPlace
    /// Epochs done, with the share of the one under way.
    package var position: Double
    /// The state to resume from; nil where the newest recorded one is the last valid one.
    package var state: TrainerState?
    /// The weights that the run ends with; nil without a network, and where the run diverged.
    package var weights: [Tensor]?
    /// Which weights these are, where not the last step's.
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

/// Offers a trainer's states and best weights to a recorder while it trains.
///
/// For most batches this is one comparison, as a state is a copy of all weights and moments.
struct CheckpointOffers {
    /// Batches between two offers.
    private static let stride = 16

    let recorder: any RunRecording
    private var leastLoss: Double
    private var batches = 0

    /// - Parameter leastLoss: the validation loss of the best weights that are recorded already.
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
