import Files
import Foundation
import Networks
import NumPyFiles
import Reports
import Specs
import Training

/// A finished run as a folder of files: what `train --export` writes and a `SavedModel` reads.
package struct RunExport {
    /// Names within the folder.
    enum FileName {
        static let weights = "weights.npz"
        static let spec = "spec.txt"
        static let history = "history.csv"
        static let report = "result.json"
        static let predictions = "predictions.npy"
    }

    package let line: RunLine
    package var spec: ExperimentSpec { line.spec }
    package let report: RunReport
    package let tensors: [Tensor]
    /// What the network says of the test set.
    package let test: Evaluation

    package init(line: RunLine, report: RunReport, tensors: [Tensor], test: Evaluation) {
        self.line = line
        self.report = report
        self.tensors = tensors
        self.test = test
    }

    /// Finds out before the work starts that the folder could not be written. Makes nothing: a run that fails leaves no
    /// empty folder.
    ///
    /// - Throws: `ExportError`.
    package static func check(folder: String) throws(ExportError) {
        try StagedFiles.check(folder: folder)
        for path in paths(in: folder) { try StagedFiles.check(path) }
    }

    /// The files that `write` makes in a folder.
    package static func paths(in folder: String) -> [String] {
        [FileName.weights, FileName.spec, FileName.history, FileName.report, FileName.predictions].map {
            "\(folder)/\($0)"
        }
    }

    /// Writes `weights.npz`, `spec.txt`, `history.csv`, `result.json` and `predictions.npy`, all or none.
    ///
    /// - Parameter folder: made where there is none; files of these names in it are replaced.
    /// - Returns: what was made from other weights that lay there, and is removed with them.
    /// - Throws: `ExportError`, or `NumPyError.tooLarge`.
    @discardableResult
    package func write(to folder: String) throws -> [String] {
        var files = StagedFiles(folder: folder)
        let weights = try WeightFiles.archive(tensors)
        let isTheSame = FileManager.default.contents(atPath: "\(folder)/\(FileName.weights)") == Data(weights)
        let stale = isTheSame ? [] : DerivedFiles.names(in: folder)
        for name in stale { files.remove(name) }
        files.add(FileName.weights, weights)
        files.add(FileName.spec, text: "\(line)\n")
        files.add(FileName.history, text: HistoryTable.text(report.epochs, changes: line.changes))
        files.add(FileName.report, text: report.text + "\n")
        files.add(FileName.predictions, Self.predictions(test))
        try files.commit()
        return stale.map { "\(folder)/\($0)" }
    }
}

extension RunExport {
    /// The probabilities of each image of a test set, images × classes, as a `.npy` file.
    static func predictions(_ test: Evaluation) -> [UInt8] {
        NPYFile.encode(NumPyArray(shape: [test.count, test.classes], values: test.probabilities))
    }
}

/// The epochs of a run as CSV, as Keras's `CSVLogger` has them: `epoch` from 0, then the figures sorted by name.
package enum HistoryTable {
    /// A line for the header and one for each epoch. What does not exist is an empty field.
    ///
    /// - Parameter changes: what was changed while the run trained; with any, a last column tells those of each epoch.
    package static func text(_ epochs: [RunReport.Epoch], changes: [LiveChange] = []) -> String {
        let columns =
            ["epoch", "accuracy", "learning_rate", "loss", "seconds", "val_accuracy", "val_loss"]
            + (changes.isEmpty ? [] : ["changes"])
        let rows = epochs.map { epoch in
            let figures: [Double?] = [
                epoch.accuracy, epoch.learningRate, epoch.loss, epoch.seconds, epoch.validationAccuracy,
                epoch.validationLoss,
            ]
            let made = changes.isEmpty ? [] : [RunLine.text(of: changes, inEpoch: epoch.epoch)]
            return ["\(epoch.epoch - 1)"] + figures.map { $0.map { "\($0)" } ?? "" } + made
        }
        return ([columns] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
    }
}
