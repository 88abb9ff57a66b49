import Foundation

extension ExperimentSpec {
    /// Bytes that training takes: weights, gradients and two moments of each as 32-bit floats, and what a batch needs
    /// of values and gradients in every layer.
    public var memoryEstimate: Int {
        let widths = network.widths
        let rows = min(training.batch, 60_000)
        return 4 * (4 * network.parameterCount + 2 * rows * widths.reduce(0, +))
    }

    /// 60 % of this machine's memory, 4 GiB at most.
    public static var defaultMemoryLimit: Int {
        let physical = Double(ProcessInfo.processInfo.physicalMemory)
        return Int(min(0.6 * physical, 4 * 1024 * 1024 * 1024))
    }

    /// Checks all values, however they came about, and the memory that training would take.
    ///
    /// - Parameter memoryLimit: in bytes.
    /// - Throws: `SpecError` for the first value out of its range.
    public func validate(memoryLimit: Int = ExperimentSpec.defaultMemoryLimit) throws(SpecError) {
        guard network.hidden.count <= SpecRules.mostLayers else {
            throw SpecRules.tooManyLayers(network.chain, network.hidden.count)
        }
        for layer in network.hidden {
            _ = try SpecRules.units("\(layer.units)").get()
            _ = try SpecRules.dropout("\(layer.dropout)").get()
        }
        _ = try SpecRules.learningRate("\(training.learningRate)").get()
        _ = try SpecRules.batch("\(training.batch)").get()
        _ = try SpecRules.epochs("\(training.epochs)").get()
        _ = try SpecRules.validation("\(training.validation)").get()
        _ = try SpecRules.l2("\(training.l2)").get()
        try training.optimizer.validate()
        guard memoryEstimate <= memoryLimit else {
            throw SpecError(
                network.chain,
                "training takes about \(Self.megabytes(memoryEstimate)) for \(network.parameterCount) parameters",
                expected: "at most \(Self.megabytes(memoryLimit)): fewer units or layers, or a smaller batch")
        }
    }

    private static func megabytes(_ bytes: Int) -> String { "\((bytes + (1 << 20) - 1) >> 20) MiB" }
}

extension Optimizer {
    fileprivate func validate() throws(SpecError) {
        switch self {
        case .sgd(let momentum, _): _ = try SpecRules.momentum("\(momentum)").get()
        case .rmsprop(let rho, let epsilon):
            _ = try SpecRules.decayRate("\(rho)").get()
            _ = try SpecRules.epsilon("\(epsilon)").get()
        case .adam(let beta1, let beta2, let epsilon), .adamw(let beta1, let beta2, let epsilon, _):
            _ = try SpecRules.decayRate("\(beta1)").get()
            _ = try SpecRules.decayRate("\(beta2)").get()
            _ = try SpecRules.epsilon("\(epsilon)").get()
            if case .adamw(_, _, _, let weightDecay) = self { _ = try SpecRules.weightDecay("\(weightDecay)").get() }
        }
    }
}

extension SpecRules {
    static func tooManyLayers(_ word: String, _ count: Int) -> SpecError {
        let shown = word.count > 40 ? word.prefix(40) + "…" : word[...]
        return SpecError(String(shown), "\(count) hidden layers", expected: "at most \(mostLayers)")
    }
}
