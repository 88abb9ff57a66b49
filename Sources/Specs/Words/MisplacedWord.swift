/// The error for a word behind the layers that is neither an optimizer nor `KEY=VALUE`, with what the user most likely
/// meant.
struct MisplacedWord {
    private let word: String
    /// The word that follows it.
    private let next: String?

    init(_ word: String, next: String?) {
        self.word = word
        self.next = next
    }

    var error: SpecError {
        let keys = SpecKey.allCases.map(\.rawValue)
        if let key = keys.first(where: { $0 == word.lowercased() }) ?? ForeignWords.meaning(of: word, among: keys) {
            let value = next.flatMap { $0.contains("=") ? nil : "\(key)=\($0)" }
            return SpecError(word, "a setting without a value", expected: "\(key)=VALUE", nearest: value)
        }
        let activations = Activation.Kind.allCases.map(\.rawValue)
        if let name = ForeignWords.meaning(of: word, among: activations) {
            return SpecError(
                word, "an activation apart from its layer", expected: "both in one word, such as 200\(name)")
        }
        if word.hasPrefix("+") || word == "-" {
            return SpecError(
                word, "apart from its layer", expected: "layers in one word, such as 200tanh+drop0.2-64relu")
        }
        if word.first?.isASCIIDigit == true || Presets.named(word) != nil {
            return SpecError(
                word, "layers or a preset after the first word", expected: "an optimizer or a setting KEY=VALUE")
        }
        let names = Optimizer.defaults.map(\.name)
        return SpecError(
            word, "unknown optimizer \(word)",
            expected: "one of \(names.joined(separator: ", ")), or a setting KEY=VALUE",
            nearest: Spelling.suggestion(for: word, among: names)
                ?? Spelling.nearest(to: word, among: keys.map { $0 + "=" }))
    }
}
