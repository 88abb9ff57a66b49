extension ExperimentSpec: CustomStringConvertible {
    /// The canonical one line: layers, optimizer, `lr`, `batch`, `epochs`, `seed`, then what differs from its default.
    public var description: String {
        let settings = SpecSetting.all.filter { $0.key.isUsed(in: training) }
            .filter { SpecKey.alwaysPrinted.contains($0.key) || !training.hasDefault(of: $0) }
        let words =
            [network.chain, training.optimizer.name] + settings.map { "\($0.key.rawValue)=\($0.text(training))" }
        return words.joined(separator: " ")
    }
}

extension NetworkSpec {
    /// The full chain from input width to classes: `784-200tanh-10`.
    public var chain: String { (["\(inputs)"] + hidden.map(\.word) + ["\(classes)"]).joined(separator: "-") }
}

extension HiddenLayer {
    /// The layer in the spec language: `200tanh+bn+noise0.1+drop0.2`.
    public var word: String {
        "\(units)\(activation == .linear ? "" : activation.word)" + (batchNormalization ? "+bn" : "")
            + (noise == 0 ? "" : "+noise\(SpecNumber.decimal(noise))")
            + (dropout == 0 ? "" : "+drop\(SpecNumber.decimal(dropout))")
    }
}

extension Activation {
    /// The activation in the spec language, with the arguments that differ from their defaults: `leaky_relu:0.1`,
    /// `relu:0:6`. There is no minus sign in it, as that sign separates layers.
    public var word: String {
        var arguments = Array(zip(argumentValues, Activation(kind).argumentValues))
        while let (value, standard) = arguments.last, value == standard { arguments.removeLast() }
        return ([name] + arguments.map { $0.0.map(SpecNumber.decimal) ?? "none" }).joined(separator: ":")
    }
}
