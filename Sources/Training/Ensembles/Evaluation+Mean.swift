import Datasets
import Foundation

extension Evaluation {
    /// The evaluation of averaged probabilities. Its losses are cross-entropies, −ln of the truth's probability, which is
    /// bounded as in `ScoredRows.logLoss()`; there is no place of a run, and no regularization.
    ///
    /// - Parameters:
    ///   - labels: true classes, one a row.
    ///   - mean: rows × classes, row-major.
    package init(source: Source, rows: RowNumbers, classes: Int, labels: [UInt8], mean: [Float]) {
        let least = Float.ulpOfOne
        let losses = labels.enumerated().map { row, label in
            let value = mean[row * classes + Int(label)]
            return Float(-log(Double(value < least ? least : value > 1 - least ? 1 - least : value)))
        }
        self.init(
            source: source, rows: rows, classes: classes, epoch: 0, labels: labels, probabilities: mean, losses: losses)
    }

    /// The evaluation of the mean of several networks, which were evaluated on the same rows.
    ///
    /// - Parameters:
    ///   - members: one at least.
    ///   - weights: one a member, with a sum of 1.
    package init(of members: [Evaluation], mean: EnsembleMean, weights: [Double]) {
        precondition(!members.isEmpty, "one member at least")
        let first = members[0]
        precondition(
            members.allSatisfy { $0.rows == first.rows && $0.classes == first.classes && $0.source == first.source },
            "the same rows and classes")
        self.init(
            source: first.source, rows: first.rows, classes: first.classes, labels: first.labels,
            mean: mean.of(members.map(\.probabilities), weights: weights, classes: first.classes))
    }
}
