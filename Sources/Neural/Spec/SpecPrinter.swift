extension ExperimentSpec: CustomStringConvertible {
    /// The canonical one line: layers, optimizer, `lr`, `batch`, `epochs`, `seed`, then what differs from its default.
    public var description: String {
        let defaults = TrainingConfiguration()
        var words = [
            network.chain, training.optimizer.name, "lr=\(NumberText.short(training.learningRate))",
            "batch=\(training.batch)", "epochs=\(training.epochs)", "seed=\(training.seed)",
        ]
        words += training.optimizer.settings
        if training.validation != defaults.validation { words.append("val=\(NumberText.short(training.validation))") }
        if training.scale != defaults.scale { words.append("scale=\(training.scale.rawValue)") }
        if training.initializer != defaults.initializer { words.append("init=\(training.initializer.rawValue)") }
        if training.l2 != defaults.l2 { words.append("l2=\(NumberText.short(training.l2))") }
        return words.joined(separator: " ")
    }
}

extension NetworkSpec {
    /// The full chain from input width to classes: `784-200tanh-10`.
    public var chain: String { (["\(inputs)"] + hidden.map(\.word) + ["\(classes)"]).joined(separator: "-") }
}

extension HiddenLayer {
    /// The layer in the spec language: `200tanh+drop0.2`.
    public var word: String {
        "\(units)\(activation == .linear ? "" : activation.rawValue)"
            + (dropout == 0 ? "" : "+drop\(NumberText.decimal(dropout))")
    }
}

extension Optimizer {
    /// `key=value` for each setting that differs from the default.
    fileprivate var settings: [String] {
        var words: [String] = []
        func add(_ key: SpecKey, _ value: Double, unless standard: Double) {
            if value != standard { words.append("\(key.rawValue)=\(NumberText.short(value))") }
        }
        switch self {
        case .sgd(let momentum, let nesterov):
            add(.momentum, momentum, unless: 0)
            if nesterov { words.append("nesterov=true") }
        case .rmsprop(let rho, let epsilon):
            add(.rho, rho, unless: 0.9)
            add(.epsilon, epsilon, unless: 1e-7)
        case .adam(let beta1, let beta2, let epsilon):
            add(.beta1, beta1, unless: 0.9)
            add(.beta2, beta2, unless: 0.999)
            add(.epsilon, epsilon, unless: 1e-7)
        case .adamw(let beta1, let beta2, let epsilon, let weightDecay):
            add(.beta1, beta1, unless: 0.9)
            add(.beta2, beta2, unless: 0.999)
            add(.epsilon, epsilon, unless: 1e-7)
            add(.wd, weightDecay, unless: 0.004)
        }
        return words
    }
}
