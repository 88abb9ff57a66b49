/// An optimizer and its own settings, with Keras's names and defaults; the learning rate is in `TrainingConfiguration`.
///
/// A setting that the kind does not have keeps its default. Formulas: see `OptimizerState`.
public struct Optimizer: Codable, Equatable, Hashable, Sendable {
    /// The optimizers, with their names in the spec language.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        case sgd, rmsprop, adam, adamw, adamax, nadam, adagrad, adadelta, ftrl, lion, lamb, muon, adafactor
        case scheduleFreeAdamW = "schedule_free_adamw"
    }

    /// Which optimizer it is.
    public let kind: Kind
    /// Share of the last step that is kept, in 0 ..< 1.
    public var momentum = 0.0
    /// Whether the step looks ahead along the momentum.
    public var nesterov = false
    /// Share of the gradients' moving mean that each step keeps, in 0 ..< 1.
    public var beta1 = 0.9
    /// Share of the squared gradients' moving mean that each step keeps, in 0 ..< 1.
    public var beta2 = 0.999
    /// The same share, as RMSprop and Adadelta call it.
    public var rho = 0.9
    /// Added to the divisor, so that nothing is divided by 0.
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
        switch kind {
        case .adamw: weightDecay = 0.004
        case .adadelta: rho = 0.95
        case .lion: beta2 = 0.99
        case .muon:
            momentum = 0.95
            nesterov = true
            weightDecay = 0.004
        case .scheduleFreeAdamW: epsilon = 1e-8
        default: break
        }
    }

    /// The name in the spec language.
    public var name: String { kind.rawValue }

    /// The learning rate that Keras starts with.
    public var defaultLearningRate: Double {
        switch kind {
        case .sgd: 0.01
        case .scheduleFreeAdamW: 0.0025
        default: 0.001
        }
    }

    /// Every optimizer with Keras's defaults.
    public static let defaults = Kind.allCases.map(Optimizer.init)
}

extension Optimizer.Kind {
    /// The settings that this optimizer has beside those that all optimizers have.
    var settings: [SpecKey] {
        switch self {
        case .sgd: [.momentum, .nesterov]
        case .rmsprop: [.rho, .momentum, .epsilon, .centered]
        case .adam, .adamw: [.beta1, .beta2, .epsilon, .amsgrad]
        case .adamax, .nadam, .lamb: [.beta1, .beta2, .epsilon]
        case .adagrad: [.accumulator, .epsilon]
        case .adadelta: [.rho, .epsilon]
        case .ftrl: [.accumulator, .power]
        case .lion: [.beta1, .beta2]
        case .muon: [.momentum, .nesterov, .beta1, .beta2, .epsilon]
        case .adafactor: [.beta2decay, .epsilon1, .epsilon2, .clipthreshold]
        case .scheduleFreeAdamW: [.beta1, .beta2, .epsilon, .warmupsteps]
        }
    }
}
