import Datasets
import Training

extension ModelExport {
    /// Writes a report as one HTML page.
    ///
    /// - Parameters:
    ///   - test: what the model says of the data set's test images.
    /// - Throws: `ExportError`.
    public func writeHTML(to path: String, dataset: Dataset, test: Evaluation) throws(ExportError) -> [String] {
        var annotations = model.annotations
        annotations.line = model.line
        let report = HTMLReport(
            name: name, annotations: annotations, spec: model.spec, report: model.report, test: test,
            dataset: dataset)
        let (folder, file) = Self.split(path)
        try DerivedFiles.check(folder, isFor: model.specLine)
        var files = StagedFiles(folder: folder)
        files.add(file, text: report.text)
        try files.commit()
        return ["\(folder)/\(file)"]
    }
}
