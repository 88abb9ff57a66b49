/// A classifier's probabilities for some rows with the true classes: all figures follow from these.
///
/// Cheap figures follow from the confusion matrix (`ConfusionMetrics`). The costly ones are methods here, and are
/// computed only where they are used.
package struct ScoredRows: Sendable, Equatable {
    /// rows × classes, row-major.
    package let probabilities: [Float]
    /// Number of classes: columns of `probabilities`.
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

    /// The confusion matrix, classes × classes: rows true and columns predicted.
    package func confusion(_ predictions: [UInt8]) -> [[Int]] {
        var counts = [Int](repeating: 0, count: classes * classes)
        for (truth, prediction) in zip(labels, predictions) { counts[Int(truth) * classes + Int(prediction)] += 1 }
        return (0..<classes).map { Array(counts[($0 * classes)..<(($0 + 1) * classes)]) }
    }

    /// Whether there are rows, and every score is finite: what scikit-learn demands of a ranking.
    var areScores: Bool { !labels.isEmpty && probabilities.allSatisfy(\.isFinite) }

    /// Whether there are rows, and every score lies in 0 ... 1: what scikit-learn demands of a probability.
    var areProbabilities: Bool { !labels.isEmpty && probabilities.allSatisfy { $0 >= 0 && $0 <= 1 } }
}
