import ArgumentParser
import Datasets
import Experiments
import NumPyFiles
import Training

/// `trainspotter export`: a saved network for other programs.
struct ExportCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case keras, onnx, html, tensorboard, npz, npy, csv, json
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
                           --out FILE
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

    @Option(help: ArgumentHelp("Where to; what is there is replaced.", valueName: "path"))
    var out: String?

    @OptionGroup var data: DataOptions

    func run() throws {
        let model = try model.load()
        try checkOut()
        if [.csv, .json].contains(format) { return try writeRecord(of: model) }
        for path in try write(model) { try printResult(path) }
    }

    private func checkOut() throws(CommandFailure) {
        let takesFolder = [.npy, .tensorboard].contains(format)
        if let out, out.isEmpty || (!takesFolder && out.hasSuffix("/")) {
            throw .usage("--out \(out): expected a \(takesFolder ? "folder" : "file")")
        }
        if format == .tensorboard, out == nil {
            throw .usage("--format tensorboard: expected --out with TensorBoard's log folder")
        }
    }

    private func write(_ model: SavedModel) throws -> [String] {
        let export = ModelExport(model)
        do {
            switch format {
            case .keras:
                return try export.writeKeras(to: out ?? model.folder + "/model.py", dataFolder: try dataFolder(model))
            case .onnx:
                let dataset = model.scalingNeedsData ? try data.load(of: model) : nil
                let transform = try model.inputTransform(dataset)
                return try export.writeONNX(to: out ?? model.folder + "/model.onnx", transform: transform)
            case .html:
                let dataset = try data.load(of: model)
                return try export.writeHTML(
                    to: out ?? model.folder + "/report.html", dataset: dataset, test: try test(model, dataset))
            case .tensorboard:
                let dataset = try data.load(of: model)
                return try export.writeTensorBoard(
                    to: out ?? model.folder, dataset: dataset, test: try test(model, dataset), end: model.savedAt)
            case .npz: return try export.writeArchive(to: out ?? model.folder + "/weights.npz")
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

    /// Writes what was recorded of the run.
    private func writeRecord(of model: SavedModel) throws(CommandFailure) {
        guard let report = model.report else { throw CommandFailure(ExportError.noHistory(model: model.weightsPath)) }
        let text = format == .csv ? HistoryTable.text(report.epochs) : report.text + "\n"
        guard let out else { return try printResult(String(text.dropLast())) }
        let file = OutputFile(option: "--out", path: out)
        try file.check()
        try file.write(text)
        try printResult(out)
    }

    private func test(_ model: SavedModel, _ dataset: Dataset) throws(CommandFailure) -> Evaluation {
        try model.trainer(dataset, threads: ThreadOptions.standard).evaluateTest()
    }

    private func dataFolder(_ model: SavedModel) throws(CommandFailure) -> String {
        let source = try data.source(of: model)
        do throws(DataError) { return try source.folder() } catch { throw CommandFailure(error) }
    }
}
