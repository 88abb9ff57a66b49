import ArgumentParser
import DataFormats
import Datasets
import Exports
import Files
import Foundation
import NumPyFiles
import Training

/// `trainspotter export`: a saved network for other programs.
struct ExportCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case keras, onnx, html, tensorboard, npz, npy, predictions, csv, json
    }

    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a saved network for other programs.",
        discussion: """
            FORMATS
              keras        a Python program that builds the network, loads the weights
                           and measures them on the test set: model.py in the model's
                           folder, or --out FILE with the weights beside it
              onnx         the whole network for inference, pixel bytes in and
                           probabilities out: model.onnx in the model's folder, or
                           --out FILE. onnxruntime agrees to 1e-5 where the sums
                           before the softmax are small; float32 rounds larger ones
                           coarser (scale=raw, exponential, very large weights),
                           and a sum within rounding of where an activation jumps
                           (threshold, hard_shrink, relu with a threshold) can come
                           out on the other side
              html         a report to read and to send: curves, confusion matrix, the
                           most wrong digits, how to repeat it; one page without
                           network or script: report.html in the model's folder, or
                           --out FILE
              tensorboard  event files for TensorBoard with the curves, the confusion
                           matrix and the worst mistakes: in a folder of the model's
                           name below --out FOLDER
              npz          all weights in one file: weights.npz in the model's folder,
                           or --out FILE
              npy          a file for each tensor, 0.kernel.npy of shape (inputs,
                           units), 0.bias.npy (units) and so on: in the model's
                           folder, or --out FOLDER
              predictions  a saved run's probabilities for the test set, images by
                           classes: predictions.npy in the model's folder, or
                           --out FILE
              csv          the history, as Keras's CSVLogger has it: to standard
                           output, or --out FILE
              json         history and results as `train --json` gives them: to
                           standard output, or --out FILE

            EXAMPLES
              trainspotter export digits --format keras
              trainspotter export digits --format onnx --out digits.onnx
              trainspotter export digits --format html
              trainspotter export digits --format npy --out digits-npy
            """)

    @OptionGroup var model: ModelArgument

    @Option(help: "What to write.")
    var format: Format

    @Option(help: ArgumentHelp("Where to; what is there is replaced.", valueName: "path"), completion: .file())
    var out: String?

    @OptionGroup var data: DataOptions

    func run() throws { for path in try files() { try printLine(path) } }

    /// Writes the files.
    ///
    /// - Returns: their paths; none where standard output is the result.
    func files() throws -> [String] {
        try checkOut()
        let chosen = try model.load()
        try outputs(of: chosen).check()
        guard let model = chosen.single else { return try write(chosen) }
        return [.csv, .json].contains(format) ? try writeRecord(of: model) : try write(model)
    }

    /// Formats of one file, which can go anywhere; others have weights or a spec beside them.
    private var isOneFile: Bool { [.onnx, .html, .npz, .predictions, .csv, .json].contains(format) }

    private func checkOut() throws(CommandFailure) {
        let takesFolder = [.npy, .tensorboard].contains(format)
        if let out, out.isEmpty || (!takesFolder && out.hasSuffix("/")) {
            throw .usage("--out \(out): expected a \(takesFolder ? "folder" : "file")")
        }
        var isFolder: ObjCBool = false
        if let out, FileManager.default.fileExists(atPath: out, isDirectory: &isFolder),
            isFolder.boolValue != takesFolder
        {
            let (wanted, found) = takesFolder ? ("folder", "file") : ("file", "folder")
            throw .usage("--out \(out): expected a \(wanted), found a \(found)")
        }
        if format == .tensorboard, out == nil {
            throw .usage("--format tensorboard: expected --out with TensorBoard's log folder")
        }
        if let out, !isOneFile, out == "-" || (format == .keras && FileTarget.isOpenEnded(out)) {
            throw .usage("--out \(out): \(format) is more than one file; expected a \(takesFolder ? "folder" : "file")")
        }
    }

    /// A file that `--out` names, and the input that it must not replace. Weights may replace themselves.
    private func outputs(of model: SavedEnsemble) throws(CommandFailure) -> OutputFiles {
        var outputs = OutputFiles()
        guard isOneFile || format == .keras else { return outputs }
        if [.csv, .json].contains(format) { outputs.add("--out", out) } else { outputs.add(export: "--out", out) }
        outputs.keep(self.model.store)
        if format != .npz { outputs.keep(model) }
        if let source = data.named(by: model.members[0]) { outputs.keep(source) }
        return outputs
    }

    /// Writes what an ensemble can be written as.
    private func write(_ ensemble: SavedEnsemble) throws -> [String] {
        do {
            let path: String
            let bytes: [UInt8]
            switch format {
            case .html:
                let dataset = try data.load(of: ensemble, other: Self.report)
                let members = try ensemble.network(dataset, threads: ThreadOptions.standard).evaluateMembers(
                    dataset.test, rows: RowNumbers(0..<dataset.test.count), source: .test)
                path = out ?? ensemble.folder + "/report.html"
                bytes = Array(HTMLEnsemble(ensemble, members: members, dataset: dataset).text.utf8)
            case .onnx:
                let dataset =
                    ensemble.scalingNeedsData
                    ? try data.load(of: ensemble, other: .refused("their mean would make other networks")) : nil
                path = out ?? ensemble.folder + "/model.onnx"
                bytes = try ensemble.onnx(for: path, dataset: dataset)
                if let remark = ensemble.onnxRemark { printError("trainspotter: \(remark)") }
            default:
                throw CommandFailure.usage(
                    "\(ensemble.name) is an ensemble of \(ensemble.members.count) networks, and \(format.rawValue) holds "
                        + "one; expected --format html or onnx, or `trainspotter ensemble \(ensemble.name) --export FOLDER`"
                )
            }
            guard path == "-" else { return try SavedEnsemble.write(bytes, to: path) }
            try OutputFile(option: "--out", path: path).write(bytes)
            return []
        } catch let error as ExportError {
            throw CommandFailure(error)
        } catch let error as EnsembleError {
            throw CommandFailure(error, of: ensemble)
        }
    }

    private func write(_ model: SavedModel) throws -> [String] {
        let export = ModelExport(model)
        do {
            switch format {
            case .keras:
                // The program can be evaluated on other data; the expected figures are the run's.
                if data.data != nil { _ = try data.load(of: model, other: .told) }
                let (path, reader) = try pythonData(model)
                return try export.writeKeras(to: out ?? model.folder + "/model.py", dataPath: path, reader: reader)
            case .onnx:
                let isNamed = data.data != nil && model.spec.training.scale == .standard
                let dataset =
                    model.scalingNeedsData || isNamed
                    ? try data.load(of: model, other: .refused("their mean would make another network")) : nil
                let path = out ?? model.folder + "/model.onnx"
                let bytes = try export.onnx(for: path, transform: try model.inputTransform(dataset))
                if let remark = ONNXModel.remark(on: model.spec, formsImages: model.imageShape != nil) {
                    printError("trainspotter: \(remark)")
                }
                return try write(bytes, to: path, by: export)
            case .html:
                let dataset = try data.load(of: model, other: Self.report)
                let page = export.html(dataset: dataset, test: try test(model, dataset))
                return try write(Array(page.utf8), to: out ?? model.folder + "/report.html", by: export)
            case .tensorboard:
                let dataset = try data.load(of: model, other: Self.report)
                return try export.writeTensorBoard(
                    to: out ?? model.folder, dataset: dataset, test: try test(model, dataset), end: model.savedAt)
            case .npz:
                if out == "-" { return try write(try export.archive(), to: "-", by: export) }
                return try export.writeArchive(to: out ?? model.folder + "/weights.npz")
            case .predictions:
                guard let test = model.test else {
                    throw CommandFailure.usage("--format predictions: no test of these weights is saved")
                }
                return try write(
                    RunExport.predictions(test), to: out ?? model.folder + "/" + RunExport.FileName.predictions,
                    by: export)
            case .npy: return try export.writeSeparate(to: out ?? model.folder)
            case .csv, .json: return []
            }
        } catch let error as ExportError {
            throw CommandFailure(error)
        } catch let error as TrainingError {
            throw CommandFailure(error)
        } catch let error as NumPyError {
            throw CommandFailure.running(error.description)
        }
    }

    /// A report shows curves and the run's line beside the evaluation.
    private static let report = OtherData.refused("a report tells of the run and of them together")

    /// - Returns: the file's path to print; nothing where standard output is the result.
    private func write(_ bytes: [UInt8], to path: String, by export: ModelExport) throws -> [String] {
        guard path == "-" else { return try export.write(bytes, to: path) }
        try OutputFile(option: "--out", path: path).write(bytes)
        return []
    }

    /// Writes the history of the run.
    ///
    /// - Returns: the file; none where standard output is the result.
    private func writeRecord(of model: SavedModel) throws(CommandFailure) -> [String] {
        guard let report = model.report else { throw CommandFailure(ExportError.noHistory(model: model.weightsPath)) }
        let text = format == .csv ? HistoryTable.text(report.epochs, changes: model.line.changes) : report.text + "\n"
        let file = OutputFile(option: "--out", path: out ?? "-")
        try file.write(text)
        return file.isStandardOutput ? [] : [file.path]
    }

    private func test(_ model: SavedModel, _ dataset: Dataset) throws(CommandFailure) -> Evaluation {
        try SavedEnsemble(model).evaluateTest(dataset, threads: ThreadOptions.standard)
    }

    /// Where the model's data set is, and how a Python program reads it.
    private func pythonData(_ model: SavedModel) throws(CommandFailure) -> (path: String, reader: PythonReader) {
        let source = try data.source(of: model)
        do throws(DataError) {
            return (try source.path(), try source.found().python)
        } catch {
            throw CommandFailure(error)
        }
    }
}
