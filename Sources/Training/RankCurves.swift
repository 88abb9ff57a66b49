/// How well the probability of one class tells its rows from all others, at every threshold.
///
/// The points are those of scikit-learn's `roc_curve` (with `drop_intermediate=False`) and `precision_recall_curve`, the
/// greatest threshold first; equal scores are one threshold.
package struct RankCurves: Sendable, Equatable {
    /// What counts as the class from one threshold on.
    package struct Point: Sendable, Equatable {
        /// Share of the other rows that count as the class, 0 ... 1.
        package let falsePositives: Double
        /// Share of the class's rows that do, 0 ... 1: the recall.
        package let recall: Double
        /// Share of those counted as the class that are of it, 0 ... 1.
        package let precision: Double
    }

    /// The class.
    package let label: Int
    /// From the greatest threshold to the least; the last one takes every row for the class.
    package let points: [Point]
    /// The area under the ROC curve, 0 ... 1.
    package let area: Double
    /// Mean of the precisions, weighted by what each threshold adds to the recall; `average_precision_score`.
    package let averagePrecision: Double
}

extension ScoredRows {
    /// The curves of a class against the rest; nil where the class is absent from the truth or is all of it, or a
    /// probability is no finite number.
    package func rankCurves(of label: Int) -> RankCurves? {
        guard areScores, (0..<classes).contains(label) else { return nil }
        // Whole numbers are sorted several times as fast as rows by their scores: the greatest score first.
        let order = labels.indices.map { row in
            UInt64(~Self.sortKey(probabilities[row * classes + label])) << 32 | UInt64(row)
        }.sorted()
        let positives = labels.reduce(0) { $0 + (Int($1) == label ? 1 : 0) }
        let negatives = labels.count - positives
        guard positives > 0, negatives > 0 else { return nil }
        var points: [RankCurves.Point] = []
        var (hits, misses) = (0, 0)
        var (area, precisions) = (0.0, 0.0)
        for (place, key) in order.enumerated() {
            if Int(labels[Int(key & 0xFFFF_FFFF)]) == label { hits += 1 } else { misses += 1 }
            if place + 1 < order.count, order[place + 1] >> 32 == key >> 32 { continue }
            let point = RankCurves.Point(
                falsePositives: Double(misses) / Double(negatives), recall: Double(hits) / Double(positives),
                precision: Double(hits) / Double(hits + misses))
            let before = points.last
            area +=
                (point.falsePositives - (before?.falsePositives ?? 0)) * (point.recall + (before?.recall ?? 0)) / 2
            precisions += (point.recall - (before?.recall ?? 0)) * point.precision
            points.append(point)
        }
        return RankCurves(label: label, points: points, area: area, averagePrecision: precisions)
    }
}
