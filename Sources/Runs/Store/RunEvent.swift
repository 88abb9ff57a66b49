import Foundation
import Specs
import Training

/// A setting that was changed while a run went on, and when.
package struct RunChange: Sendable, Equatable {
    package var change: LiveChange
    package var time: Date

    package init(_ change: LiveChange, time: Date = Date()) {
        self.change = change
        self.time = time
    }
}

/// Something that happened in a run beside its epochs and changes.
package struct RunEvent: Sendable, Equatable {
    /// What happened; the raw values are what the store and exports say.
    package enum Kind: String, CaseIterable, Sendable, Codable {
        /// The rate was reduced from `previous` to `value` on a plateau.
        case plateau
        /// The epoch at this position is the best so far of what the callbacks watch: `value`.
        case best
        /// Early stopping ended the run; `value` is the best epoch.
        case earlyStop = "early_stop"
        /// The run's end replaced the weights: by epoch `value`'s, or by the moving average's without one.
        case weightsReplaced = "weights_replaced"
        case paused, finished, stopped, failed
        /// The program was told to end.
        case interrupted
        /// A program took the run up here.
        case resumed
        /// From here on nothing could be saved for `value` epochs; `text` says why at first.
        case saveFailed = "save_failed"
    }

    package var kind: Kind
    /// Epochs done, with the share of the one under way.
    package var position: Double
    package var time: Date
    package var value: Double?
    package var previous: Double?
    package var text: String?

    package init(
        _ kind: Kind, position: Double, time: Date = Date(), value: Double? = nil, previous: Double? = nil,
        text: String? = nil
    ) {
        self.kind = kind
        self.position = position
        self.time = time
        self.value = value
        self.previous = previous
        self.text = text
    }
}
