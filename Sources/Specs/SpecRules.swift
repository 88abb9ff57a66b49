/// The bounds of a network as a whole, and the words that a spec takes; the bounds of numbers are `SettingRange`s.
///
/// Each rule takes the text as a user types it; its error names the text, what is wrong and what is expected.
public enum SpecRules {
    /// Values of an image that a canonical line may begin with. The bound keeps all sizes computed from it within an `Int`.
    public static let inputsRange = 1...(1 << 24)
    /// Classes of a data set; a label is a byte.
    public static let classesRange = 2...256
    /// The greatest number of hidden layers.
    public static let mostLayers = 64

    /// The seed: any whole number of 64 bits.
    public static func seed(_ text: String) -> Result<UInt64, SpecError> {
        guard let seed = UInt64(text), !text.hasPrefix("+") else {
            return .failure(SpecError(text, "not a seed", expected: seeds))
        }
        return .success(seed)
    }

    static let seeds = "a whole number from 0 to \(UInt64.max)"

    static func flag(_ text: String) -> Result<Bool, SpecError> {
        choice(text, "value", [("true", true), ("false", false)])
    }

    /// An activation by its name alone.
    public static func activation(_ text: String) -> Result<Activation.Kind, SpecError> { choice(text, "activation") }

    /// One hidden layer: `200tanh+drop0.2`.
    public static func layer(_ text: String) -> Result<HiddenLayer, SpecError> {
        do throws(SpecError) {
            return .success(try LayerChain(word: text, inputs: 0, classes: 0).layer(text))
        } catch {
            return .failure(error)
        }
    }

    /// An optimizer by its name, with Keras's defaults.
    public static func optimizer(_ text: String) -> Result<Optimizer, SpecError> {
        choice(text, "optimizer", Optimizer.defaults.map { ($0.name, $0) })
    }

    // MARK: - Kinds of values

    static func choice<Value: CaseIterable & RawRepresentable>(
        _ text: String, _ what: String
    ) -> Result<Value, SpecError> where Value.RawValue == String {
        choice(text, what, Value.allCases.map { ($0.rawValue, $0) })
    }

    private static func choice<Value>(
        _ text: String, _ what: String, _ choices: [(name: String, value: Value)]
    ) -> Result<Value, SpecError> {
        let names = choices.map(\.name)
        guard let found = choices.first(where: { $0.name == text.lowercased() }) else {
            return .failure(
                SpecError(
                    text, "unknown \(what)\(text.isEmpty ? "" : " \(text)")",
                    expected: "one of " + names.joined(separator: ", "),
                    nearest: text.isEmpty ? nil : Spelling.suggestion(for: text, among: names)))
        }
        return .success(found.value)
    }
}

extension Character {
    var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
