/// The settings of the spec language, in the order of its documentation.
enum SpecKey: String, CaseIterable {
    case lr, momentum, nesterov, beta1, beta2, rho, epsilon, wd, batch, epochs, seed, val, scale, initializer = "init"
    case l2

    /// The optimizers that have the setting; nil where it is not an optimizer's.
    var optimizers: [String]? {
        switch self {
        case .momentum, .nesterov: ["sgd"]
        case .beta1, .beta2: ["adam", "adamw"]
        case .rho: ["rmsprop"]
        case .epsilon: ["rmsprop", "adam", "adamw"]
        case .wd: ["adamw"]
        case .lr, .batch, .epochs, .seed, .val, .scale, .initializer, .l2: nil
        }
    }
}

extension ExperimentSpec {
    /// Reads the spec language: layers or a preset's name, then settings in any order.
    ///
    /// - Parameters:
    ///   - line: such as `784-200tanh-10 adam lr=1e-3`, `200tanh`, `none` or `exercise-2 epochs=5`.
    ///   - inputs: pixels of an image.
    ///   - classes: of the data set.
    /// - Throws: `SpecError` for the first word at fault, or if the network would take too much memory.
    public init(parsing line: String, inputs: Int = 784, classes: Int = 10) throws(SpecError) {
        let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
        guard let first = words.first else {
            throw SpecError(line, "no layers", expected: "layers such as 200tanh, none, or a preset's name")
        }
        if let preset = Presets.named(first) {
            self = preset.spec
            network.inputs = inputs
            network.classes = classes
        } else {
            let chain = LayerChain(word: first, inputs: inputs, classes: classes)
            self.init(network: try chain.parse())
        }
        training = try SettingsParser(start: training).parse(words.dropFirst())
        try validate()
    }
}

/// Reads what follows the layers.
private struct SettingsParser {
    private var training: TrainingConfiguration
    private var seen: [SpecKey: String] = [:]

    init(start: TrainingConfiguration) { training = start }

    consuming func parse(_ words: ArraySlice<String>) throws(SpecError) -> TrainingConfiguration {
        // The optimizer comes first, wherever it stands: it decides which settings there are.
        let names = words.filter { !$0.contains("=") }
        if let name = names.first {
            training.optimizer = try optimizer(name)
            training.learningRate = training.optimizer.defaultLearningRate
        }
        if names.count > 1 {
            _ = try optimizer(names[1])
            throw SpecError(names[1], "a second optimizer after \(names[0])", expected: "one optimizer")
        }
        for word in words where word.contains("=") { try set(word) }
        return training
    }

    private func optimizer(_ word: String) throws(SpecError) -> Optimizer {
        if case .success(let optimizer) = SpecRules.optimizer(word) { return optimizer }
        if SpecKey(rawValue: word.lowercased()) != nil {
            throw SpecError(word, "a setting without a value", expected: "\(word.lowercased())=VALUE")
        }
        if word.first?.isASCIIDigit == true || Presets.named(word) != nil {
            throw SpecError(
                word, "layers or a preset after the first word", expected: "an optimizer or a setting KEY=VALUE")
        }
        let names = Optimizer.defaults.map(\.name)
        throw SpecError(
            word, "unknown optimizer \(word)",
            expected: "one of \(names.joined(separator: ", ")), or a setting KEY=VALUE",
            nearest: Spelling.nearest(to: word, among: names + SpecKey.allCases.map { $0.rawValue + "=" }))
    }

    private mutating func set(_ word: String) throws(SpecError) {
        let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let (name, text) = (halves[0], halves[1])
        guard let key = SpecKey(rawValue: name.lowercased()) else {
            let names = SpecKey.allCases.map(\.rawValue)
            throw SpecError(
                word, "unknown setting \(name)", expected: "one of " + names.joined(separator: ", "),
                nearest: Spelling.nearest(to: name, among: names).map { "\($0)=\(text)" })
        }
        if let before = seen.updateValue(word, forKey: key) {
            throw SpecError(word, "\(key.rawValue) is set twice, before as \(before)", expected: "each setting once")
        }
        if let optimizers = key.optimizers, !optimizers.contains(training.optimizer.name) {
            throw SpecError(
                word, "\(training.optimizer.name) has no \(key.rawValue)",
                expected: "\(key.rawValue) with \(optimizers.joined(separator: " or ")) only")
        }
        do throws(SpecError) { try set(key, text) } catch { throw error.within(word, prefix: "\(key.rawValue)=") }
    }

    private mutating func set(_ key: SpecKey, _ text: String) throws(SpecError) {
        switch key {
        case .lr: training.learningRate = try SpecRules.learningRate(text).get()
        case .batch: training.batch = try SpecRules.batch(text).get()
        case .epochs: training.epochs = try SpecRules.epochs(text).get()
        case .seed: training.seed = try SpecRules.seed(text).get()
        case .val: training.validation = try SpecRules.validation(text).get()
        case .scale: training.scale = try SpecRules.scale(text).get()
        case .initializer: training.initializer = try SpecRules.initializer(text).get()
        case .l2: training.l2 = try SpecRules.l2(text).get()
        case .momentum, .nesterov, .beta1, .beta2, .rho, .epsilon, .wd: try setOptimizer(key, text)
        }
    }

    private mutating func setOptimizer(_ key: SpecKey, _ text: String) throws(SpecError) {
        switch training.optimizer {
        case .sgd(var momentum, var nesterov):
            if key == .momentum { momentum = try SpecRules.momentum(text).get() }
            if key == .nesterov { nesterov = try SpecRules.nesterov(text).get() }
            training.optimizer = .sgd(momentum: momentum, nesterov: nesterov)
        case .rmsprop(var rho, var epsilon):
            if key == .rho { rho = try SpecRules.decayRate(text).get() }
            if key == .epsilon { epsilon = try SpecRules.epsilon(text).get() }
            training.optimizer = .rmsprop(rho: rho, epsilon: epsilon)
        case .adam(var beta1, var beta2, var epsilon):
            if key == .beta1 { beta1 = try SpecRules.decayRate(text).get() }
            if key == .beta2 { beta2 = try SpecRules.decayRate(text).get() }
            if key == .epsilon { epsilon = try SpecRules.epsilon(text).get() }
            training.optimizer = .adam(beta1: beta1, beta2: beta2, epsilon: epsilon)
        case .adamw(var beta1, var beta2, var epsilon, var weightDecay):
            if key == .beta1 { beta1 = try SpecRules.decayRate(text).get() }
            if key == .beta2 { beta2 = try SpecRules.decayRate(text).get() }
            if key == .epsilon { epsilon = try SpecRules.epsilon(text).get() }
            if key == .wd { weightDecay = try SpecRules.weightDecay(text).get() }
            training.optimizer = .adamw(beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay)
        }
    }
}
