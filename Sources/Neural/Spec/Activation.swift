/// An activation, named as in Keras, with Keras's arguments.
public struct Activation: Codable, Equatable, Hashable, Sendable {
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
        case softplus, softsign, squareplus, mish, exponential, softmax
    }

    public let kind: Kind
    /// The slope below the threshold of relu and leaky_relu; α of elu and celu; the threshold of the shrinks; b of
    /// squareplus. 0 elsewhere.
    public var alpha: Double
    /// The greatest value of relu; nil has none.
    public var maximum: Double?
    /// relu passes only what is at least this.
    public var threshold: Double

    /// The activation with Keras's defaults.
    public init(_ kind: Kind) {
        self.kind = kind
        alpha = kind.defaultAlpha ?? 0
        threshold = 0
    }

    /// The name in Keras and in the spec language.
    public var name: String { kind.rawValue }

    public static let linear = Activation(.linear)
    public static let relu = Activation(.relu)
    public static let tanh = Activation(.tanh)
    public static let gelu = Activation(.gelu)
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
