/// How the learning rate changes from step to step; `TrainingConfiguration.learningRate` is its start, or its peak
/// where there is a warm-up or one cycle. Names, arguments and meanings are those of `keras.optimizers.schedules`;
/// one_cycle is Smith's (arXiv:1708.07120), annealed by cosines as in PyTorch's OneCycleLR.
public struct LearningRateSchedule: Codable, Equatable, Hashable, Sendable {
    /// The schedules, with their names in the spec language.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        case constant, exponential, piecewise, polynomial
        case inverseTime = "inverse_time"
        case cosine
        case cosineRestarts = "cosine_restarts"
        case oneCycle = "one_cycle"
    }

    /// Which schedule it is; it decides which of the values below are used.
    public var kind: Kind
    /// Steps (batches) of one decay; nil is one epoch for exponential, inverse_time and cosine_restarts, and the run,
    /// less its warm-up, for polynomial and cosine.
    public var decaySteps: Int?
    /// What the rate is multiplied by after `decaySteps` (exponential), or divided by one more than (inverse_time).
    public var decayRate = 0.9
    /// Whether the rate decays in one step after every `decaySteps`, not a little at each step.
    public var staircase = false
    /// The last rate of polynomial.
    public var end = 1e-4
    /// The exponent of polynomial.
    public var power = 1.0
    /// Whether polynomial starts again, with a longer decay, when it has ended.
    public var cycle = false
    /// The last rate of cosine and cosine_restarts as a share of the first.
    public var alpha = 0.0
    /// How much longer each restart is than the one before.
    public var periodFactor = 2.0
    /// How much higher each restart is than the one before.
    public var peakFactor = 1.0
    /// Steps after which piecewise takes the next of its rates: that many and one more.
    public var boundaries: [Int] = []
    /// The learning rates of piecewise, one more than its boundaries.
    public var rates: [Double] = []
    /// Epochs over which the rate first rises from 0, in a line.
    public var warmup = 0.0
    /// Share of the run in which one_cycle rises.
    public var rise = 0.3
    /// one_cycle starts at the peak divided by this, and ends at the start divided by `endDivisor`.
    public var startDivisor = 25.0
    /// one_cycle's last rate is its first one divided by this.
    public var endDivisor = 1e4

    /// The schedule with Keras's defaults.
    public init(_ kind: Kind = .constant) { self.kind = kind }
}

extension LearningRateSchedule.Kind {
    /// The settings that the schedule has.
    public var settings: [SpecKey] {
        switch self {
        case .constant: [.warmup]
        case .exponential, .inverseTime: [.decaysteps, .decayrate, .staircase, .warmup]
        case .piecewise: [.boundaries, .rates]
        case .polynomial: [.decaysteps, .lrend, .lrpower, .cycle, .warmup]
        case .cosine: [.decaysteps, .alpha, .warmup]
        case .cosineRestarts: [.decaysteps, .tmul, .mmul, .alpha, .warmup]
        case .oneCycle: [.rise, .startdiv, .enddiv]
        }
    }
}
