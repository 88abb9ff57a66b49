/// All settings of a run except its layers. Defaults are Keras's.
public struct TrainingConfiguration: Codable, Equatable, Hashable, Sendable {
    /// The optimizer with its own settings.
    public var optimizer = Optimizer(.adam)
    /// The learning rate that the schedule starts with, or its peak.
    public var learningRate: Double = 1e-3
    /// How the learning rate changes.
    public var schedule = LearningRateSchedule()
    /// Rows of one step; the last, shorter batch of an epoch is kept.
    public var batch: Int = 32
    /// Passes over the training rows.
    public var epochs: Int = 10
    /// The seed of the weights, the order of the rows, dropout and noise.
    public var seed: UInt64 = 1
    /// The saved weights that the run begins with; nil for those that the initializer draws.
    public var from: WeightDigest?
    /// Share of the training rows that is held out for validation, in 0 ..< 1.
    public var validation: Double = 0.1
    /// Which rows are held out.
    public var split: HoldingOut = .last
    /// The seed of rows that are held out by chance, in 0 ... 2³² − 1, whatever `seed` is: runs that differ in `seed`
    /// alone are validated on the same rows.
    public var splitSeed: Int = 1
    /// How much the rows of each class count in training.
    public var classWeight: ClassWeighting = .none
    /// How pixel bytes become inputs.
    public var scale: InputScale = .unit
    /// Whether all images are straightened before they are fed, those of validation and test among them.
    public var deslant = false
    /// The width of the ink in pixels of 28: one number is that of all images, two are those between which it is drawn anew for
    /// each training image; nil leaves it.
    public var inkWidth: SettingInterval?
    /// How training images are distorted.
    public var augmentation = Augmentation.none
    /// How kernels are initialized.
    public var initializer: Initializer = .glorotUniform
    /// What variance_scaling draws from.
    public var varianceScaling = VarianceScaling()
    /// What training makes small.
    public var loss = Loss()
    /// Whether the run learns from the probabilities of another network, too.
    public var distillation = Distillation()
    /// λ of the penalty λΣ|w| on every kernel.
    public var l1: Double = 0
    /// λ of the penalty λΣw² on every kernel.
    public var l2: Double = 0
    /// Greatest norm of a unit's incoming weights, enforced after every step; nil for no bound.
    public var maxNorm: Double?
    /// How gradients are clipped; nil if they are not.
    public var clipping: GradientClipping?
    /// The moving average of the weights; nil if there is none.
    public var averaging: WeightAveraging?
    /// When the run ends before its last epoch, and whether it keeps its best weights.
    public var earlyStopping = EarlyStopping()
    /// When the learning rate is reduced because a figure no longer improves.
    public var plateau = ReduceOnPlateau()

    public init() {}

    /// Whether saved weights are needed for it.
    public var namesWeights: Bool { from != nil || distillation.teacher != nil }

    /// Whether images to train on are changed by chance.
    public var drawsImages: Bool { !augmentation.changesNothing || inkWidth?.isOne == false }
}

/// How gradients are clipped before the optimizer uses them, as Keras's optimizers do it.
public enum GradientClipping: Codable, Equatable, Hashable, Sendable {
    /// The L2 norm of each variable's gradient (a kernel's, a bias's) is at most this.
    case norm(Double)
    /// The L2 norm of all gradients together is at most this.
    case globalNorm(Double)
    /// Each value of a gradient is at most this, and at least minus this.
    case value(Double)
}

/// Keras's `use_ema`: a moving average of the weights, which replaces them when the run ends.
public struct WeightAveraging: Codable, Equatable, Hashable, Sendable {
    /// Share of the average that each step keeps.
    public var momentum: Double
    /// Steps after which the average also replaces the weights during the run; nil never.
    public var overwriteEvery: Int?

    /// An average with Keras's default momentum.
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

/// How a kernel is initialized; biases start at zero. Limits and deviations are those of Keras 3.
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
    /// What the variance is divided by: a layer's inputs, its units, or the mean of both.
    public enum Mode: String, Codable, CaseIterable, Sendable {
        case fanIn = "fan_in"
        case fanOut = "fan_out"
        case fanAverage = "fan_avg"
    }

    /// What the values are drawn from.
    public enum Distribution: String, Codable, CaseIterable, Sendable {
        case truncatedNormal = "truncated_normal"
        case untruncatedNormal = "untruncated_normal"
        case uniform
    }

    /// The variance before it is divided.
    public var scale = 1.0
    /// What the variance is divided by.
    public var mode = Mode.fanIn
    /// What the values are drawn from.
    public var distribution = Distribution.truncatedNormal

    public init() {}
}
