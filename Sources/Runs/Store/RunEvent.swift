import Foundation
import Specs
import Training

/// A setting that was changed while a run went on, and when.
public struct RunChange: Sendable, Equatable {
    public var change: LiveChange
    public var time: Date

    public init(_ change: LiveChange, time: Date = Date()) {
        self.change = change
        self.time = time
    }
}

/// Something that happened in a run beside its epochs and changes.
public struct RunEvent: Sendable, Equatable {
    /// What happened; the raw values are what the store and exports say.
    public enum Kind: String, CaseIterable, Sendable, Codable {
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

    public var kind: Kind
    /// Epochs done, with the share of the one under way.
    public var position: Double
    public var time: Date
    public var value: Double?
    public var previous: Double?
    public var text: String?

    public init(
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
