/// An activation, named as in Keras, with Keras's arguments.
public struct Activation: Codable, Equatable, Hashable, Sendable {
    /// The activations, with their names in the spec language.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        case linear, relu, relu6
        case leakyRelu = "leaky_relu"
        case elu, selu, celu, gelu
        case geluTanh = "gelu_tanh"
        case silu
        case hardSilu = "hard_silu"
        case sigmoid
        case hardSigmoid = "hard_sigmoid"
        case logSigmoid = "log_sigmoid"
        case tanh
        case hardTanh = "hard_tanh"
        case tanhShrink = "tanh_shrink"
        case softShrink = "soft_shrink"
        case hardShrink = "hard_shrink"
        case softplus, softsign, squareplus, mish, exponential, threshold
        case sparseSigmoid = "sparse_sigmoid"
        case sparsePlus = "sparse_plus"
        case softmax
        case logSoftmax = "log_softmax"
        case sparsemax
    }

    /// Which activation it is.
    public let kind: Kind
    /// The slope below the threshold of relu and leaky_relu; α of elu and celu; the threshold of the shrinks; b of
    /// squareplus; the output of threshold up to its threshold. 0 for the others.
    public var alpha: Double
    /// The greatest value of relu; nil has none.
    public var maximum: Double?
    /// relu and threshold pass only what is above this.
    public var threshold: Double

    /// The activation with Keras's defaults; threshold, which has none there, is relu without arguments.
    public init(_ kind: Kind) {
        self.kind = kind
        alpha = kind.defaultAlpha ?? 0
        threshold = 0
    }

    /// The name in Keras and in the spec language.
    public var name: String { kind.rawValue }

    /// The identity.
    public static let linear = Activation(.linear)
    /// max(z, 0)
    public static let relu = Activation(.relu)
    /// The hyperbolic tangent.
    public static let tanh = Activation(.tanh)
    /// z · Φ(z), with the normal distribution function Φ.
    public static let gelu = Activation(.gelu)
    /// 1 / (1 + e⁻ᶻ)
    public static let sigmoid = Activation(.sigmoid)
}

extension Activation: CaseIterable {
    /// Every activation with Keras's defaults.
    public static var allCases: [Activation] { Kind.allCases.map(Activation.init) }
}

extension Activation.Kind {
    /// Keras's default of the first argument; nil where there is none.
    var defaultAlpha: Double? {
        switch self {
        case .relu: 0
        case .leakyRelu: 0.2
        case .elu, .celu: 1
        case .softShrink, .hardShrink: 0.5
        case .squareplus: 4
        default: nil
        }
    }
}
