import Foundation

extension ScoredRows {
    /// Share of rows whose true class is among the `k` most probable; `top_k_accuracy_score`.
    ///
    /// Where probabilities are equal, scikit-learn ranks the later class first, and the prediction the first one. So a
    /// row whose probabilities are all equal counts as right for the last `k` classes.
    ///
    /// - Parameter ks: each from 1; one beyond the classes gives 1.
    /// - Returns: one share for each of `ks`; nil without rows, or where a probability is no finite number.
    package func topKAccuracies(_ ks: [Int]) -> [Double?] {
        guard areScores else { return [Double?](repeating: nil, count: ks.count) }
        var rowsOfRank = [Int](repeating: 0, count: classes)
        for (row, label) in labels.enumerated() { rowsOfRank[rank(of: Int(label), in: row)] += 1 }
        return ks.map { Double(rowsOfRank.prefix($0).reduce(0, +)) / Double(labels.count) }
    }

    /// Classes that stand before the true one.
    private func rank(of truth: Int, in row: Int) -> Int {
        let first = row * classes
        let score = probabilities[first + truth]
        var rank = 0
        for column in 0..<truth where probabilities[first + column] > score { rank += 1 }
        for column in (truth + 1)..<max(truth + 1, classes) where probabilities[first + column] >= score { rank += 1 }
        return rank
    }

    /// Mean of −ln of the truth's probability; `log_loss`.
    ///
    /// As scikit-learn does with probabilities in single precision, they are first clipped to ε ... 1 − ε, ε being 2⁻²³
    /// ≈ 1.19e-7. So a saturated row costs at most −ln ε ≈ 15.94 where it is wrong, instead of infinity, and about ε
    /// where it is right. Unlike the training loss it has no regularization and no label smoothing, and is the same for
    /// every loss function.
    ///
    /// - Returns: nil without rows, or where a probability is not in 0 ... 1.
    package func logLoss() -> Double? {
        guard areProbabilities else { return nil }
        let least = Float.ulpOfOne
        var sum = 0.0
        for (row, label) in labels.enumerated() {
            sum -= log(Double(min(max(probabilities[row * classes + Int(label)], least), 1 - least)))
        }
        return sum / Double(labels.count)
    }

    /// Mean squared distance of a row's probabilities from the one-hot truth; `brier_score_loss`.
    ///
    /// From 0, the best, to 2; with two classes scikit-learn takes half of it, which is Brier's score of one of them.
    ///
    /// - Returns: nil without rows, or where a probability is not in 0 ... 1.
    package func brierScore() -> Double? {
        guard areProbabilities else { return nil }
        var sum = 0.0
        for (row, label) in labels.enumerated() {
            for column in 0..<classes {
                let distance = Double(probabilities[row * classes + column]) - (column == Int(label) ? 1 : 0)
                sum += distance * distance
            }
        }
        return sum / Double(labels.count) * (classes < 3 ? 0.5 : 1)
    }
}
