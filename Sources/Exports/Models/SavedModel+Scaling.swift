import Datasets
import Kernels
import Specs
import Training

extension SavedModel {
    /// Whether the scaling of the inputs depends on the training images.
    package var scalingNeedsData: Bool { spec.training.scale == .standard }

    /// The map from pixel bytes to inputs.
    ///
    /// - Parameter dataset: the one that the network was trained on; needed only where `scalingNeedsData`.
    /// - Throws: `TrainingError` if the data set's images or classes are not the network's.
    package func inputTransform(_ dataset: Dataset?) throws(TrainingError) -> InputTransform {
        guard let dataset else {
            precondition(!scalingNeedsData, "standard scaling needs the data set")
            let none = ImageSet(pixels: [], labels: [], rows: 0, columns: 0)
            return InputTransform(spec.training.scale, images: none, rows: RowNumbers(0..<0))
        }
        let rows = try Trainer.split(spec, dataset).training
        return InputTransform(spec.training.scale, images: dataset.train, rows: rows)
    }
}
