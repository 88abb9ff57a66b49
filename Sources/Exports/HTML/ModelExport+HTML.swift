import Datasets
import Training

extension ModelExport {
    /// A report as one HTML page.
    ///
    /// - Parameter test: the model's evaluation of the data set's test images.
    package func html(dataset: Dataset, test: Evaluation) -> String {
        var annotations = model.annotations
        annotations.line = model.line
        return HTMLReport(
            name: name, annotations: annotations, spec: model.spec, report: model.report, test: test, dataset: dataset
        ).text
    }
}
