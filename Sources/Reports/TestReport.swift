import Training

/// The figures of a test set: the `test` object of a run's JSON, and the result of `evaluate`.
///
/// Every key is always written. Those that older reports lack are optional, so that such a report can still be read.
package struct TestReport: Equatable, Sendable, Decodable {
    package struct PerClass: Equatable, Sendable, Decodable {
        /// The class, from 0.
        package var label: Int
        /// Of the rows predicted as the class, the share that is of it; 0 if there are none.
        package var precision: Double
        /// Of the rows of the class, the share that is predicted as it.
        package var recall: Double
        /// The harmonic mean of precision and recall.
        package var f1: Double
        /// Rows of the class.
        package var support: Int
        /// Nil where the class is absent, or is all there is.
        package var rocAUC: Double?

        enum CodingKeys: String, CodingKey {
            case label, precision, recall, f1, support
            case rocAUC = "roc_auc"
        }
    }

    package var loss: Double?
    package var accuracy: Double
    /// Rows that are predicted as another class.
    package var errors: Int
    package var recallMacro: Double
    package var precisionMacro: Double
    package var f1Macro: Double
    package var rocAUCMacro: Double?
    package var balancedAccuracy: Double?
    package var recallWeighted: Double?
    package var precisionWeighted: Double?
    package var f1Weighted: Double?
    /// Top-k accuracies by k.
    package var topK: [Int: Double?]?
    package var logLoss: Double?
    package var brierScore: Double?
    /// The error of the diagram with the most bins.
    package var expectedCalibrationError: Double?
    /// Empty where a probability is none.
    package var calibration: [CalibrationReport]?
    /// Rows true, columns predicted.
    package var confusion: [[Int]]
    /// The figures of each class.
    package var perClass: [PerClass]

    enum CodingKeys: String, CodingKey {
        case loss, accuracy, errors, calibration, confusion
        case recallMacro = "recall_macro"
        case precisionMacro = "precision_macro"
        case f1Macro = "f1_macro"
        case rocAUCMacro = "roc_auc_macro"
        case balancedAccuracy = "balanced_accuracy"
        case recallWeighted = "recall_weighted"
        case precisionWeighted = "precision_weighted"
        case f1Weighted = "f1_weighted"
        case topK = "top_k"
        case logLoss = "log_loss"
        case brierScore = "brier_score"
        case expectedCalibrationError = "expected_calibration_error"
        case perClass = "per_class"
    }

    package init(_ metrics: ClassificationMetrics) {
        loss = metrics.loss?.finite
        accuracy = metrics.accuracy
        errors = metrics.errors
        recallMacro = metrics.macro.recall
        precisionMacro = metrics.macro.precision
        f1Macro = metrics.macro.f1
        rocAUCMacro = metrics.rocAUCMacro
        balancedAccuracy = metrics.balancedAccuracy
        recallWeighted = metrics.weighted.recall
        precisionWeighted = metrics.weighted.precision
        f1Weighted = metrics.weighted.f1
        topK = Dictionary(uniqueKeysWithValues: zip(ClassificationMetrics.topKs, metrics.topK))
        logLoss = metrics.logLoss
        brierScore = metrics.brierScore
        expectedCalibrationError = metrics.expectedCalibrationError
        calibration = metrics.reliability.map(CalibrationReport.init)
        confusion = metrics.confusion
        perClass = zip(metrics.perClass, metrics.rocAUC).map { figures, area in
            PerClass(
                label: figures.label, precision: figures.precision, recall: figures.recall, f1: figures.f1,
                support: figures.support, rocAUC: area)
        }
    }

    /// JSON of several lines, without a line break at its end.
    package var text: String { json.text() }

    package var json: JSON {
        .object([
            "loss": .number(loss), "accuracy": .number(accuracy), "errors": .integer(errors),
            "recall_macro": .number(recallMacro), "precision_macro": .number(precisionMacro),
            "f1_macro": .number(f1Macro), "roc_auc_macro": .number(rocAUCMacro),
            "balanced_accuracy": .number(balancedAccuracy), "recall_weighted": .number(recallWeighted),
            "precision_weighted": .number(precisionWeighted), "f1_weighted": .number(f1Weighted),
            "top_k": topK.map(Self.json) ?? .null, "log_loss": .number(logLoss), "brier_score": .number(brierScore),
            "expected_calibration_error": .number(expectedCalibrationError),
            "calibration": calibration.map { .array($0.map(\.json)) } ?? .null,
            "confusion": .array(confusion.map { .array($0.map { .integer($0) }) }),
            "per_class": .array(perClass.map(\.json)),
        ])
    }

    private static func json(_ topK: [Int: Double?]) -> JSON {
        .object(topK.sorted { $0.key < $1.key }.map { JSON.Member(key: "\($0.key)", value: .number($0.value)) })
    }
}

extension TestReport.PerClass {
    fileprivate var json: JSON {
        .object([
            "label": .integer(label), "precision": .number(precision), "recall": .number(recall), "f1": .number(f1),
            "support": .integer(support), "roc_auc": .number(rocAUC),
        ])
    }
}
