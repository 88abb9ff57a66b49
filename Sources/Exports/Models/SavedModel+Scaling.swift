import DataFormats
import Datasets
import Kernels
import Specs
import Training

extension SavedModel {
    /// Whether the scaling of the inputs depends on the training images: their mean and deviation were not recorded.
    package var scalingNeedsData: Bool { spec.training.scale == .standard && recordedPixels == nil }

    /// The size of its images as it was recorded; nil where it was not.
    package var imageShape: ImageShape? { report?.dataset.images?.shape(inputs: spec.network.inputs) }

    /// Mean and deviation of the pixels that it was trained on; nil where they were not recorded.
    private var recordedPixels: PixelStatistics? {
        report?.dataset.pixels.flatMap { $0.areOfBytes ? $0 : nil }
    }

    /// The names of its classes as they were recorded; nil where they were not.
    package var classNames: [String]? {
        let names = report?.dataset.classes?.map(\.name) ?? annotations.classNames
        return names?.count == spec.network.classes ? names : nil
    }

    /// The map from pixel bytes to inputs.
    ///
    /// - Parameter dataset: the one that the network was trained on; needed only where `scalingNeedsData`.
    /// - Throws: `TrainingError` if the data set's images or classes are not the network's.
    package func inputTransform(_ dataset: Dataset?) throws(TrainingError) -> InputTransform {
        guard let dataset else {
            if spec.training.scale == .standard, let recordedPixels { return recordedPixels.transform }
            precondition(!scalingNeedsData, "standard scaling needs the data set")
            let none = ImageSet(pixels: [], labels: [], rows: 0, columns: 0)
            return InputTransform(spec.training.scale, images: none, rows: RowNumbers(0..<0))
        }
        let rows = try Trainer.split(spec, dataset).training
        // Only mean and deviation need all images in their form.
        let images = spec.training.scale == .standard ? dataset.formed(spec.training).train : dataset.train
        return InputTransform(spec.training.scale, images: images, rows: rows)
    }
}
