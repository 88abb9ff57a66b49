/// What a classifier said of some rows, with the truth: what every figure is computed from.
///
/// The figures that cost little follow from the counts (`ConfusionMetrics`); the others are methods here, so that each
/// is paid for only where it is asked for.
package struct ScoredRows: Sendable, Equatable {
    /// rows × classes, row-major.
    package let probabilities: [Float]
    package let classes: Int
    /// One true class a row.
    package let labels: [UInt8]

    package init(probabilities: [Float], classes: Int, labels: [UInt8]) {
        precondition(probabilities.count == labels.count * classes, "probabilities must be rows × classes")
        self.probabilities = probabilities
        self.classes = classes
        self.labels = labels
    }

    /// The class with the greatest probability, the first one of equals, one a row.
    package func predictions() -> [UInt8] {
        labels.indices.map { row in
            var best = 0
            for column in 1..<max(1, classes)
            where probabilities[row * classes + column] > probabilities[row * classes + best] {
                best = column
            }
            return UInt8(best)
        }
    }

    /// Counts, rows true and columns predicted.
    package func confusion(_ predictions: [UInt8]) -> [[Int]] {
        var counts = [Int](repeating: 0, count: classes * classes)
        for (truth, prediction) in zip(labels, predictions) { counts[Int(truth) * classes + Int(prediction)] += 1 }
        return (0..<classes).map { Array(counts[($0 * classes)..<(($0 + 1) * classes)]) }
    }

    /// Whether there are rows, and every score is a finite number: what scikit-learn asks of a ranking.
    var areScores: Bool { !labels.isEmpty && probabilities.allSatisfy(\.isFinite) }

    /// Whether there are rows, and every score lies in 0 ... 1: what scikit-learn asks of a probability.
    var areProbabilities: Bool { !labels.isEmpty && probabilities.allSatisfy { $0 >= 0 && $0 <= 1 } }
}
