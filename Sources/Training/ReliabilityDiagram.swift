/// How well predicted probabilities agree with the share of right predictions: rows by confidence, in bins of equal
/// width.
///
/// The confidence of a row is its greatest probability. Bin m of M holds confidences above (m − 1)/M up to m/M, the
/// first one 0 as well. As in Guo et al., "On Calibration of Modern Neural Networks" (2017), section 2; the bins are
/// those of scikit-learn's `calibration_curve`.
package struct ReliabilityDiagram: Sendable, Equatable {
    /// The rows whose confidence is within one interval.
    package struct Bin: Sendable, Equatable {
        /// Number of rows.
        package let count: Int
        /// Mean confidence, 0 ... 1; nil for an empty bin.
        package let confidence: Double?
        /// Share of right predictions, 0 ... 1; nil for an empty bin.
        package let accuracy: Double?

        /// The distance of confidence and accuracy, 0 ... 1; 0 for an empty bin.
        package var gap: Double { abs((accuracy ?? 0) - (confidence ?? 0)) }
    }

    /// By confidence, the least first.
    package let bins: [Bin]

    /// Rows in all bins together.
    package var rows: Int { bins.reduce(0) { $0 + $1.count } }

    /// The expected calibration error: the bins' gaps, weighted by their shares of the rows (equation 3 there).
    package var expectedError: Double { bins.reduce(0) { $0 + $1.gap * Double($1.count) } / Double(rows) }

    /// The maximum calibration error: the greatest gap of a bin (equation 5 there).
    package var maximumError: Double { bins.map(\.gap).max() ?? 0 }

    /// The confidences that bin `index` holds: above the first one, up to the second.
    package func edges(ofBin index: Int) -> (above: Double, upTo: Double) {
        (Double(index) / Double(bins.count), Double(index + 1) / Double(bins.count))
    }

    /// Nil without rows, or where a probability is not in 0 ... 1.
    package init?(_ rows: ScoredRows, predictions: [UInt8], bins binCount: Int) {
        precondition(binCount > 0, "a diagram has bins")
        precondition(predictions.count == rows.labels.count, "one prediction a row")
        guard rows.areProbabilities else { return nil }
        var counts = [Int](repeating: 0, count: binCount)
        var right = counts
        var confidences = [Double](repeating: 0, count: binCount)
        for (row, prediction) in predictions.enumerated() {
            let confidence = Double(rows.probabilities[row * rows.classes + Int(prediction)])
            // The product of a Float and a small whole number is exact, so no row falls into a neighbour's bin.
            let bin = max(0, Int((confidence * Double(binCount)).rounded(.up)) - 1)
            counts[bin] += 1
            confidences[bin] += confidence
            if prediction == rows.labels[row] { right[bin] += 1 }
        }
        bins = (0..<binCount).map { bin in
            let count = counts[bin]
            guard count > 0 else { return Bin(count: 0, confidence: nil, accuracy: nil) }
            return Bin(
                count: count, confidence: confidences[bin] / Double(count),
                accuracy: Double(right[bin]) / Double(count))
        }
    }
}
