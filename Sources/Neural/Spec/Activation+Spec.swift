extension Activation {
    /// Reads `tanh`, `leaky_relu:0.1` or `relu:0:6:1`: the name, then its arguments in Keras's order.
    static func parse(_ text: String) throws(SpecError) -> Activation {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        var activation = Activation(try SpecRules.activation(parts[0]).get())
        let names = activation.argumentNames
        guard parts.count <= names.count + 1 else {
            let most = names.isEmpty ? "\(activation.name) without arguments" : usage(activation)
            let count = parts.count == 2 ? "an argument" : "\(parts.count - 1) arguments"
            throw SpecError(text, "\(count) of \(activation.name)", expected: most)
        }
        if parts.count > 1 { activation.alpha = try argument(parts[1], names[0]).get() }
        if parts.count > 2 {
            activation.maximum = SpecSetting.isNone(parts[2]) ? nil : try argument(parts[2], names[1]).get()
        }
        if parts.count > 3 { activation.threshold = try argument(parts[3], names[2]).get() }
        try activation.validate()
        return activation
    }

    /// Keras's names of the arguments in their order.
    public var argumentNames: [String] {
        switch kind {
        case .relu: ["negative_slope", "max_value", "threshold"]
        case .leakyRelu: ["negative_slope"]
        case .elu, .celu: ["alpha"]
        case .softShrink, .hardShrink: ["threshold"]
        case .squareplus: ["b"]
        default: []
        }
    }

    func validate() throws(SpecError) {
        for (name, value) in zip(argumentNames, [alpha, maximum ?? 1, threshold]) {
            _ = try Self.argument("\(value)", name).get()
        }
        // celu divides by it.
        if kind == .celu, alpha == 0 { throw SpecError(word, "out of range", expected: "an alpha above 0") }
        if let maximum, maximum <= threshold {
            throw SpecError(word, "max_value at or below threshold", expected: "a max_value above the threshold")
        }
    }

    private static func usage(_ activation: Activation) -> String {
        "\(activation.name):" + activation.argumentNames.map { $0.uppercased() }.joined(separator: ":")
    }

    private static func argument(_ text: String, _ name: String) -> Result<Double, SpecError> {
        SpecRules.number(text, "\(name == "alpha" ? "an" : "a") \(name) from 0 to 1000", 0...1000)
    }
}
