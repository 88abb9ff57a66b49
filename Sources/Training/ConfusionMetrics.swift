/// The figures that follow from the counts alone, in scikit-learn's sense of each; cheap enough for every epoch.
///
/// 0 divided by 0 counts as 0 (`zero_division=0`) and is listed in `zeroDivisions`.
public struct ConfusionMetrics: Sendable, Equatable {
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
        /// Rows predicted as this class.
        public let predicted: Int
    }

    /// Means of the classes' figures.
    public struct Means: Sendable, Equatable {
        public let precision: Double
        public let recall: Double
        public let f1: Double
    }

    /// Counts, rows true and columns predicted.
    public let confusion: [[Int]]
    public let perClass: [PerClass]
    /// Share of right predictions, 0 ... 1; 0 without rows.
    public let accuracy: Double
    /// Rows whose prediction is wrong.
    public let errors: Int
    /// Unweighted means over the classes that occur in truth or prediction.
    public let macro: Means
    /// Means weighted by support; the recall is the accuracy.
    public let weighted: Means
    /// Unweighted mean of the recalls of the classes that occur in the truth; 0 without rows.
    public let balancedAccuracy: Double
    /// Occurring classes whose precision or recall is 0 divided by 0.
    public let zeroDivisions: [Int]

    /// - Parameter confusion: classes × classes, rows true and columns predicted.
    public init(_ confusion: [[Int]]) {
        let classes = confusion.indices
        let perClass = classes.map { label in
            let hits = confusion[label][label]
            let support = confusion[label].reduce(0, +)
            let predicted = confusion.reduce(0) { $0 + $1[label] }
            return PerClass(
                label: label, precision: Share.of(hits, among: predicted), recall: Share.of(hits, among: support),
                f1: Share.of(2 * hits, among: support + predicted), support: support, predicted: predicted)
        }
        let rows = perClass.reduce(0) { $0 + $1.support }
        let right = classes.reduce(0) { $0 + confusion[$1][$1] }
        let occurring = perClass.filter { $0.support > 0 || $0.predicted > 0 }
        self.confusion = confusion
        self.perClass = perClass
        accuracy = Share.of(right, among: rows)
        errors = rows - right
        macro = Means(occurring) { _ in 1 }
        weighted = Means(occurring) { $0.support }
        balancedAccuracy = Means(occurring.filter { $0.support > 0 }) { _ in 1 }.recall
        zeroDivisions = occurring.filter { $0.support == 0 || $0.predicted == 0 }.map(\.label)
    }
}

extension ConfusionMetrics.Means {
    /// 0 where the weights sum to 0.
    fileprivate init(_ classes: [ConfusionMetrics.PerClass], weight: (ConfusionMetrics.PerClass) -> Int) {
        let whole = classes.reduce(0) { $0 + weight($1) }
        func mean(_ figure: KeyPath<ConfusionMetrics.PerClass, Double>) -> Double {
            whole == 0 ? 0 : classes.reduce(0) { $0 + $1[keyPath: figure] * Double(weight($1)) } / Double(whole)
        }
        precision = mean(\.precision)
        recall = mean(\.recall)
        f1 = mean(\.f1)
    }
}
