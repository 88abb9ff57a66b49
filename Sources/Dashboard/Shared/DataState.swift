import DataFormats
import Datasets
import Training

/// The data set on its way.
package enum DataState: Equatable, Sendable {
    case loading
    case ready(LoadedData)
    case failed(DataError)

    package var loaded: LoadedData? { if case .ready(let data) = self { data } else { nil } }
}

/// A data set in memory; two are equal if they are the same one.
package final class LoadedData: Sendable, Equatable {
    package let dataset: Dataset
    package init(_ dataset: Dataset) { self.dataset = dataset }
    package static func == (a: LoadedData, b: LoadedData) -> Bool { a === b }

    /// The images that an evaluation speaks of.
    func images(_ source: Evaluation.Source) -> ImageSet { source == .test ? dataset.test : dataset.train }
}
