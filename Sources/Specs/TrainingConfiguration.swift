/// Everything about a training run but the architecture. Defaults are Keras's.
public struct TrainingConfiguration: Codable, Equatable, Hashable, Sendable {
    public var optimizer = Optimizer(.adam)
    public var learningRate: Double = 1e-3
    public var schedule = LearningRateSchedule()
    /// Rows of one step; the last, shorter batch of an epoch is kept.
    public var batch: Int = 32
    public var epochs: Int = 10
    public var seed: UInt64 = 1
    /// Share of the training rows, taken from their end, that is held out for validation, in 0 ..< 1.
    public var validation: Double = 0.1
    public var scale: InputScale = .unit
    public var augmentation = Augmentation.none
    public var initializer: Initializer = .glorotUniform
    /// What variance_scaling draws from.
    public var varianceScaling = VarianceScaling()
    public var loss = Loss()
    /// λ of the penalty λΣ|w| on every kernel.
    public var l1: Double = 0
    /// λ of the penalty λΣw² on every kernel.
    public var l2: Double = 0
    /// Greatest norm of a unit's incoming weights, held after every step; nil for any.
    public var maxNorm: Double?
    public var clipping: GradientClipping?
    public var averaging: WeightAveraging?
    public var earlyStopping = EarlyStopping()
    public var plateau = ReduceOnPlateau()

    public init() {}
}

/// How gradients are kept small before the optimizer sees them, as Keras's optimizers do it.
public enum GradientClipping: Codable, Equatable, Hashable, Sendable {
    /// The L2 norm of each variable's gradient (a kernel's, a bias's) is at most this.
    case norm(Double)
    /// The L2 norm of all gradients together is at most this.
    case globalNorm(Double)
    /// Each value is at most this, up and down.
    case value(Double)
}

/// Keras's `use_ema`: a moving average of the weights, which replaces them when the run ends.
public struct WeightAveraging: Codable, Equatable, Hashable, Sendable {
    /// Share of the average that each step keeps.
    public var momentum: Double
    /// Steps after which the average also replaces the weights during the run; nil never.
    public var overwriteEvery: Int?

    public init(momentum: Double = 0.99, overwriteEvery: Int? = nil) {
        self.momentum = momentum
        self.overwriteEvery = overwriteEvery
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

/// How training images are distorted, each anew at every epoch. Images of validation and test never are.
public enum Augmentation: String, Codable, CaseIterable, Sendable {
    case none
    /// Turned, stretched and shifted a little.
    case affine
    /// Bent by a smooth field, too.
    case elastic
}

/// How a kernel starts; biases start at zero. Limits and deviations: Keras 3's.
public enum Initializer: String, Codable, CaseIterable, Sendable {
    case glorotUniform = "glorot_uniform"
    case glorotNormal = "glorot_normal"
    case heUniform = "he_uniform"
    case heNormal = "he_normal"
    case lecunUniform = "lecun_uniform"
    case lecunNormal = "lecun_normal"
    case orthogonal
    case randomNormal = "random_normal"
    case randomUniform = "random_uniform"
    case truncatedNormal = "truncated_normal"
    case varianceScaling = "variance_scaling"
    case zeros

    /// The settings that the initializer has.
    var settings: [SpecKey] { self == .varianceScaling ? [.initscale, .initmode, .initdistribution] : [] }
}

/// The arguments of Keras's VarianceScaling, with its defaults: a variance of `scale` over a layer's inputs, its units,
/// or the mean of both.
public struct VarianceScaling: Codable, Equatable, Hashable, Sendable {
    public enum Mode: String, Codable, CaseIterable, Sendable {
        case fanIn = "fan_in"
        case fanOut = "fan_out"
        case fanAverage = "fan_avg"
    }

    public enum Distribution: String, Codable, CaseIterable, Sendable {
        case truncatedNormal = "truncated_normal"
        case untruncatedNormal = "untruncated_normal"
        case uniform
    }

    public var scale = 1.0
    public var mode = Mode.fanIn
    public var distribution = Distribution.truncatedNormal

    public init() {}
}
