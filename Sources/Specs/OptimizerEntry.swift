extension Optimizer {
    /// The optimizers that there are. Each is a case and an entry here, and a file in `Networks/Optimizers`.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        case sgd, rmsprop, adam, adamw, adamax, nadam, adagrad, adadelta, ftrl, lion, lamb, muon, adafactor
        case scheduleFreeAdamW = "schedule_free_adamw"
    }
}

/// What the spec language has of one optimizer: parser, printer, help, refusals and the composer read it here.
struct OptimizerEntry: Sendable {
    /// A step in a line, with the settings' own words.
    let formula: String
    /// The settings that the optimizer has besides those that all have, in the order in which help lists them.
    let settings: [SpecKey]
    /// The learning rate that Keras starts with.
    var learningRate = 0.001
    /// Changes the settings whose defaults differ from those of most optimizers.
    var adjust: @Sendable (inout Optimizer) -> Void = { _ in }
    /// Why the settings can't stand together; nil where they can.
    var refusal: @Sendable (Optimizer) -> SpecError? = { _ in nil }
}

extension Optimizer.Kind: DescribedWord {
    /// A step in a line, with the settings' own words.
    public var formula: String { entry.formula }
    var settings: [SpecKey] { entry.settings }

    var entry: OptimizerEntry {
        guard let entry = Self.entries[self] else { preconditionFailure("every kind has an entry: \(self)") }
        return entry
    }

    private static let entries = Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.makeEntry()) })

    private func makeEntry() -> OptimizerEntry {
        switch self {
        case .sgd:
            OptimizerEntry(
                formula: "w −= lr·g; with momentum v = momentum·v − lr·g, w += v", settings: [.momentum, .nesterov],
                learningRate: 0.01,
                refusal: { optimizer in
                    guard optimizer.nesterov, optimizer.momentum == 0 else { return nil }
                    return SpecError(
                        "nesterov=true", "momentum=0 leaves nothing to look ahead with",
                        expected: "a momentum above 0")
                })
        case .rmsprop:
            OptimizerEntry(
                formula: "v = rho·v + (1 − rho)·g²; w −= lr·g / √(v + epsilon)",
                settings: [.rho, .momentum, .epsilon, .centered])
        case .adam:
            OptimizerEntry(
                formula: "m, v: means of g, g² by beta1, beta2, unbiased; w −= lr·m / (√v + epsilon)",
                settings: [.beta1, .beta2, .epsilon, .amsgrad])
        case .adamw:
            OptimizerEntry(
                formula: "adam, and each weight also shrinks by lr·wd", settings: [.beta1, .beta2, .epsilon, .amsgrad],
                adjust: { $0.weightDecay = 0.004 })
        case .adamax:
            OptimizerEntry(
                formula: "m: mean of g, unbiased; u = max(beta2·u, |g|); w −= lr·m / (u + epsilon)",
                settings: [.beta1, .beta2, .epsilon])
        case .nadam:
            OptimizerEntry(
                formula: "adam with Nesterov's look ahead in m", settings: [.beta1, .beta2, .epsilon])
        case .adagrad:
            OptimizerEntry(
                formula: "s += g²; w −= lr·g / √(s + epsilon)", settings: [.accumulator, .epsilon])
        case .adadelta:
            OptimizerEntry(
                formula: "a, s: means of g², Δ² by rho; Δ = g·√(s + epsilon) / √(a + epsilon); w −= lr·Δ",
                settings: [.rho, .epsilon], adjust: { $0.rho = 0.95 })
        case .ftrl:
            OptimizerEntry(
                formula: "follow the regularized leader: each weight's rate is lr·(Σ g²)^power",
                settings: [.accumulator, .power])
        case .lion:
            OptimizerEntry(
                formula: "w −= lr·sign(beta1·m + (1 − beta1)·g); m = beta2·m + (1 − beta2)·g",
                settings: [.beta1, .beta2], adjust: { $0.beta2 = 0.99 })
        case .lamb:
            OptimizerEntry(
                formula: "adam's direction u, at the rate lr·‖w‖ / ‖u‖ of each kernel and bias",
                settings: [.beta1, .beta2, .epsilon])
        case .muon:
            OptimizerEntry(
                formula: "kernels along their orthogonalized momentum, biases by adam",
                settings: [.momentum, .nesterov, .beta1, .beta2, .epsilon],
                adjust: { ($0.momentum, $0.nesterov, $0.weightDecay) = (0.95, true, 0.004) })
        case .adafactor:
            OptimizerEntry(
                formula:
                    "g / √v, v of a kernel from the means of g² over its rows and columns; its rate is lr·rms(w)",
                settings: [.beta2decay, .epsilon1, .epsilon2, .clipthreshold])
        case .scheduleFreeAdamW:
            OptimizerEntry(
                formula:
                    "trains beta1·x + (1 − beta1)·z, z by g / √v, x the mean of all z; the run ends with x",
                settings: [.beta1, .beta2, .epsilon, .warmupsteps], learningRate: 0.0025,
                adjust: { $0.epsilon = 1e-8 },
                refusal: { optimizer in
                    guard Float(optimizer.beta1) == 0 else { return nil }
                    return SpecError(
                        "beta1=0", "leaves nothing of the average in what schedule_free_adamw trains",
                        expected: "a beta1 above 0")
                })
        }
    }
}
