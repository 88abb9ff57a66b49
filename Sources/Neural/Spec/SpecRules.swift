/// The bounds of every value of a spec, used by the parser and by whoever edits a single value.
///
/// Each rule takes the text as a person types it; its error names the text, what is wrong and what is expected.
public enum SpecRules {
    public static let unitsRange = 1...100_000
    public static let batchRange = 1...1_000_000
    public static let epochsRange = 1...1_000_000
    /// Hidden layers at most.
    public static let mostLayers = 64

    public static func units(_ text: String) -> Result<Int, SpecError> { whole(text, unitsRange, "units") }
    public static func batch(_ text: String) -> Result<Int, SpecError> { whole(text, batchRange, "rows a batch") }
    public static func epochs(_ text: String) -> Result<Int, SpecError> { whole(text, epochsRange, "epochs") }

    public static func seed(_ text: String) -> Result<UInt64, SpecError> {
        guard let seed = UInt64(text), !text.hasPrefix("+") else {
            return .failure(
                SpecError(text, "not a seed", expected: "a whole number from 0 to \(UInt64.max)"))
        }
        return .success(seed)
    }

    public static func learningRate(_ text: String) -> Result<Double, SpecError> {
        number(text, "a learning rate above 0 and at most 1000") { $0 > 0 && $0 <= 1000 }
    }

    public static func validation(_ text: String) -> Result<Double, SpecError> {
        number(text, "a share of the training rows, from 0 to below 1", belowOne)
    }

    public static func dropout(_ text: String) -> Result<Double, SpecError> {
        number(text, "a dropout rate from 0 to below 1", belowOne)
    }

    public static func momentum(_ text: String) -> Result<Double, SpecError> {
        number(text, "a momentum from 0 to below 1", belowOne)
    }

    public static func decayRate(_ text: String) -> Result<Double, SpecError> {
        number(text, "a decay rate from 0 to below 1", belowOne)
    }

    public static func epsilon(_ text: String) -> Result<Double, SpecError> {
        number(text, "an epsilon from 1e-12 to 1") { $0 >= 1e-12 && $0 <= 1 }
    }

    public static func weightDecay(_ text: String) -> Result<Double, SpecError> {
        number(text, "a weight decay from 0 to 1") { $0 >= 0 && $0 <= 1 }
    }

    public static func l2(_ text: String) -> Result<Double, SpecError> {
        number(text, "an L2 factor from 0 to 1000") { $0 >= 0 && $0 <= 1000 }
    }

    public static func nesterov(_ text: String) -> Result<Bool, SpecError> {
        choice(text, "value", [("true", true), ("false", false)])
    }

    public static func activation(_ text: String) -> Result<Activation, SpecError> { choice(text, "activation") }
    public static func scale(_ text: String) -> Result<InputScale, SpecError> { choice(text, "input scale") }
    public static func initializer(_ text: String) -> Result<Initializer, SpecError> { choice(text, "initializer") }

    /// An optimizer by its name, with Keras's defaults.
    public static func optimizer(_ text: String) -> Result<Optimizer, SpecError> {
        choice(text, "optimizer", Optimizer.defaults.map { ($0.name, $0) })
    }

    // MARK: - Kinds of values

    private static func belowOne(_ value: Double) -> Bool { value >= 0 && value < 1 }

    private static func whole(_ text: String, _ range: ClosedRange<Int>, _ unit: String) -> Result<Int, SpecError> {
        let expected = "\(range.lowerBound) to \(range.upperBound) \(unit)"
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit) else {
            return .failure(SpecError(text, "not a whole number", expected: expected))
        }
        guard let value = Int(text), range.contains(value) else {
            return .failure(SpecError(text, "out of range", expected: expected))
        }
        return .success(value)
    }

    private static func number(
        _ text: String, _ expected: String, _ isValid: (Double) -> Bool
    ) -> Result<Double, SpecError> {
        guard text.allSatisfy({ $0.isASCIIDigit || "+-.eE".contains($0) }), let value = Double(text) else {
            return .failure(SpecError(text, "not a number", expected: expected))
        }
        guard value.isFinite, isValid(value) else {
            return .failure(SpecError(text, "out of range", expected: expected))
        }
        // Minus zero is printed as 0, so it is read as 0.
        return .success(value == 0 ? 0 : value)
    }

    private static func choice<Value: CaseIterable & RawRepresentable>(
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
                    nearest: text.isEmpty ? nil : Spelling.nearest(to: text, among: names)))
        }
        return .success(found.value)
    }
}

extension Optimizer {
    /// Every optimizer with Keras's defaults.
    public static let defaults: [Optimizer] = [.sgd(), .rmsprop(), .adam(), .adamw()]

    /// The name in the spec language.
    public var name: String {
        switch self {
        case .sgd: "sgd"
        case .rmsprop: "rmsprop"
        case .adam: "adam"
        case .adamw: "adamw"
        }
    }
}

extension Character {
    var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
