import Neural
import Training

/// The lines of Keras's CSVLogger: `epoch` from 0, then the figures sorted by name, lines ended as Python's csv does.
public struct CSVLog: Equatable, Sendable {
    private let keys: [String]

    /// The columns of a run: `learning_rate` where ReduceLROnPlateau logs it, and without validation the `val_` ones all
    /// the same, with "NA".
    public init(_ training: TrainingConfiguration) {
        let own = ["accuracy"] + (training.plateau.patience == nil ? [] : ["learning_rate"]) + ["loss"]
        keys = own + (training.validation > 0 ? ["val_accuracy", "val_loss"] : own.map { "val_\($0)" })
    }

    public var header: String { line(["epoch"] + keys) }

    /// One epoch's line.
    public func line(_ figures: EpochFigures) -> String {
        let values: [String: Double?] = [
            "accuracy": figures.accuracy, "learning_rate": figures.learningRate, "loss": figures.loss,
            "val_accuracy": figures.validationAccuracy, "val_loss": figures.validationLoss,
        ]
        return line(["\(figures.epoch - 1)"] + keys.map { key in (values[key] ?? nil).map { "\($0)" } ?? "NA" })
    }

    private func line(_ fields: [String]) -> String { fields.joined(separator: ",") + "\r\n" }
}
