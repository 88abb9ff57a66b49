import Foundation

/// One thing that a search chooses: one of several texts, or a number.
package struct SearchDimension: Equatable, Sendable {
    /// What is chosen from.
    package enum Kind: Equatable, Sendable {
        /// So many texts, which have no order.
        case choice(Int)
        /// A number between two, both among them.
        case number(Interval)

        /// Whether a number can be chosen; of a choice the number of a text.
        func contains(_ value: Double) -> Bool {
            switch self {
            case .choice(let count): value >= 0 && value < Double(count) && value == value.rounded()
            case .number(let interval): value >= interval.least && value <= interval.greatest
            }
        }
    }

    /// The numbers between two ends.
    package struct Interval: Equatable, Sendable {
        /// The least number.
        package let least: Double
        /// The greatest number.
        package let greatest: Double
        /// Whether ratios count, not differences.
        package let isLogarithmic: Bool
        /// Whether all numbers are whole.
        package let isWhole: Bool

        package init(_ least: Double, _ greatest: Double, isLogarithmic: Bool, isWhole: Bool) {
            (self.least, self.greatest) = (least, greatest)
            (self.isLogarithmic, self.isWhole) = (isLogarithmic && least > 0, isWhole)
        }

        /// The number at a place from 0 to 1 of the scale, of three digits where it is not whole.
        package func value(at share: Double) -> Double {
            let share = min(1, max(0, share))
            let (first, last) = isLogarithmic ? (log(least), log(greatest)) : (least, greatest)
            var value = first + (last - first) * share
            if isLogarithmic { value = exp(value) }
            value = isWhole ? value.rounded() : Self.rounded(value)
            return min(greatest, max(least, value))
        }

        /// The place of a number on the scale, from 0 to 1.
        package func share(of value: Double) -> Double {
            guard greatest > least else { return 0.5 }
            let share =
                isLogarithmic
                ? (log(value) - log(least)) / (log(greatest) - log(least)) : (value - least) / (greatest - least)
            return min(1, max(0, share))
        }

        /// To three digits, so that lines are read easily.
        private static func rounded(_ value: Double) -> Double {
            guard value != 0 else { return 0 }
            let unit = pow(10, 2 - floor(log10(abs(value))))
            return (value * unit).rounded() / unit
        }
    }

    /// What it is called: `lr`, `layers`, or for a number within a text `layers 2`.
    package let name: String
    /// What is chosen from.
    package let kind: Kind
    /// The choice that it belongs to, and the text of that in which it stands; nil where it always counts.
    package let parent: Parent?

    /// A text of a choice.
    package struct Parent: Equatable, Sendable {
        /// The place of the choice among the dimensions.
        package let dimension: Int
        /// The number of the text.
        package let text: Int
    }

    package init(name: String, kind: Kind, parent: Parent? = nil) {
        (self.name, self.kind, self.parent) = (name, kind, parent)
    }

    /// Whether it counts in a point.
    package func isActive(in point: SearchPoint) -> Bool {
        parent.map { point.values[$0.dimension] == Double($0.text) } ?? true
    }
}

/// A choice of all dimensions: of a choice the number of its text, of a number the number itself.
package struct SearchPoint: Equatable, Hashable, Sendable, CustomStringConvertible {
    /// One a dimension; NaN where the dimension does not count.
    package var values: [Double]

    package init(values: [Double]) { self.values = values }

    /// Its numbers with blanks between them, - where a dimension does not count: `2 450 0.001 -`.
    package var description: String { values.map { $0.isNaN ? "-" : "\($0)" }.joined(separator: " ") }

    /// A point from its description.
    ///
    /// - Returns: nil where it is none of a space: another count, no number, or none that can be chosen.
    package init?(_ text: String, of space: SearchSpace) {
        let words = text.split(separator: " ")
        guard words.count == space.dimensions.count else { return nil }
        self.init(values: [])
        for (word, dimension) in zip(words, space.dimensions) {
            guard dimension.isActive(in: self) else {
                guard word == "-" else { return nil }
                values.append(.nan)
                continue
            }
            guard let value = Double(word), dimension.kind.contains(value) else { return nil }
            values.append(value)
        }
    }

    package static func == (a: SearchPoint, b: SearchPoint) -> Bool {
        a.values.count == b.values.count && zip(a.values, b.values).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
    }

    package func hash(into hasher: inout Hasher) {
        for value in values { hasher.combine(value.isNaN ? .infinity : value) }
    }
}
