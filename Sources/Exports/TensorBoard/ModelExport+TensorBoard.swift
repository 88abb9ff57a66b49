import Datasets
import Files
import Foundation
import Reports
import Training

extension ModelExport {
    /// Writes a run's event files into a folder of its own, named after the model.
    ///
    /// - Parameters:
    ///   - folder: TensorBoard's `--logdir`.
    ///   - dataset: the one that the model was trained on.
    ///   - test: the model's evaluation of the test images.
    ///   - end: when the run ended, in seconds since 1970; times of epochs are computed back from it.
    /// - Returns: the run's folder.
    /// - Throws: `ExportError`; `.noHistory` for a model without the results of its run.
    package func writeTensorBoard(
        to folder: String, dataset: Dataset, test: Evaluation, end: Double
    ) throws(ExportError) -> [String] {
        guard let report = model.report else { throw .noHistory(model: model.weightsPath) }
        let log = TensorBoardLog(
            line: model.line, dataset: report.dataset, classNames: dataset.classNames, place: dataset.place,
            annotations: model.annotations)
        let confusions = Dictionary(model.annotations.confusions.map { ($0.epoch, $0.counts) }) { $1 }
        // Earlier versions timed the training passes alone.
        func seconds(_ epoch: RunReport.Epoch) -> Double { epoch.wallSeconds ?? epoch.seconds }
        var time = end - report.epochs.reduce(0) { $0 + seconds($1) }
        var additions = log.opening(at: time)
        for epoch in report.epochs {
            time += seconds(epoch)
            additions += log.epoch(epoch, confusion: confusions[epoch.epoch], at: time)
        }
        additions += log.changes(model.line.changes, at: end)
        additions += log.closing(
            test: test, images: dataset.test, epochs: report.epochs.count, ending: .finished, at: end)
        let run = "\(folder)/\(TensorBoardFolder.distinct(name))"
        for place in TensorBoardLog.Place.allCases {
            let bytes = additions.filter { $0.place == place }.flatMap(\.bytes)
            guard !bytes.isEmpty else { continue }
            var files = StagedFiles(folder: place.rawValue.isEmpty ? run : "\(run)/\(place.rawValue)")
            files.add(TensorBoardFolder.fileName, bytes)
            try files.commit()
        }
        return [run]
    }

    /// The model's name: its folder's, or the weights file's where that has one of its own.
    ///
    /// A saved run has its own name, if it has one.
    var name: String {
        if let name = model.annotations.name { return name }
        let weights = URL(fileURLWithPath: model.weightsPath).standardizedFileURL
        let file = weights.lastPathComponent
        guard file.hasSuffix(".npz"), file != RunExport.FileName.weights else {
            return URL(fileURLWithPath: model.folder).standardizedFileURL.lastPathComponent
        }
        return weights.deletingPathExtension().lastPathComponent
    }
}
