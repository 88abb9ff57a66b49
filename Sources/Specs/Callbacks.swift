/// What a callback watches, named as in Keras.
public enum Monitor: String, Codable, CaseIterable, Sendable {
    case validationLoss = "val_loss"
    case validationAccuracy = "val_accuracy"
    case loss, accuracy

    /// Whether less is better.
    public var isLoss: Bool { self == .validationLoss || self == .loss }
    /// Whether the figure needs validation rows.
    public var needsValidation: Bool { self == .validationLoss || self == .validationAccuracy }
}

/// Keras's EarlyStopping and best weights.
public struct EarlyStopping: Codable, Equatable, Hashable, Sendable {
    /// The figure that early stopping and the plateau watch.
    public var monitor: Monitor = .validationLoss
    /// Epochs without improvement after which the run ends; nil never ends it.
    public var patience: Int?
    /// An improvement is more than this.
    public var minDelta = 0.0
    /// Whether the run ends with the weights of its best epoch.
    public var restoresBest = false

    public init() {}
}

/// Keras's ReduceLROnPlateau, which watches the same figure as early stopping.
public struct ReduceOnPlateau: Codable, Equatable, Hashable, Sendable {
    /// Epochs without improvement after which the rate is reduced; nil never reduces it.
    public var patience: Int?
    /// What the learning rate is multiplied by.
    public var factor = 0.1
    /// An improvement is more than this.
    public var minDelta = 1e-4
    /// Epochs after a reduction in which none is counted.
    public var cooldown = 0
    /// The learning rate is never reduced below this.
    public var minimum = 0.0

    public init() {}
}
