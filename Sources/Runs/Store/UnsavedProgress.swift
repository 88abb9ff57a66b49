import Foundation
import Networks
import Specs
import Training

/// Saved weights of a run.
package struct SavedWeights: Sendable, Equatable {
    /// The sets of weights that the store has of a run.
    package enum Kind: String, Sendable, CaseIterable {
        /// Those that the run ended with; none while it trains.
        case final
        /// Those after the epoch with the least validation loss, the first of equals.
        case best
        /// Those that it began with, where its line names them: a run needs no other one to be repeated.
        case start
    }

    /// The place of the run that they are from.
    package var place: RunPlace
    /// Which weights these are, where not the last step's.
    package var source: FinalWeights?
    /// All kernels and biases, in the network's order.
    package var tensors: [Tensor]

    package init(at place: RunPlace, source: FinalWeights? = nil, tensors: [Tensor]) {
        self.place = place
        self.source = source
        self.tensors = tensors
    }
}

/// What happened in a run since the last save. It is saved in one transaction, all or nothing.
package struct UnsavedProgress: Sendable, Equatable {
    /// The state of the run now.
    package struct Standing: Sendable, Equatable {
        /// Whether the run trains, waits or has ended.
        package var state: SavedRunState
        /// Why it failed.
        package var failure: String?
        /// When it ended, where it did.
        package var ended: Date?

        package init(_ state: SavedRunState, failure: String? = nil, ended: Date? = nil) {
            self.state = state
            self.failure = failure
            self.ended = ended
        }
    }

    /// Figures of finished epochs, in order. A saved epoch is replaced: a resumed run repeats the epochs since its
    /// checkpoint.
    package var epochs: [EpochFigures] = []
    /// Confusion matrices of the validation rows, in order of epochs.
    package var confusions: [EpochConfusion] = []
    /// Live changes, in order.
    package var changes: [RunChange] = []
    /// Other events, in order.
    package var events: [RunEvent] = []
    /// The newest state to resume from.
    package var checkpoint: TrainerState?
    /// Weights of the epoch with the least validation loss so far.
    package var best: SavedWeights?
    /// Weights that the run ended with.
    package var final: SavedWeights?
    /// Saved weights that the run began with.
    package var start: SavedWeights?
    /// The newest evaluation of the test set.
    package var test: Evaluation?
    /// The run's new state; nil where it has not changed.
    package var standing: Standing?
    /// SHA-256 of the data set, where it was computed since.
    package var fingerprint: String?
    /// What is kept of the data set, beside its fingerprint.
    package var dataset: StoredDataset?

    package init() {}

    /// Whether nothing happened.
    package var isEmpty: Bool { self == UnsavedProgress() }

    /// Whether the user stopped the run before its first epoch was done. In the dashboard every edit of the spec leaves
    /// such a run.
    var isAbandoned: Bool { standing?.state == .stopped && epochs.isEmpty }

    /// Finished epochs at the newest of these; nil where none has a position.
    var position: Double? {
        let places = [
            epochs.last.map { Double($0.epoch) }, events.last?.position,
            (changes.last?.change.place.epoch).map(Double.init),
        ].compactMap(\.self)
        return places.max()
    }

    /// Appends what happened later.
    package mutating func append(_ later: UnsavedProgress) {
        epochs += later.epochs
        confusions += later.confusions
        changes += later.changes
        events += later.events
        checkpoint = later.checkpoint ?? checkpoint
        best = later.best ?? best
        final = later.final ?? final
        start = later.start ?? start
        test = later.test ?? test
        standing = later.standing ?? standing
        fingerprint = later.fingerprint ?? fingerprint
        dataset = later.dataset ?? dataset
    }
}
