/// The figures that follow from the confusion matrix alone, as scikit-learn defines them; cheap enough for every epoch.
///
/// 0 divided by 0 counts as 0 (`zero_division=0`) and is listed in `zeroDivisions`.
package struct ConfusionMetrics: Sendable, Equatable {
    /// The figures of one class against the rest.
    package struct PerClass: Sendable, Equatable {
        /// Its number, from 0.
        package let label: Int
        /// Share of the rows predicted as this class that are of it; 0 without such rows.
        package let precision: Double
        /// Share of this class's rows that are predicted as it; 0 without such rows.
        package let recall: Double
        /// Harmonic mean of precision and recall; 0 where both are.
        package let f1: Double
        /// Rows of this class.
        package let support: Int
        /// Rows predicted as this class.
        package let predicted: Int
    }

    /// Means of the classes' figures.
    package struct Means: Sendable, Equatable {
        /// Mean precision, 0 ... 1.
        package let precision: Double
        /// Mean recall, 0 ... 1.
        package let recall: Double
        /// Mean of the classes' F1 scores, 0 ... 1.
        package let f1: Double
    }

    /// Counts, rows true and columns predicted.
    package let confusion: [[Int]]
    /// One for each class, in their order.
    package let perClass: [PerClass]
    /// Share of right predictions, 0 ... 1; 0 without rows.
    package let accuracy: Double
    /// Rows whose prediction is wrong.
    package let errors: Int
    /// Unweighted means over the classes that occur in truth or prediction.
    package let macro: Means
    /// Means weighted by support; the recall is the accuracy.
    package let weighted: Means
    /// Unweighted mean of the recalls of the classes that occur in the truth; 0 without rows.
    package let balancedAccuracy: Double
    /// Occurring classes whose precision or recall is 0 divided by 0.
    package let zeroDivisions: [Int]

    /// - Parameter confusion: classes × classes, rows true and columns predicted.
    package init(_ confusion: [[Int]]) {
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
