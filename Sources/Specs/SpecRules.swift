/// The bounds of every value of a spec, used by the parser and wherever a single value is edited.
///
/// Each rule takes the text as a user types it; its error names the text, what is wrong and what is expected.
public enum SpecRules {
    /// Units of a layer.
    public static let unitsRange = 1...100_000
    /// Rows of a batch.
    public static let batchRange = 1...1_000_000
    /// Epochs of a run.
    public static let epochsRange = 1...1_000_000
    /// Values of an image that a canonical line may begin with. The bound keeps all sizes computed from it within an `Int`.
    public static let inputsRange = 1...(1 << 24)
    /// Classes of a data set; a label is a byte.
    public static let classesRange = 2...256
    /// The greatest number of hidden layers.
    public static let mostLayers = 64

    /// The units of a layer.
    public static func units(_ text: String) -> Result<Int, SpecError> { whole(text, unitsRange, "units") }
    /// The rows of a batch.
    public static func batch(_ text: String) -> Result<Int, SpecError> { whole(text, batchRange, "rows a batch") }
    /// The epochs of a run.
    public static func epochs(_ text: String) -> Result<Int, SpecError> { whole(text, epochsRange, "epochs") }

    /// The seed: any whole number of 64 bits.
    public static func seed(_ text: String) -> Result<UInt64, SpecError> {
        guard let seed = UInt64(text), !text.hasPrefix("+") else {
            return .failure(
                SpecError(text, "not a seed", expected: "a whole number from 0 to \(UInt64.max)"))
        }
        return .success(seed)
    }

    /// The learning rate, above 0.
    public static func learningRate(_ text: String) -> Result<Double, SpecError> {
        number(text, "a learning rate above 0 and at most 1000") { Float($0) > 0 && $0 <= 1000 }
    }

    /// The share of the training rows that is held out for validation, in 0 ..< 1.
    public static func validation(_ text: String) -> Result<Double, SpecError> {
        number(text, "a share of the training rows, from 0 to below 1", belowOne)
    }

    /// The share of a layer's units that dropout sets to 0, in 0 ..< 1.
    public static func dropout(_ text: String) -> Result<Double, SpecError> {
        number(text, "a dropout rate from 0 to below 1", belowOne)
    }

    /// The momentum of an optimizer, in 0 ..< 1.
    public static func momentum(_ text: String) -> Result<Double, SpecError> {
        number(text, "a momentum from 0 to below 1", belowOne)
    }

    /// The share that a moving mean keeps (β1, β2, ρ), in 0 ..< 1.
    public static func decayRate(_ text: String) -> Result<Double, SpecError> {
        number(text, "a decay rate from 0 to below 1", belowOne)
    }

    /// What is added to a divisor, above 0.
    public static func epsilon(_ text: String) -> Result<Double, SpecError> {
        number(text, "an epsilon from 1e-12 to 1") { $0 >= 1e-12 && $0 <= 1 }
    }

    /// The decoupled weight decay, in 0 ... 1.
    public static func weightDecay(_ text: String) -> Result<Double, SpecError> {
        number(text, "a weight decay from 0 to 1") { $0 >= 0 && $0 <= 1 }
    }

    /// The factor of the L2 penalty, 0 or more.
    public static func l2(_ text: String) -> Result<Double, SpecError> {
        number(text, "an L2 factor from 0 to 1000") { $0 >= 0 && $0 <= 1000 }
    }

    /// The factor of the L1 penalty, 0 or more.
    public static func l1(_ text: String) -> Result<Double, SpecError> {
        number(text, "an L1 factor from 0 to 1000", 0...1000)
    }

    /// The standard deviation of Gaussian noise.
    public static func noise(_ text: String) -> Result<Double, SpecError> {
        number(text, "a deviation of the noise from 0 to 100", 0...100)
    }

    /// The upper bound of a norm or of a value, above 0.
    static func bound(_ text: String) -> Result<Double, SpecError> {
        number(text, "a bound above 0 and at most 1000000, or none") { $0 > 0 && $0 <= 1_000_000 }
    }

    static func averaging(_ text: String) -> Result<Double, SpecError> {
        number(text, "a share that the average keeps, from 0 to below 1, or none", belowOne)
    }

    static func leastRate(_ text: String) -> Result<Double, SpecError> {
        number(text, "a learning rate from 0 to 1000", 0...1000)
    }

    static func divisor(_ text: String) -> Result<Double, SpecError> {
        number(text, "a divisor from 1 to 1e9", 1...1e9)
    }

    static func delta(_ text: String) -> Result<Double, SpecError> {
        number(text, "a difference from 0 to 1000", 0...1000)
    }

    static func steps(_ text: String) -> Result<Int, SpecError> { whole(text, 1...1_000_000_000, "steps") }
    static func warmupSteps(_ text: String) -> Result<Int, SpecError> { whole(text, 0...1_000_000_000, "steps") }
    static func patience(_ text: String) -> Result<Int, SpecError> { whole(text, 0...1_000_000, "epochs") }

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

    /// As the 32-bit float that training uses.
    private static func belowOne(_ value: Double) -> Bool { value >= 0 && Float(value) < 1 }

    private static func whole(_ text: String, _ range: ClosedRange<Int>, _ unit: String) -> Result<Int, SpecError> {
        let expected = "\(range.lowerBound) to \(range.upperBound) \(unit)"
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit) else {
            return .failure(
                SpecError(text, "not a whole number", expected: expected, nearest: DecimalComma.ungrouped(text)))
        }
        guard let value = Int(text), range.contains(value) else {
            return .failure(SpecError(text, "out of range", expected: expected))
        }
        return .success(value)
    }

    static func number(
        _ text: String, _ expected: String, _ range: ClosedRange<Double>
    ) -> Result<Double, SpecError> {
        number(text, expected) { range.contains($0) }
    }

    static func number(
        _ text: String, _ expected: String, _ isValid: (Double) -> Bool
    ) -> Result<Double, SpecError> {
        guard text.allSatisfy({ $0.isASCIIDigit || "+-.eE".contains($0) }), let value = Double(text) else {
            return .failure(SpecError(text, "not a number", expected: expected, nearest: DecimalComma.mended(text)))
        }
        guard value.isFinite, isValid(value) else {
            return .failure(SpecError(text, "out of range", expected: expected))
        }
        // Minus zero is printed as 0, so it is read as 0.
        return .success(value == 0 ? 0 : value)
    }

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
