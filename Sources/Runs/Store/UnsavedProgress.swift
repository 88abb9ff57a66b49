import Foundation
import Networks
import Specs
import Training

/// Weights that are kept of a run.
package struct SavedWeights: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        /// Those that the run ended with; of one that goes on, none.
        case final
        /// Those after the epoch with the least validation loss, the first of equals.
        case best
    }

    /// Where the run stood.
    package var place: RunPlace
    /// Whose they are, where not the last step's.
    package var source: FinalWeights?
    package var tensors: [Tensor]

    package init(at place: RunPlace, source: FinalWeights? = nil, tensors: [Tensor]) {
        self.place = place
        self.source = source
        self.tensors = tensors
    }
}

/// What happened in a run since the last save: all of it is saved in one transaction, or nothing.
package struct UnsavedProgress: Sendable, Equatable {
    /// How the run stands now.
    package struct Standing: Sendable, Equatable {
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

    /// In order. One that is there already is replaced: a run that was taken up repeats the epochs since its checkpoint.
    package var epochs: [EpochFigures] = []
    package var confusions: [EpochConfusion] = []
    package var changes: [RunChange] = []
    package var events: [RunEvent] = []
    package var checkpoint: TrainerState?
    package var best: SavedWeights?
    package var final: SavedWeights?
    /// The test set, measured.
    package var test: Evaluation?
    package var standing: Standing?
    package var fingerprint: String?

    package init() {}

    package var isEmpty: Bool { self == UnsavedProgress() }

    /// Whether the user stopped the run before its first epoch was done: with auto-run every edit leaves such a run.
    var isAbandoned: Bool { standing?.state == .stopped && epochs.isEmpty }

    /// Epochs done when the newest of it happened; nil where nothing of it tells.
    var position: Double? {
        let places = [
            epochs.last.map { Double($0.epoch) }, events.last?.position,
            (changes.last?.change.place.epoch).map(Double.init),
        ].compactMap(\.self)
        return places.max()
    }

    /// Puts what happened later behind this.
    package mutating func append(_ later: UnsavedProgress) {
        epochs += later.epochs
        confusions += later.confusions
        changes += later.changes
        events += later.events
        checkpoint = later.checkpoint ?? checkpoint
        best = later.best ?? best
        final = later.final ?? final
        test = later.test ?? test
        standing = later.standing ?? standing
        fingerprint = later.fingerprint ?? fingerprint
    }
}
