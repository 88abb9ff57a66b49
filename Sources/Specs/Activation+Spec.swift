extension Activation {
    /// Reads `tanh`, `leaky_relu:0.1` or `relu:0:6:1`: the name, then its arguments in Keras's order.
    static func parse(_ text: String) throws(SpecError) -> Activation {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        var activation = Activation(try SpecRules.activation(parts[0]).get())
        let arguments = activation.kind.arguments
        guard parts.count <= arguments.count + 1 else {
            let most = arguments.isEmpty ? "\(activation.name) without arguments" : usage(activation)
            let count = parts.count == 2 ? "an argument" : "\(parts.count - 1) arguments"
            throw SpecError(text, "\(count) of \(activation.name)", expected: most)
        }
        for (part, argument) in zip(parts.dropFirst(), arguments) {
            activation[argument] = try argument.range.value(part)
        }
        try activation.validate()
        return activation
    }

    /// Keras's names of the arguments in their order.
    public var argumentNames: [String] { kind.arguments.map(\.name) }

    /// What the arguments can be, in the order of their names.
    var argumentRanges: [SettingRange] { kind.arguments.map(\.range) }

    /// The arguments' values in the order of their names; nil is none.
    public var argumentValues: [Double?] { kind.arguments.map { self[$0] } }

    func validate() throws(SpecError) {
        for argument in kind.arguments {
            if let value = self[argument] { _ = try argument.range.number("\(value)") }
        }
        // celu divides by it.
        if kind == .celu, alpha == 0 { throw SpecError(word, "out of range", expected: "an alpha above 0") }
        if let maximum, maximum <= threshold {
            throw SpecError(word, "max_value at or below threshold", expected: "a max_value above the threshold")
        }
    }

    private subscript(argument: Argument) -> Double? {
        get {
            switch argument {
            case .slope, .alpha, .shrink, .b, .standard: alpha
            case .maximum: maximum
            case .threshold: threshold
            }
        }
        set {
            switch argument {
            case .slope, .alpha, .shrink, .b, .standard: alpha = newValue ?? 0
            case .maximum: maximum = newValue
            case .threshold: threshold = newValue ?? 0
            }
        }
    }

    private static func usage(_ activation: Activation) -> String {
        "\(activation.name):" + activation.argumentNames.map { $0.uppercased() }.joined(separator: ":")
    }
}

extension Activation {
    /// An argument, named by what it does.
    fileprivate enum Argument {
        case slope, alpha, shrink, b, maximum, threshold
        /// The output of threshold for inputs up to its threshold.
        case standard

        /// Keras's name.
        var name: String {
            switch self {
            case .slope: "negative_slope"
            case .alpha: "alpha"
            case .shrink, .threshold: "threshold"
            case .b: "b"
            case .maximum: "max_value"
            case .standard: "default_value"
            }
        }

        /// What it can be.
        var range: SettingRange {
            let range = SettingRange.argument(name)
            return self == .maximum ? range.orNone : range
        }
    }
}

extension Activation.Kind {
    fileprivate var arguments: [Activation.Argument] {
        switch self {
        case .relu: [.slope, .maximum, .threshold]
        case .leakyRelu: [.slope]
        case .elu, .celu: [.alpha]
        case .softShrink, .hardShrink: [.shrink]
        case .squareplus: [.b]
        case .threshold: [.threshold, .standard]
        default: []
        }
    }
}
