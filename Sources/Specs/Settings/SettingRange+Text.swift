extension SettingRange {
    // MARK: - Reading

    /// Reads a number, or `none` where the setting may be off.
    ///
    /// - Returns: nil for none.
    /// - Throws: `SpecError` that names the text, what is wrong with it, and what is expected.
    public func value(_ text: String) throws(SpecError) -> Double? {
        if allowsNone, Self.isNone(text) { return nil }
        return isWhole ? Double(try whole(text)) : try number(text)
    }

    /// Reads a number.
    ///
    /// - Throws: `SpecError` for a text that is no number, or one out of the range.
    public func number(_ text: String) throws(SpecError) -> Double {
        guard text.allSatisfy({ $0.isASCIIDigit || "+-.eE".contains($0) }), let value = Double(text) else {
            throw SpecError(text, "not a number", expected: expected, nearest: DecimalComma.mended(text))
        }
        guard contains(value) else { throw outside(text) }
        // Minus zero is printed as 0, so it is read as 0.
        return value == 0 ? 0 : value
    }

    /// Reads a whole number, which is written with digits alone.
    ///
    /// - Throws: `SpecError` for a text that is no whole number, or one out of the range.
    public func whole(_ text: String) throws(SpecError) -> Int {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit) else {
            throw SpecError(text, "not a whole number", expected: expected, nearest: DecimalComma.ungrouped(text))
        }
        guard let value = Int(text), contains(value) else { throw outside(text) }
        return value
    }

    static func isNone(_ text: String) -> Bool { text.lowercased() == "none" }

    private func outside(_ text: String) -> SpecError { SpecError(text, "out of range", expected: expected) }

    // MARK: - Words

    /// The ends in words: `1 to 1000`, `0 to below 1`, `above 0 and at most 1000`.
    public var bounds: String {
        let (low, high) = (endText(lower), endText(upper))
        return switch (lower.isIncluded, upper.isIncluded) {
        case (true, true): "\(low) to \(high)"
        case (true, false): "\(low) to below \(high)"
        case (false, true): "above \(low) and at most \(high)"
        case (false, false): "above \(low) and below \(high)"
        }
    }

    /// The ends in words, and none where the setting may be off.
    var boundsOrNone: String { bounds + orNoneWords }

    /// What is expected, as errors and help say it: `1 to 1000 epochs`, `a momentum from 0 to below 1`.
    public var expected: String {
        let words = isWhole ? "\(bounds) \(noun)" : "\(noun) \(lower.isIncluded ? "from " : "")\(bounds)"
        return words + orNoneWords
    }

    private var orNoneWords: String { allowsNone ? ", or none" : "" }

    /// A value in the spec language.
    public func text(_ value: Double) -> String { isWhole ? plain(value) : SpecNumber.short(value) }

    /// Whole numbers up to a million are read more easily without an exponent.
    private func endText(_ end: End) -> String {
        let isPlain = isWhole || end.value.rounded() == end.value && abs(end.value) <= 1_000_000
        return isPlain ? plain(end.value) : SpecNumber.short(end.value)
    }

    private func plain(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? SpecNumber.short(value) }

    // MARK: - Steps

    /// The next step above or below a value, which may lie between two; the value itself where there is none.
    public func next(_ value: Double, by step: Int) -> Double {
        if goesByOne { return min(upper.value, max(lower.value, value + Double(step))) }
        return (step > 0 ? steps.first { $0 > value } : steps.last { $0 < value }) ?? value
    }

    /// The next step above or below a whole number.
    public func next(_ value: Int, by step: Int) -> Int {
        Int(exactly: next(Double(value), by: step)) ?? value
    }

    /// The next step above a value, and the first one behind the last.
    public func nextInTurn(_ value: Double) -> Double { steps.first { $0 > value } ?? steps.first ?? value }

    /// The text one step above or below a text, where `none` is below the first step.
    ///
    /// - Returns: nil where there is no such step.
    public func next(_ text: String, by step: Int) -> String? {
        guard let value = Double(text) else { return step > 0 ? steps.first.map(self.text) : nil }
        let next = self.next(value, by: step)
        return next == value && step < 0 && allowsNone ? "none" : self.text(next)
    }
}
