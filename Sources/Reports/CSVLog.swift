import Specs
import Training

/// The lines of Keras's CSVLogger: `epoch` from 0, then the figures sorted by name, lines ended as Python's csv does.
package struct CSVLog: Equatable, Sendable {
    private let keys: [String]
    /// The run's live changes; if there are any, a last column has those of each epoch.
    private let changes: [LiveChange]

    /// The columns of a run: `learning_rate` where ReduceLROnPlateau logs it, and the `val_` columns even without
    /// validation, with "NA".
    ///
    /// - Parameter changes: the live changes of the run's line.
    package init(_ training: TrainingConfiguration, changes: [LiveChange] = []) {
        self.changes = changes
        let own = ["accuracy"] + (training.plateau.patience == nil ? [] : ["learning_rate"]) + ["loss"]
        keys = own + (training.validation > 0 ? ["val_accuracy", "val_loss"] : own.map { "val_\($0)" })
    }

    /// The first line, with the names of the columns.
    package var header: String { line(["epoch"] + keys + (changes.isEmpty ? [] : ["changes"])) }

    /// One epoch's line.
    package func line(_ figures: EpochFigures) -> String {
        let values: [String: Double?] = [
            "accuracy": figures.accuracy, "learning_rate": figures.learningRate, "loss": figures.loss,
            "val_accuracy": figures.validationAccuracy, "val_loss": figures.validationLoss,
        ]
        let made = changes.isEmpty ? [] : [RunLine.text(of: changes, inEpoch: figures.epoch)]
        return line(["\(figures.epoch - 1)"] + keys.map { key in (values[key] ?? nil).map { "\($0)" } ?? "NA" } + made)
    }

    private func line(_ fields: [String]) -> String { fields.joined(separator: ",") + "\r\n" }
}
