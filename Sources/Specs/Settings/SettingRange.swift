/// The numbers that a setting can be, as data: refusals, help and the composer's steps follow from it.
public struct SettingRange: Equatable, Sendable {
    /// Where a range ends.
    public struct End: Equatable, Sendable {
        /// The last value, or the first one beyond.
        public let value: Double
        /// Whether that value is within.
        public let isIncluded: Bool
        /// Whether what rounds to that value is kept out, too, as training computes with 32-bit floats.
        let keepsFloatsOut: Bool

        /// An end that is within.
        static func at(_ value: Double) -> End { End(value: value, isIncluded: true, keepsFloatsOut: false) }

        /// An end that is the first value beyond.
        static func before(_ value: Double, asFloat: Bool = false) -> End {
            End(value: value, isIncluded: false, keepsFloatsOut: asFloat)
        }
    }

    /// How values are spread: by differences, or by ratios.
    public enum Scale: Equatable, Sendable { case linear, logarithmic }

    /// The lower end.
    public let lower: End
    /// The upper end.
    public let upper: End
    /// Whether all values are whole numbers, as a count's are.
    public let isWhole: Bool
    /// What the number is: `a learning rate`, or what is counted: `epochs`.
    public let noun: String
    /// Whether `none` switches the setting off.
    public private(set) var allowsNone = false
    /// How values are spread.
    public private(set) var scale = Scale.linear
    /// Usual values, lowest first, that a stepped value goes to; empty where it is typed only, or goes by one.
    public private(set) var steps: [Double] = []
    /// Whether a stepped value goes to the next whole number, as none is more usual than another.
    private(set) var goesByOne = false

    /// Numbers between two ends.
    init(_ noun: String, _ lower: End, _ upper: End) {
        self.noun = noun
        self.lower = lower
        self.upper = upper
        isWhole = false
    }

    /// Whole numbers, both ends among them.
    init(_ range: ClosedRange<Int>, _ noun: String) {
        self.noun = noun
        lower = .at(Double(range.lowerBound))
        upper = .at(Double(range.upperBound))
        isWhole = true
    }

    /// The same range for a setting that may be off.
    var orNone: SettingRange {
        var range = self
        range.allowsNone = true
        return range
    }

    /// The same range with its scale and its steps, lowest first.
    func stepped(_ scale: Scale, _ steps: Double...) -> SettingRange {
        var range = self
        (range.scale, range.steps) = (scale, steps)
        return range
    }

    /// The same range for a number that is stepped by one.
    var steppedByOne: SettingRange {
        var range = self
        range.goesByOne = true
        return range
    }

    /// Whether a number is within; one that is no number never is.
    public func contains(_ value: Double) -> Bool {
        let isAbove = lower.isIncluded ? value >= lower.value : Self.isBelow(lower.value, value, lower)
        let isBelow = upper.isIncluded ? value <= upper.value : Self.isBelow(value, upper.value, upper)
        return isAbove && isBelow && (!isWhole || value.rounded() == value)
    }

    /// Whether a whole number is within.
    public func contains(_ value: Int) -> Bool { contains(Double(value)) }

    private static func isBelow(_ value: Double, _ other: Double, _ end: End) -> Bool {
        end.keepsFloatsOut ? Float(value) < Float(other) : value < other
    }
}
