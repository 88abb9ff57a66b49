import TerminalUI

/// The compared runs whose ends lie so far outside that the others would be one flat line.
struct CurveOutliers {
    /// A run that is left out.
    struct Outlier: Equatable {
        let number: Int
        /// Its last value; not finite where its loss was not.
        let value: Double
    }

    let outside: [Outlier]
    /// The worst last value of the others; nil where there is none.
    let worst: Double?
    private let keys: Set<RunKey>

    /// A run is outside where its last value is this many times as bad as the median one's.
    private static let factor = 5.0

    /// - Parameters:
    ///   - ends: the runs with their last values.
    ///   - badness: how bad a value is, from 0 on: a loss itself, or the share of wrong predictions.
    ///   - least: how much worse than the median's a run outside is at least.
    init(_ ends: [(run: ShownRun, value: Double)], least: Double, badness: (Double) -> Double) {
        let sorted: [Double] = ends.map { badness($0.value) }.filter { $0.isFinite }.sorted()
        guard !sorted.isEmpty else {
            (outside, worst, keys) = ([], nil, [])
            return
        }
        let median = sorted[(sorted.count - 1) / 2]
        let fence = max(Self.factor * median, median + least)
        let left = ends.filter { !(badness($0.value) <= fence) }
        outside = left.map { Outlier(number: $0.run.number, value: $0.value) }
        keys = Set(left.map(\.run.key))
        worst = ends.filter { badness($0.value) <= fence }.map(\.value).max { badness($0) < badness($1) }
    }

    func contains(_ run: ShownRun) -> Bool { keys.contains(run.key) }

    /// In words, in the longest form that has room: `run 10 outside: 584 ↑`, else `1 run outside ↑`.
    ///
    /// - Parameter text: a value as a figure.
    func words(room: Int, arrow: String, _ text: (Double) -> String) -> String {
        guard !outside.isEmpty else { return "" }
        let values = outside.map { $0.value.isFinite ? text($0.value) : "NaN" }.joined(separator: ", ")
        let numbers = outside.map { "\($0.number)" }.joined(separator: ", ")
        let count = outside.count == 1 ? "1 run" : "\(outside.count) runs"
        let named = outside.count == 1 ? "run \(numbers)" : "runs \(numbers)"
        let forms = [
            "\(named) outside: \(values) \(arrow)", "\(count) outside: \(values) \(arrow)", "\(count) outside \(arrow)",
        ]
        return forms.first { $0.columns <= room } ?? forms[2]
    }
}
