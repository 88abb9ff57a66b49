import Training

/// The figures of a test set: the `test` object of a run's JSON, and what `evaluate` gives.
public struct TestReport: Equatable, Sendable, Decodable {
    public struct PerClass: Equatable, Sendable, Decodable {
        public var label: Int
        public var precision: Double
        public var recall: Double
        public var f1: Double
        public var support: Int
    }

    public var loss: Double?
    public var accuracy: Double
    public var errors: Int
    public var recallMacro: Double
    public var precisionMacro: Double
    public var f1Macro: Double
    public var rocAUCMacro: Double?
    /// Rows true, columns predicted.
    public var confusion: [[Int]]
    public var perClass: [PerClass]

    enum CodingKeys: String, CodingKey {
        case loss, accuracy, errors, confusion
        case recallMacro = "recall_macro"
        case precisionMacro = "precision_macro"
        case f1Macro = "f1_macro"
        case rocAUCMacro = "roc_auc_macro"
        case perClass = "per_class"
    }

    public init(_ metrics: ClassificationMetrics) {
        loss = metrics.loss?.finite
        accuracy = metrics.accuracy
        errors = metrics.errors
        recallMacro = metrics.recallMacro
        precisionMacro = metrics.precisionMacro
        f1Macro = metrics.f1Macro
        rocAUCMacro = metrics.rocAUCMacro?.finite
        confusion = metrics.confusion
        perClass = metrics.perClass.map {
            PerClass(label: $0.label, precision: $0.precision, recall: $0.recall, f1: $0.f1, support: $0.support)
        }
    }

    /// JSON of several lines, without a line break at its end.
    public var text: String { json.text() }

    var json: JSON {
        .object([
            "loss": .number(loss), "accuracy": .number(accuracy), "errors": .integer(errors),
            "recall_macro": .number(recallMacro), "precision_macro": .number(precisionMacro),
            "f1_macro": .number(f1Macro), "roc_auc_macro": .number(rocAUCMacro),
            "confusion": .array(confusion.map { .array($0.map { .integer($0) }) }),
            "per_class": .array(
                perClass.map {
                    .object([
                        "label": .integer($0.label), "precision": .number($0.precision), "recall": .number($0.recall),
                        "f1": .number($0.f1), "support": .integer($0.support),
                    ])
                }),
        ])
    }
}
