import Files
import Foundation
import Networks
import NumPyFiles
import Reports
import Specs
import Training

/// A finished run as a folder of files, which `train --export` writes and `SavedModel` reads.
package struct RunExport {
    /// Names within the folder.
    package enum FileName {
        static let weights = "weights.npz"
        static let spec = "spec.txt"
        static let history = "history.csv"
        static let report = "result.json"
        /// The probabilities of the test set.
        package static let predictions = "predictions.npy"
    }

    /// The spec with the run's live changes.
    package let line: RunLine
    /// Layers and settings.
    package var spec: ExperimentSpec { line.spec }
    /// Figures of every epoch and of the test set.
    package let report: RunReport
    /// The final weights, in the network's order.
    package let tensors: [Tensor]
    /// The evaluation of the test set.
    package let test: Evaluation

    package init(line: RunLine, report: RunReport, tensors: [Tensor], test: Evaluation) {
        self.line = line
        self.report = report
        self.tensors = tensors
        self.test = test
    }

    /// Checks before the training that the folder can be written. Makes nothing, so that a run that fails leaves no
    /// empty folder.
    ///
    /// - Throws: `ExportError`.
    package static func check(folder: String) throws(ExportError) {
        try StagedFiles.check(folder: folder)
        for path in paths(in: folder) { try StagedFiles.check(path) }
    }

    /// Paths of the files that `write` makes in a folder.
    package static func paths(in folder: String) -> [String] {
        [FileName.weights, FileName.spec, FileName.history, FileName.report, FileName.predictions].map {
            "\(folder)/\($0)"
        }
    }

    /// Writes `weights.npz`, `spec.txt`, `history.csv`, `result.json` and `predictions.npy`, all or none.
    ///
    /// - Parameter folder: made where there is none; files of these names in it are replaced.
    /// - Returns: files that were made from the folder's former weights, and were removed with them.
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
    /// The probabilities of each test image, images × classes, as a `.npy` file.
    package static func predictions(_ test: Evaluation) -> [UInt8] {
        NPYFile.encode(NumPyArray(shape: [test.count, test.classes], values: test.probabilities))
    }
}

/// The epochs of a run as CSV, as Keras's `CSVLogger` has them: `epoch` from 0, then the figures sorted by name.
package enum HistoryTable {
    /// A line for the header and one for each epoch. A missing value is an empty field; gradient norms and wall time have
    /// a column where one is known.
    ///
    /// - Parameter changes: the run's live changes; if there are any, a last column has those of each epoch.
    package static func text(_ epochs: [RunReport.Epoch], changes: [LiveChange] = []) -> String {
        // Earlier versions recorded neither.
        let (hasNorm, hasWall) = (
            epochs.contains { $0.gradientNorm != nil }, epochs.contains { $0.wallSeconds != nil }
        )
        let columns: [(name: String, isThere: Bool, figure: (RunReport.Epoch) -> Double?)] = [
            ("accuracy", true, \.accuracy), ("gradient_norm", hasNorm, \.gradientNorm),
            ("learning_rate", true, \.learningRate), ("loss", true, \.loss), ("seconds", true, \.seconds),
            ("val_accuracy", true, \.validationAccuracy), ("val_loss", true, \.validationLoss),
            ("wall_seconds", hasWall, \.wallSeconds),
        ].filter(\.isThere)
        let heading = ["epoch"] + columns.map(\.name) + (changes.isEmpty ? [] : ["changes"])
        let rows = epochs.map { epoch in
            let figures = columns.map { $0.figure(epoch).map { "\($0)" } ?? "" }
            let made = changes.isEmpty ? [] : [RunLine.text(of: changes, inEpoch: epoch.epoch)]
            return ["\(epoch.epoch - 1)"] + figures + made
        }
        return ([heading] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
    }
}
