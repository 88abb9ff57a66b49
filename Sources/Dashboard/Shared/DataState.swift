import DataFormats
import Datasets
import TerminalUI
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
    /// How its images are drawn small: dots suit strokes; where a quarter of the pixels is ink, they would make blots, and
    /// of few pixels a pattern.
    let smallForm: DigitImage.Form
    /// The longer side of images that dots suit, in pixels.
    private static let leastDots = 20

    package init(_ dataset: Dataset) {
        self.dataset = dataset
        let rows = 0..<min(64, dataset.train.count)
        let ink = rows.reduce(0.0) { sum, row in
            let image = dataset.picture(dataset.train, row)
            return sum + DigitImage(pixels: image.pixels, rows: image.rows, columns: image.columns).ink
        }
        let isSmall = max(dataset.train.rows, dataset.train.columns) < LoadedData.leastDots
        smallForm = isSmall || ink > 0.25 * Double(rows.count) ? .smallBlock : .braille
    }

    package static func == (a: LoadedData, b: LoadedData) -> Bool { a === b }

    /// The images of an evaluation's rows.
    func images(_ source: Evaluation.Source) -> ImageSet { source == .test ? dataset.test : dataset.train }
}
