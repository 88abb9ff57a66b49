/// A saved run in a format for other programs.
package struct ExportRequest: Equatable, Sendable {
    /// The formats, as `trainspotter export` has them.
    package enum Format: String, CaseIterable, Sendable {
        case report, npz, npy, keras, onnx, predictions, history

        /// What it is, in the words of a list.
        var words: String {
            switch self {
            case .report: "a report to read and to send, one page"
            case .npz: "all weights in one file, with the spec beside it"
            case .npy: "a file for each tensor, in a folder"
            case .keras: "a Python program with the weights"
            case .onnx: "the network for inference"
            case .predictions: "the probabilities of the test set"
            case .history: "the figures of every epoch, CSV"
            }
        }

        /// The end of the file's name, behind the run's; of a folder's for the format that is one.
        package var ending: String {
            switch self {
            case .report: "-report.html"
            case .npz: ".npz"
            case .npy: "-npy"
            case .keras: "-keras.py"
            case .onnx: ".onnx"
            case .predictions: "-predictions.npy"
            case .history: "-history.csv"
            }
        }
    }

    /// Its number in the store.
    package let run: Int
    /// The format.
    package let format: Format

    package init(run: Int, format: Format) { (self.run, self.format) = (run, format) }

    /// The first name in a folder that nothing has: `run-8.onnx`, `run-8-2.onnx`, ...
    ///
    /// - Parameter isTaken: whether there is a file or a folder of a name.
    package func freeName(_ isTaken: (String) -> Bool) -> String {
        var (name, number) = ("run-\(run)\(format.ending)", 2)
        while isTaken(name) {
            name = "run-\(run)-\(number)\(format.ending)"
            number += 1
        }
        return name
    }
}

/// Writes a saved run for other programs.
///
/// - Parameters:
///   - request: the run and the format.
///   - path: a file, or a folder, that is not there yet.
/// - Returns: the files, or why there are none, in words.
package typealias RunExporter = @Sendable (_ request: ExportRequest, _ path: String) -> Result<[String], OpenedProblem>
