import DataFormats
import Datasets
import Training

/// The state of loading the data set.
package enum DataState: Equatable, Sendable {
    case loading
    case ready(LoadedData)
    case failed(DataError)

    /// The data set; nil while it loads, and where loading failed.
    package var loaded: LoadedData? { if case .ready(let data) = self { data } else { nil } }
}

/// A data set in memory; only the same object is equal.
package final class LoadedData: Sendable, Equatable {
    /// Images, labels and class names.
    package let dataset: Dataset
    package init(_ dataset: Dataset) { self.dataset = dataset }
    package static func == (a: LoadedData, b: LoadedData) -> Bool { a === b }

    /// The images of an evaluation's rows.
    func images(_ source: Evaluation.Source) -> ImageSet { source == .test ? dataset.test : dataset.train }
}
