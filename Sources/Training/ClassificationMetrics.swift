/// Every figure of a classifier's probabilities against the truth, in scikit-learn's sense of each.
///
/// The figures of `counts` can be read here directly. The dashboard computes only what it draws at each epoch, from
/// `ConfusionMetrics` and `ScoredRows`.
@dynamicMemberLookup
package struct ClassificationMetrics: Sendable, Equatable {
    /// The `k` that top-k accuracies are given for.
    package static let topKs = [2, 3, 5]
    /// The numbers of bins of the reliability diagrams. The last one is the usual choice, and gives
    /// `expectedCalibrationError`.
    package static let binCounts = [10, 15]

    /// Mean loss with regularization; nil if it was not given.
    package let loss: Double?
    /// The figures that follow from the confusion matrix alone.
    package let counts: ConfusionMetrics
    /// The area under each class's ROC curve against the rest; ties count half. Nil where the class is absent from the
    /// truth or is all of it, or a probability is not finite.
    package let rocAUC: [Double?]
    /// Top-k accuracies, in the order of `topKs`; nil without rows, or where a probability is not finite.
    package let topK: [Double?]
    /// See `ScoredRows.logLoss()`; nil without rows, or where a probability is not in 0 ... 1.
    package let logLoss: Double?
    /// See `ScoredRows.brierScore()`; nil without rows, or where a probability is not in 0 ... 1.
    package let brierScore: Double?
    /// One for each of `binCounts`; none without rows, or where a probability is not in 0 ... 1.
    package let reliability: [ReliabilityDiagram]

    package subscript<Figure>(dynamicMember figure: KeyPath<ConfusionMetrics, Figure>) -> Figure {
        counts[keyPath: figure]
    }

    /// Mean of the classes' areas; nil where one of them is.
    package var rocAUCMacro: Double? {
        let areas = rocAUC.compactMap { $0 }
        return areas.isEmpty || areas.count < rocAUC.count ? nil : areas.reduce(0, +) / Double(areas.count)
    }

    /// The error with the last one of `binCounts`.
    package var expectedCalibrationError: Double? { reliability.last?.expectedError }

    /// - Parameters:
    ///   - probabilities: rows × classes, row-major; the greatest of a row is its prediction, the first one of equals.
    ///   - labels: one true class a row.
    ///   - lossSum: of all rows.
    package init(probabilities: [Float], classes: Int, labels: [UInt8], lossSum: Double?) {
        let rows = ScoredRows(probabilities: probabilities, classes: classes, labels: labels)
        let predictions = rows.predictions()
        self.init(
            rows, predictions: predictions, confusion: rows.confusion(predictions),
            loss: lossSum.flatMap { labels.isEmpty ? nil : $0 / Double(labels.count) })
    }

    /// The figures of an evaluation.
    package init(_ evaluation: Evaluation) {
        self.init(
            evaluation.scoredRows, predictions: evaluation.predictions, confusion: evaluation.confusion,
            loss: evaluation.loss)
    }

    private init(_ rows: ScoredRows, predictions: [UInt8], confusion: [[Int]], loss: Double?) {
        self.loss = loss
        counts = ConfusionMetrics(confusion)
        rocAUC = rows.rocAreas()
        topK = rows.topKAccuracies(Self.topKs)
        logLoss = rows.logLoss()
        brierScore = rows.brierScore()
        reliability = Self.binCounts.compactMap { ReliabilityDiagram(rows, predictions: predictions, bins: $0) }
    }
}
