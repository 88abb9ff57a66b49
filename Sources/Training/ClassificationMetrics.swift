/// How good a classifier's probabilities are against the truth, in scikit-learn's sense of every figure.
public struct ClassificationMetrics: Sendable, Equatable {
    /// The figures of one class against the rest.
    public struct PerClass: Sendable, Equatable {
        public let label: Int
        /// Share of the rows predicted as this class that are of it; 0 without such rows.
        public let precision: Double
        /// Share of this class's rows that are predicted as it; 0 without such rows.
        public let recall: Double
        /// Harmonic mean of precision and recall; 0 where both are.
        public let f1: Double
        /// Rows of this class.
        public let support: Int
    }

    /// Mean loss; nil if it was not given.
    public let loss: Double?
    /// Share of right predictions, 0 ... 1; 0 without rows.
    public let accuracy: Double
    /// Rows whose prediction is wrong.
    public let errors: Int
    /// Counts, rows true and columns predicted.
    public let confusion: [[Int]]
    public let perClass: [PerClass]
    /// Unweighted means over the classes that occur in truth or prediction.
    public let recallMacro: Double
    public let precisionMacro: Double
    public let f1Macro: Double
    /// Mean of the one-against-rest areas under the ROC curve, ties sharing credit; nil where a class is absent from
    /// the truth, or is all of it, or a probability is no number.
    public let rocAUCMacro: Double?
    /// Occurring classes whose precision or recall is 0 divided by 0, which counts as 0.
    public let zeroDivisions: [Int]

    /// - Parameters:
    ///   - probabilities: rows × classes, row-major; the greatest of a row is its prediction, the first one of equals.
    ///   - labels: one true class a row.
    ///   - lossSum: of all rows.
    public init(probabilities: [Float], classes: Int, labels: [UInt8], lossSum: Double?) {
        precondition(probabilities.count == labels.count * classes, "probabilities must be rows × classes")
        var counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
        for (row, label) in labels.enumerated() {
            var best = 0
            for column in 1..<max(1, classes)
            where probabilities[row * classes + column] > probabilities[row * classes + best] {
                best = column
            }
            counts[Int(label)][best] += 1
        }
        let loss = lossSum.flatMap { labels.isEmpty ? nil : $0 / Double(labels.count) }
        let area = Self.rocAUCMacro(probabilities, classes, labels)
        self.init(confusion: counts, loss: loss, rocAUCMacro: area)
    }

    /// The figures of what a network said.
    public init(_ evaluation: Evaluation) {
        let area = Self.rocAUCMacro(evaluation.probabilities, evaluation.classes, evaluation.labels)
        self.init(confusion: evaluation.confusion, loss: evaluation.loss, rocAUCMacro: area)
    }

    private init(confusion: [[Int]], loss: Double?, rocAUCMacro: Double?) {
        let classes = confusion.indices
        let support = confusion.map { $0.reduce(0, +) }
        let predicted = classes.map { column in confusion.reduce(0) { $0 + $1[column] } }
        let rows = support.reduce(0, +)
        let right = classes.reduce(0) { $0 + confusion[$1][$1] }
        let perClass = classes.map { label in
            let hits = confusion[label][label]
            return PerClass(
                label: label, precision: Self.share(hits, predicted[label]), recall: Self.share(hits, support[label]),
                f1: Self.share(2 * hits, support[label] + predicted[label]), support: support[label])
        }
        let occurring = perClass.filter { support[$0.label] > 0 || predicted[$0.label] > 0 }
        func mean(_ figure: KeyPath<PerClass, Double>) -> Double {
            occurring.isEmpty ? 0 : occurring.reduce(0) { $0 + $1[keyPath: figure] } / Double(occurring.count)
        }
        self.loss = loss
        self.confusion = confusion
        self.perClass = perClass
        self.rocAUCMacro = rocAUCMacro
        accuracy = Self.share(right, rows)
        errors = rows - right
        recallMacro = mean(\.recall)
        precisionMacro = mean(\.precision)
        f1Macro = mean(\.f1)
        zeroDivisions = occurring.map(\.label).filter { support[$0] == 0 || predicted[$0] == 0 }
    }

    private static func share(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }

    private static func rocAUCMacro(_ probabilities: [Float], _ classes: Int, _ labels: [UInt8]) -> Double? {
        guard !labels.isEmpty, !probabilities.contains(where: \.isNaN) else { return nil }
        var sum = 0.0
        for label in 0..<classes {
            let scores = labels.indices.map { (score: probabilities[$0 * classes + label], row: $0) }
            guard let area = rocAUC(scores.sorted { $0.score < $1.score }, isPositive: { labels[$0] == label }) else {
                return nil
            }
            sum += area
        }
        return sum / Double(classes)
    }

    /// The Mann–Whitney statistic: the chance that a positive row scores above a negative one, a tie counting half.
    private static func rocAUC(_ ascending: [(score: Float, row: Int)], isPositive: (Int) -> Bool) -> Double? {
        var rankSum = 0.0
        var positives = 0
        var start = 0
        while start < ascending.count {
            var end = start
            var tiedPositives = 0
            while end < ascending.count, ascending[end].score == ascending[start].score {
                if isPositive(ascending[end].row) { tiedPositives += 1 }
                end += 1
            }
            // Ranks count from 1; tied rows share the mean of theirs.
            rankSum += Double(tiedPositives) * Double(start + 1 + end) / 2
            positives += tiedPositives
            start = end
        }
        let negatives = ascending.count - positives
        guard positives > 0, negatives > 0 else { return nil }
        let least = Double(positives) * Double(positives + 1) / 2
        return (rankSum - least) / (Double(positives) * Double(negatives))
    }
}
