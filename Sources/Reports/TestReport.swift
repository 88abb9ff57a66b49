import Training

/// The figures of a test set: the `test` object of a run's JSON, and the result of `evaluate`.
///
/// Every key is always written. Keys that older reports lack are optional, so that such reports can be read.
package struct TestReport: Equatable, Sendable, Decodable {
    /// The figures of one class against the rest.
    package struct PerClass: Equatable, Sendable, Decodable {
        /// The class, from 0.
        package var label: Int
        /// Share of the rows predicted as the class that are of it, 0 ... 1; 0 without such rows.
        package var precision: Double
        /// Share of the class's rows that are predicted as it, 0 ... 1.
        package var recall: Double
        /// The harmonic mean of precision and recall.
        package var f1: Double
        /// Rows of the class.
        package var support: Int
        /// Area under its ROC curve, 0 ... 1; nil where the class is absent, or is the only one.
        package var rocAUC: Double?

        enum CodingKeys: String, CodingKey {
            case label, precision, recall, f1, support
            case rocAUC = "roc_auc"
        }
    }

    /// Mean loss with regularization; nil in reports without it.
    package var loss: Double?
    /// Share of right predictions, 0 ... 1.
    package var accuracy: Double
    /// Rows that are predicted as another class.
    package var errors: Int
    /// Unweighted mean of the classes' recalls, 0 ... 1.
    package var recallMacro: Double
    /// Unweighted mean of the classes' precisions, 0 ... 1.
    package var precisionMacro: Double
    /// Unweighted mean of the classes' F1 scores, 0 ... 1.
    package var f1Macro: Double
    /// Unweighted mean of the areas under the classes' ROC curves, 0 ... 1; nil where one of them is.
    package var rocAUCMacro: Double?
    /// Mean recall of the classes that occur in the truth, 0 ... 1.
    package var balancedAccuracy: Double?
    /// Mean of the recalls, weighted by support, 0 ... 1.
    package var recallWeighted: Double?
    /// Mean of the precisions, weighted by support, 0 ... 1.
    package var precisionWeighted: Double?
    /// Mean of the F1 scores, weighted by support, 0 ... 1.
    package var f1Weighted: Double?
    /// Top-k accuracies by k.
    package var topK: [Int: Double?]?
    /// See `ScoredRows.logLoss()`.
    package var logLoss: Double?
    /// See `ScoredRows.brierScore()`, 0 ... 2.
    package var brierScore: Double?
    /// Expected calibration error of the diagram with the most bins, 0 ... 1.
    package var expectedCalibrationError: Double?
    /// Reliability diagrams; empty where a value is no probability.
    package var calibration: [CalibrationReport]?
    /// The confusion matrix: rows true, columns predicted.
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

    /// The object that `text` prints.
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
