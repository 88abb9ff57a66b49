/// The figures of one finished epoch, as Keras's history has them.
public struct EpochFigures: Sendable, Equatable, Codable {
    /// From 1.
    public var epoch: Int
    /// Running mean over the epoch's training rows, with regularization.
    public var loss: Double
    /// Share of right predictions, running over the epoch, 0 ... 1.
    public var accuracy: Double
    /// Measured after the epoch; nil without validation rows.
    public var validationLoss: Double?
    public var validationAccuracy: Double?
    /// The rate of the epoch's last step.
    public var learningRate: Double
    /// Time of the training pass alone.
    public var seconds: Double

    public init(
        epoch: Int, loss: Double, accuracy: Double, validationLoss: Double? = nil, validationAccuracy: Double? = nil,
        learningRate: Double, seconds: Double
    ) {
        self.epoch = epoch
        self.loss = loss
        self.accuracy = accuracy
        self.validationLoss = validationLoss
        self.validationAccuracy = validationAccuracy
        self.learningRate = learningRate
        self.seconds = seconds
    }
}

/// A finished epoch with what the network then says of the validation rows.
public struct EpochReport: Sendable, Equatable {
    public let figures: EpochFigures
    /// nil without validation rows, or if a newer epoch's came before anyone had seen it.
    public internal(set) var validation: Evaluation?
    /// What the callbacks did then.
    public let callbacks: [CallbackEvent]

    public init(figures: EpochFigures, validation: Evaluation?, callbacks: [CallbackEvent] = []) {
        self.figures = figures
        self.validation = validation
        self.callbacks = callbacks
    }
}
