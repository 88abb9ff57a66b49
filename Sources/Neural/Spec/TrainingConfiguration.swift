/// Everything about a training run but the architecture. Defaults are Keras's.
public struct TrainingConfiguration: Codable, Equatable, Hashable, Sendable {
    public var optimizer: Optimizer = .adam()
    public var learningRate: Double = 1e-3
    /// Rows of one step; the last, shorter batch of an epoch is kept.
    public var batch: Int = 32
    public var epochs: Int = 10
    public var seed: UInt64 = 1
    /// Share of the training rows, taken from their end, that is held out for validation, in 0 ..< 1.
    public var validation: Double = 0.1
    public var scale: InputScale = .unit
    public var initializer: Initializer = .glorotUniform
    /// λ of the penalty λΣw² on every kernel.
    public var l2: Double = 0

    public init() {}
}

/// An optimizer and its own settings; the learning rate is the configuration's. Formulas: see `OptimizerState`.
public enum Optimizer: Codable, Equatable, Hashable, Sendable {
    case sgd(momentum: Double = 0, nesterov: Bool = false)
    case rmsprop(rho: Double = 0.9, epsilon: Double = 1e-7)
    case adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7)
    case adamw(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7, weightDecay: Double = 0.004)

    /// The learning rate that Keras starts with: 0.01 for SGD, 0.001 for the others.
    public var defaultLearningRate: Double {
        if case .sgd = self { 0.01 } else { 0.001 }
    }
}

/// How pixel bytes become inputs.
public enum InputScale: String, Codable, CaseIterable, Sendable {
    /// Divided by 255.
    case unit
    /// As they are, 0 ... 255.
    case raw
    /// Minus the mean, divided by the deviation, both taken over all pixels of the training rows.
    case standard
}

/// How a kernel starts; biases start at zero. Limits and deviations: Keras 3's.
public enum Initializer: String, Codable, CaseIterable, Sendable {
    case glorotUniform = "glorot_uniform"
    case glorotNormal = "glorot_normal"
    case heUniform = "he_uniform"
    case heNormal = "he_normal"
    case lecunUniform = "lecun_uniform"
    case lecunNormal = "lecun_normal"
}
