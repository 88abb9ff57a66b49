/// The explanation of one word of the spec language, for the user.
public struct SpecEntry: Sendable, Equatable {
    /// A name and its text a row: what the word is first.
    public let facts: [[String]]
    /// What goes with it, a row each: name, default, and what it can be; or the words of a group and what they are.
    public let details: [[String]]

    /// An entry with its rows.
    public init(facts: [[String]], details: [[String]] = []) {
        self.facts = facts
        self.details = details
    }
}

extension SpecReference {
    /// Everything that a word stands for, as `exponential` is an activation and a schedule; empty where it is unknown.
    public static func entries(for word: String) -> [SpecEntry] {
        let word = word.lowercased()
        let found: [SpecEntry?] = [
            group(word), SpecKey(rawValue: word).map(setting), Activation.Kind(rawValue: word).map(activation),
            Optimizer.Kind(rawValue: word).map(optimizer), extra(word),
            choice(Loss.Kind(rawValue: word), .loss, \.formula, \.settings),
            choice(LearningRateSchedule.Kind(rawValue: word), .schedule, \.formula, \.settings),
            choice(Initializer(rawValue: word), .initializer, \.formula, \.settings),
            choice(VarianceScaling.Mode(rawValue: word), .initmode, \.formula) { _ in [] },
            choice(VarianceScaling.Distribution(rawValue: word), .initdistribution, \.formula) { _ in [] },
            choice(InputScale(rawValue: word), .scale, \.formula) { _ in [] },
            choice(Augmentation.Preset(rawValue: word), .augment, \.formula) { _ in [] },
            choice(HoldingOut(rawValue: word), .split, \.formula, \.settings),
            choice(ClassWeighting(rawValue: word), .classweight, \.formula) { _ in [] },
            Presets.named(word).map(preset),
        ]
        return found.compactMap { $0 }
    }

    /// The words that have an entry.
    public static var words: [String] {
        groups.map(\.name) + SpecKey.allCases.map(\.rawValue) + groups.flatMap { $0.words.map { $0[0] } }
    }

    /// What can stand in one place, each word with what it is.
    public static var groups: [(name: String, words: [[String]])] {
        [
            ("layers", layerWords), ("activations", Activation.Kind.allCases.map { [$0.rawValue, $0.formula] }),
            ("optimizers", Optimizer.Kind.allCases.map { [$0.rawValue, $0.formula] }),
            ("schedules", LearningRateSchedule.Kind.allCases.map { [$0.rawValue, $0.formula] }),
            ("losses", Loss.Kind.allCases.map { [$0.rawValue, $0.formula] }),
            ("initializers", Initializer.allCases.map { [$0.rawValue, $0.formula] }),
            ("scales", InputScale.allCases.map { [$0.rawValue, $0.formula] }),
            ("augmentations", Augmentation.Preset.allCases.map { [$0.rawValue, $0.formula] }),
            ("splits", HoldingOut.allCases.map { [$0.rawValue, $0.formula] }),
            ("classweights", ClassWeighting.allCases.map { [$0.rawValue, $0.formula] }),
            ("presets", Presets.all.map { [$0.name, $0.summary] }),
        ]
    }

    private static let layerWords = [
        ["bn", "batch normalization before the activation: 200tanh+bn"],
        ["noise", "deviation of Gaussian noise behind the activation, while training: 200tanh+noise0.1"],
        ["drop", "share of the units dropped, while training: 200tanh+drop0.2"],
        ["none", "no hidden layer: softmax regression"],
    ]

    private static func group(_ word: String) -> SpecEntry? {
        let names = [word, word + "s", word + "es"]
        // `loss`, `schedule`, `scale` and the like are settings, which name their words.
        guard SpecKey(rawValue: word) == nil, let found = groups.first(where: { names.contains($0.name) }) else {
            return nil
        }
        return SpecEntry(facts: [[found.name, place(of: found.name)]], details: found.words)
    }

    private static func place(of group: String) -> String {
        switch group {
        case "layers": "UNITS[ACTIVATION][+bn][+noiseP][+dropP] joined by -, or none"
        case "activations": "behind a layer's units: 200tanh; nothing is linear"
        case "optimizers": "a word behind the layers: 200tanh sgd; nothing is adam"
        case "presets": "in place of the layers, settings may follow"
        case "schedules": "schedule=WORD"
        case "losses": "loss=WORD"
        case "initializers": "init=WORD"
        case "augmentations": "augment=WORD"
        case "splits": "split=WORD"
        case "classweights": "classweight=WORD"
        default: "scale=WORD"
        }
    }

    private static func setting(_ key: SpecKey) -> SpecEntry {
        let setting = SpecSetting.of(key)
        let facts = [
            ["setting", "\(key.rawValue)=VALUE"], ["meaning", key.meaning], ["value", setting.expected],
            ["default", setting.standard], ["with", key.companions.joined(separator: " ")],
        ]
        return SpecEntry(facts: facts.filter { !$0[1].isEmpty })
    }

    private static func activation(_ kind: Activation.Kind) -> SpecEntry {
        let activation = Activation(kind)
        let names = activation.argumentNames
        let word = ([kind.rawValue] + names.map { $0.uppercased() }).joined(separator: ":")
        var facts = [["activation", kind.rawValue], ["formula", kind.formula]]
        let more = names.count > 1 ? ", as many of them as are wanted" : ""
        if !names.isEmpty { facts.append(["written", "200\(word)\(more)"]) }
        let standards = activation.argumentValues.map { $0.map(SpecNumber.short) ?? "none" }
        let ranges = activation.argumentRanges
        let details = names.indices.map { [names[$0], standards[$0], ranges[$0].boundsOrNone] }
        return SpecEntry(facts: facts, details: details)
    }

    private static func optimizer(_ kind: Optimizer.Kind) -> SpecEntry {
        let optimizer = Optimizer(kind)
        var training = TrainingConfiguration()
        training.optimizer = optimizer
        training.learningRate = optimizer.defaultLearningRate
        return SpecEntry(
            facts: [["optimizer", kind.rawValue], ["formula", kind.formula]],
            details: rows([.lr] + kind.settings + [.wd], training))
    }

    private static func choice<Value: RawRepresentable>(
        _ value: Value?, _ key: SpecKey, _ formula: (Value) -> String, _ settings: (Value) -> [SpecKey]
    ) -> SpecEntry? where Value.RawValue == String {
        guard let value else { return nil }
        let kind = key == .initializer ? "initializer" : key.rawValue
        return SpecEntry(
            facts: [[kind, "\(key.rawValue)=\(value.rawValue)"], ["formula", formula(value)]],
            details: rows(settings(value), TrainingConfiguration()))
    }

    private static func extra(_ word: String) -> SpecEntry? {
        layerWords.first { $0[0] == word }.map { SpecEntry(facts: [["layers", $0[1]]]) }
    }

    private static func preset(_ preset: Preset) -> SpecEntry {
        SpecEntry(facts: [["preset", preset.summary], ["spec", preset.spec.description]])
    }

    private static func rows(_ keys: [SpecKey], _ training: TrainingConfiguration) -> [[String]] {
        keys.map { key in
            let setting = SpecSetting.of(key)
            return [key.rawValue, setting.text(in: training), setting.expected]
        }
    }
}
