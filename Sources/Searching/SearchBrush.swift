import Search

/// What is brushed on the axes of a search: a range on some of them.
package struct SearchBrush: Sendable, Equatable {
    /// By the places of dimensions: numbers, or of a choice the numbers of its texts.
    package var ranges: [Int: ClosedRange<Double>] = [:]
    /// What trials reached: the share of the validation rows that are right.
    package var result: ClosedRange<Double>?

    package init() {}

    /// Whether nothing is brushed.
    package var isEmpty: Bool { ranges.isEmpty && result == nil }

    /// Whether a trial lies within all ranges. One that repeats another, or for which a brushed dimension does not count, does
    /// not lie in any.
    package func takes(_ trial: SearchTrial) -> Bool {
        guard !isEmpty else { return true }
        if let result {
            guard let accuracy = trial.accuracy, result.contains(accuracy) else { return false }
        }
        guard !ranges.isEmpty else { return true }
        guard let point = trial.point else { return false }
        return ranges.allSatisfy { dimension, range in
            point.values.indices.contains(dimension) && range.contains(point.values[dimension])
        }
    }
}
