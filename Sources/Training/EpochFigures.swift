/// The figures of one finished epoch, as Keras's history has them.
package struct EpochFigures: Sendable, Equatable, Codable {
    /// From 1.
    package var epoch: Int
    /// Running mean over the epoch's training rows, with regularization.
    package var loss: Double
    /// Share of right predictions, running over the epoch, 0 ... 1.
    package var accuracy: Double
    /// Mean loss of the validation rows after the epoch, with regularization; nil without any.
    package var validationLoss: Double?
    /// Share of right predictions after the epoch, 0 ... 1; nil without validation rows.
    package var validationAccuracy: Double?
    /// The rate of the epoch's last step.
    package var learningRate: Double
    /// Time of the training pass alone, in seconds.
    package var seconds: Double
    /// The Euclidean norm of the gradient by all weights, with the penalties', before any clipping, at the epoch's end:
    /// of its last rows, as many as a batch has, at most 256. Nil where it is not finite, or was not recorded.
    package var gradientNorm: Double?
    /// Time from the epoch's start to its end in seconds, pauses left out; nil where it was not recorded.
    package var wallSeconds: Double?

    package init(
        epoch: Int, loss: Double, accuracy: Double, validationLoss: Double? = nil, validationAccuracy: Double? = nil,
        learningRate: Double, seconds: Double, gradientNorm: Double? = nil, wallSeconds: Double? = nil
    ) {
        self.epoch = epoch
        self.loss = loss
        self.accuracy = accuracy
        self.validationLoss = validationLoss
        self.validationAccuracy = validationAccuracy
        self.learningRate = learningRate
        self.seconds = seconds
        self.gradientNorm = gradientNorm
        self.wallSeconds = wallSeconds
    }
}

/// A finished epoch with its figures and the predictions for the validation rows.
package struct EpochReport: Sendable, Equatable {
    /// Losses, accuracies, rate and time of the epoch.
    package let figures: EpochFigures
    /// Nil without validation rows, or where a newer epoch ended before this one was read.
    package internal(set) var validation: Evaluation?
    /// What the callbacks did then.
    package let callbacks: [CallbackEvent]

    package init(figures: EpochFigures, validation: Evaluation?, callbacks: [CallbackEvent] = []) {
        self.figures = figures
        self.validation = validation
        self.callbacks = callbacks
    }
}
