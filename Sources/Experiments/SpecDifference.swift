import Neural

/// A part of several specs that is not the same in all of them.
public struct SpecDifference: Equatable, Sendable {
    /// As the spec language and the composer call it.
    public var name: String
    /// Whether the texts say themselves what they are.
    public var isPlain: Bool
    /// One for each spec; a dash where it has no such part.
    public var texts: [String]

    public init(name: String, isPlain: Bool = false, texts: [String]) {
        self.name = name
        self.isPlain = isPlain
        self.texts = texts
    }

    /// The parts that differ, in the order of the spec line.
    public static func fields(_ specs: [ExperimentSpec]) -> [SpecDifference] {
        var fields = layers(specs)
        fields.append(SpecDifference(name: "optimizer", isPlain: true, texts: specs.map(\.training.optimizer.name)))
        for setting in SpecSetting.all where says(setting, specs) {
            let texts = specs.map { setting.key.isUsed(in: $0.training) ? setting.text(in: $0.training) : "–" }
            fields.append(SpecDifference(name: setting.key.rawValue, texts: texts))
        }
        return fields.filter { Set($0.texts).count > 1 }
    }

    /// Whether a setting that only some of the specs have is worth a line: not if all of these leave it as it is.
    private static func says(_ setting: SpecSetting, _ specs: [ExperimentSpec]) -> Bool {
        let users = specs.map(\.training).filter(setting.key.isUsed)
        if users.count == specs.count { return true }
        return users.contains { training in
            var defaults = TrainingConfiguration()
            defaults.optimizer = Optimizer(training.optimizer.kind)
            return setting.text(in: training) != setting.text(in: defaults)
        }
    }

    /// Layer by layer where there are as many, else the chains.
    private static func layers(_ specs: [ExperimentSpec]) -> [SpecDifference] {
        let counts = Set(specs.map(\.network.hidden.count))
        guard counts.count == 1, let count = counts.first else {
            return [SpecDifference(name: "layers", isPlain: true, texts: specs.map(\.network.hiddenChain))]
        }
        return (0..<count).map { index in
            SpecDifference(
                name: count == 1 ? "layer" : "layer \(index + 1)", isPlain: true,
                texts: specs.map { $0.network.hidden[index].word })
        }
    }
}

extension ExperimentSpec {
    /// The spec line with the hidden layers alone, which reads back to the same spec on the same data.
    public var shortDescription: String {
        network.hiddenChain + description.dropFirst(network.chain.count)
    }
}

extension NetworkSpec {
    /// The hidden layers in the spec language.
    public var hiddenChain: String {
        hidden.isEmpty ? "none" : hidden.map(\.word).joined(separator: "-")
    }
}
