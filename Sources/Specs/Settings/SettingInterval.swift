/// Two numbers of which a setting's value goes from one to the other; one number where both are equal: `10..22`, `14`.
public struct SettingInterval: Codable, Equatable, Hashable, Sendable {
    /// The first number.
    public var first: Double
    /// The last number.
    public var last: Double

    public init(_ first: Double, _ last: Double) { (self.first, self.last) = (first, last) }

    /// One number.
    public init(_ value: Double) { self.init(value, value) }

    /// Whether it is one number.
    public var isOne: Bool { first == last }

    /// The number at a share of the way from the first to the last.
    public func value(at share: Double) -> Double { isOne ? first : first + (last - first) * share }
}

extension SettingRange {
    /// What stands between the two numbers.
    static let intervalSign = ".."

    /// Reads one number, or two with `..` between them.
    ///
    /// - Parameter rises: whether the first number may not be above the last.
    /// - Throws: `SpecError` for another text, and numbers out of the range.
    func interval(_ text: String, rises: Bool) throws(SpecError) -> SettingInterval {
        let parts = text.split(separator: Self.intervalSign, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { return SettingInterval(try read(text)) }
        let interval = SettingInterval(try read(parts[0]), try read(parts[1]))
        guard !rises || interval.first <= interval.last else {
            throw SpecError(text, "from more to less", expected: "\(parts[1])..\(parts[0])")
        }
        return interval
    }

    private func read(_ text: String) throws(SpecError) -> Double {
        do throws(SpecError) {
            return isWhole ? Double(try whole(text)) : try number(text)
        } catch {
            throw SpecError(error.word, error.problem, expected: intervalExpected, nearest: error.nearest)
        }
    }

    /// Two numbers in the spec language.
    func text(_ interval: SettingInterval) -> String {
        interval.isOne ? text(interval.first) : text(interval.first) + Self.intervalSign + text(interval.last)
    }

    /// What is expected of one number or two: `10 to 28 pixels of 28, or two with .. between them`.
    var intervalExpected: String {
        let none = ", or none"
        let words = allowsNone ? String(expected.dropLast(none.count)) : expected
        return words + ", or two with \(Self.intervalSign) between them" + (allowsNone ? none : "")
    }
}
