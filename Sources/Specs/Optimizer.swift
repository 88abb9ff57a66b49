/// An optimizer and its own settings, named and valued as in Keras; the learning rate is the configuration's.
///
/// A setting that the kind does not have keeps its default. What the kinds are: see `OptimizerEntry`.
public struct Optimizer: Codable, Equatable, Hashable, Sendable {
    /// Which optimizer it is.
    public let kind: Kind
    /// Share of the last step that the next one begins with, in 0 ..< 1; 0 for none.
    public var momentum = 0.0
    /// Whether the gradient is looked at behind the momentum's step.
    public var nesterov = false
    /// Share of the past in the mean of the gradients, in 0 ..< 1.
    public var beta1 = 0.9
    /// Share of the past in the mean of the squared gradients, in 0 ..< 1.
    public var beta2 = 0.999
    /// Share of the past in the mean of the squared gradients of RMSprop and Adadelta, in 0 ..< 1.
    public var rho = 0.9
    /// Added to a root that divides, above 0.
    public var epsilon = 1e-7
    /// RMSprop divides by the deviation rather than by the mean square's root.
    public var centered = false
    /// Adam keeps the greatest second moment.
    public var amsgrad = false
    /// What Adagrad's and Ftrl's accumulators start at.
    public var accumulator = 0.1
    /// Ftrl's exponent of the accumulator.
    public var ratePower = -0.5
    /// The exponent of Adafactor's β2 at step t, 1 − t^beta2Decay.
    public var beta2Decay = -0.8
    /// What Adafactor adds to the squares of the gradients.
    public var epsilon1 = 1e-30
    /// Adafactor's rate is measured by a variable's root mean square, or by this where that is less.
    public var epsilon2 = 1e-3
    /// Greatest root mean square of Adafactor's step before the rate.
    public var clipThreshold = 1.0
    /// Steps over which schedule-free's rate rises, whatever the schedule.
    public var warmupSteps = 0
    /// Share of a weight that each step takes away, times the learning rate, apart from the gradient.
    public var weightDecay = 0.0

    /// The optimizer with Keras's defaults.
    public init(_ kind: Kind) {
        self.kind = kind
        kind.entry.adjust(&self)
    }

    /// The name in the spec language.
    public var name: String { kind.rawValue }

    /// The learning rate that Keras starts with.
    public var defaultLearningRate: Double { kind.entry.learningRate }

    /// Every optimizer with Keras's defaults.
    public static let defaults = Kind.allCases.map(Optimizer.init)
}
