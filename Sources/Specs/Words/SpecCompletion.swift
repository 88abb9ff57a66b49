/// What a word of a spec that is being typed can become: for the completions of shells.
package enum SpecCompletion {
    /// A word that can be meant.
    package struct Offer: Equatable, Sendable {
        /// The whole word, of which a part is typed.
        package let word: String
        /// What it means, in some words; may be empty.
        package let meaning: String

        package init(_ word: String, _ meaning: String) { (self.word, self.meaning) = (word, meaning) }
    }

    /// The words that begin with what is typed, in the order in which help lists them.
    ///
    /// - Parameters:
    ///   - word: what is typed; may be empty.
    ///   - before: the spec's words before it.
    ///   - layersAreOptional: whether a spec can do without layers.
    package static func offers(
        for word: String, after before: [String], layersAreOptional: Bool = false
    ) -> [Offer] {
        let offers =
            if let equals = word.firstIndex(of: "=") {
                values(of: String(word[..<equals]))
            } else if word.first?.isASCIIDigit == true {
                layers(word)
            } else {
                words(after: before, layersAreOptional)
            }
        return offers.filter { $0.word.hasPrefix(word) }
    }

    /// All values of a setting that is a choice; of another its default, as an example.
    private static func values(of name: String) -> [Offer] {
        guard let key = SpecKey(rawValue: name) else { return [] }
        let setting = SpecSetting.of(key)
        let texts = if case .choice(let texts) = setting.kind { texts } else { [setting.standard] }
        return texts.map { Offer("\(name)=\($0)", $0 == setting.standard ? "the default" : "") }
    }

    /// The last layer of a word with its activation, or with what stands behind a `+`.
    private static func layers(_ word: String) -> [Offer] {
        let start = word.lastIndex(of: "-").map(word.index(after:)) ?? word.startIndex
        let layer = word[start...]
        if let plus = layer.lastIndex(of: "+") {
            let there = layer[..<plus].split(separator: "+").dropFirst()
            return extras.filter { extra in !there.contains { $0.hasPrefix(extra.name) } }.map {
                Offer(word[...plus] + $0.example, $0.meaning)
            }
        }
        let units = layer.prefix { $0.isASCIIDigit }
        guard !units.isEmpty else { return [] }
        return Activation.Kind.allCases.map { Offer(word[..<start] + units + $0.rawValue, $0.formula) }
    }

    private static let extras = [
        (name: "bn", example: "bn", meaning: "batch normalization"),
        (name: "noise", example: "noise0.1", meaning: "Gaussian noise, while training"),
        (name: "drop", example: "drop0.2", meaning: "dropout, while training"),
    ]

    /// Presets where the layers belong; behind them an optimizer, and the settings that have a meaning there.
    private static func words(after before: [String], _ layersAreOptional: Bool) -> [Offer] {
        let hasLayers = before.contains { $0.first?.isASCIIDigit == true || $0 == "none" || Presets.named($0) != nil }
        let layers = Presets.all.map { Offer($0.name, $0.summary) } + [Offer("none", "no hidden layer")]
        guard hasLayers || layersAreOptional else { return layers }
        let hasOptimizer = before.contains { Optimizer.Kind(rawValue: $0) != nil }
        let optimizers = Optimizer.Kind.allCases.map { Offer($0.rawValue, "optimizer: \($0.formula)") }
        let line = ((hasLayers ? [] : ["none"]) + before).joined(separator: " ")
        let training = (try? ExperimentSpec(parsing: line))?.training
        let keys = SpecKey.allCases.filter { key in
            !before.contains { $0.hasPrefix(key.rawValue + "=") } && training.map { key.isUsed(in: $0) } ?? true
        }
        return (hasLayers ? [] : layers) + (hasOptimizer ? [] : optimizers)
            + keys.map { Offer($0.rawValue + "=", $0.meaning) }
    }
}
