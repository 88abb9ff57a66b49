extension ExperimentSpec {
    /// Reads the spec language: layers or a preset's name, then settings in any order.
    ///
    /// - Parameters:
    ///   - line: such as `784-200tanh-10 adam lr=1e-3`, `200tanh`, `none` or `exercise-2 epochs=5`.
    ///   - inputs: pixels of an image.
    ///   - classes: of the data set.
    /// - Throws: `SpecError` for the first word at fault.
    public init(parsing line: String, inputs: Int = 784, classes: Int = 10) throws(SpecError) {
        let words = LayerWords(line)
        guard let first = words.layers else {
            throw SpecError(line, "no layers", expected: "layers such as 200tanh, none, or a preset's name")
        }
        if let preset = Presets.named(first) {
            self = preset.spec
            network.inputs = inputs
            network.classes = classes
        } else {
            let chain = LayerChain(word: first, line: line, inputs: inputs, classes: classes)
            self.init(network: try chain.parse())
        }
        training = try SettingsParser(start: training).parse(words.rest)
        try validate()
    }

    /// Whether a line begins with a setting or an optimizer where its layers should be.
    public static func startsWithSetting(_ line: String) -> Bool {
        line.split(whereSeparator: \.isWhitespace).first.map { LayerChain.isSetting(String($0)) } ?? false
    }
}

/// Reads what follows the layers.
struct SettingsParser {
    private struct Entry {
        let word: String
        let key: SpecKey
        let text: String
    }

    private var training: TrainingConfiguration

    init(start: TrainingConfiguration) { training = start }

    consuming func parse(_ words: ArraySlice<String>) throws(SpecError) -> TrainingConfiguration {
        // The optimizer is read first, wherever it stands in the line: it decides which settings there are.
        let names = words.filter { !$0.contains("=") }
        if let name = names.first {
            training.optimizer = try optimizer(name, in: words)
            training.learningRate = training.optimizer.defaultLearningRate
        }
        if names.count > 1 {
            _ = try optimizer(names[1], in: words)
            throw SpecError(names[1], "a second optimizer after \(names[0])", expected: "one optimizer")
        }
        var entries: [Entry] = []
        for word in words where word.contains("=") { entries.append(try entry(word)) }
        try refuseRepetition(entries)
        for entry in entries where SpecKey.deciding.contains(entry.key) { try set(entry) }
        for entry in entries where !SpecKey.deciding.contains(entry.key) {
            if let missing = entry.key.missing(in: training) {
                throw SpecError(entry.word, missing.problem(entry.key), expected: missing.expected(entry.key))
            }
            try set(entry)
        }
        return training
    }

    private func optimizer(_ word: String, in words: ArraySlice<String>) throws(SpecError) -> Optimizer {
        if case .success(let optimizer) = SpecRules.optimizer(word) { return optimizer }
        throw MisplacedWord(word, next: words.drop { $0 != word }.dropFirst().first).error
    }

    private func entry(_ word: String) throws(SpecError) -> Entry {
        let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let key = SpecKey(rawValue: halves[0].lowercased()) else {
            throw UnknownSetting(word: word, key: halves[0], value: halves[1]).error
        }
        return Entry(word: word, key: key, text: halves[1])
    }

    private func refuseRepetition(_ entries: [Entry]) throws(SpecError) {
        var seen: [SpecKey: String] = [:]
        for entry in entries {
            if let before = seen.updateValue(entry.word, forKey: entry.key) {
                throw SpecError(
                    entry.word, "\(entry.key.rawValue) is set twice, before as \(before)", expected: "each setting once"
                )
            }
        }
        let clippings = entries.filter { [.clipnorm, .globalclipnorm, .clipvalue].contains($0.key) }
            .filter { !SettingRange.isNone($0.text) }
        if clippings.count > 1 {
            throw SpecError(
                clippings[1].word, "a second clipping beside \(clippings[0].word)",
                expected: "one of clipnorm, globalclipnorm, clipvalue")
        }
    }

    private mutating func set(_ entry: Entry) throws(SpecError) {
        training = try SpecSetting.of(entry.key).reading(entry.text, into: training)
    }
}
