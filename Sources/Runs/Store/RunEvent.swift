import Foundation
import Specs
import Training

/// A setting that was changed while a run trained, and when.
package struct RunChange: Sendable, Equatable {
    /// The setting, and where it was changed.
    package var change: LiveChange
    /// When it was changed.
    package var time: Date

    package init(_ change: LiveChange, time: Date = Date()) {
        self.change = change
        self.time = time
    }
}

/// An event of a run beside its epochs and changes.
package struct RunEvent: Sendable, Equatable {
    /// The kinds of events. The raw values are the words of the store and of exports.
    package enum Kind: String, CaseIterable, Sendable, Codable {
        /// The rate was reduced from `previous` to `value` on a plateau.
        case plateau
        /// The epoch at this position has the best value so far of the monitored figure: `value`.
        case best
        /// Early stopping ended the run; `value` is the best epoch.
        case earlyStop = "early_stop"
        /// The run's end replaced the weights by those of epoch `value`, or, without a value, by the moving average.
        case weightsReplaced = "weights_replaced"
        case paused, finished, stopped, failed
        /// The program was ended by a signal.
        case interrupted
        /// A program resumed the run here.
        case resumed
        /// From here on nothing could be saved for `value` epochs; `text` is the first error.
        case saveFailed = "save_failed"
        /// The weights were read from files, which `text` names; nothing was trained.
        case imported
    }

    /// What happened.
    package var kind: Kind
    /// Epochs done, with the share of the one under way.
    package var position: Double
    /// When it happened.
    package var time: Date
    /// A number whose meaning depends on the kind; nil without one.
    package var value: Double?
    /// The learning rate before a reduction; nil for other events.
    package var previous: Double?
    /// Why a run failed, or why it could not be saved, or files; nil for other events.
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
