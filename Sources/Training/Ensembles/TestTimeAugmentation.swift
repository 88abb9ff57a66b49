import DataFormats
import Kernels
import Specs

/// Distorted copies of each image whose probabilities are averaged with those of the image itself.
///
/// Simard et al. (2003) distort to train; averaging over distortions when predicting is usual since Krizhevsky et al.,
/// "ImageNet Classification with Deep Convolutional Neural Networks" (2012). No rectangle is erased.
package struct TestTimeAugmentation: Sendable, Equatable {
    /// Distorted copies of each image.
    package let count: Int
    /// How images are distorted; nil for what each network was trained with.
    package let augmentation: Augmentation?
    /// What the parts of the augmentation are multiplied by.
    package let strength: Double
    /// The distortion of a copy depends on it, on the copy, the image's number and the network alone.
    package let seed: UInt64

    package init(count: Int, augmentation: Augmentation? = nil, strength: Double, seed: UInt64) {
        (self.count, self.augmentation, self.strength, self.seed) = (count, augmentation, strength, seed)
    }

    /// The distortion for a network's images.
    ///
    /// - Returns: nil where its training images were not distorted, and no augmentation is given.
    func distortion(_ training: TrainingConfiguration, _ shape: ImageShape) -> ImageDistortion? {
        let parts = augmentation ?? training.augmentation
        let width = augmentation == nil ? training.inkWidth.flatMap { $0.isOne ? nil : $0.first...$0.last } : nil
        var strengths = ImageDistortion.Strengths(
            rotate: parts.rotate, shear: parts.shear, stretch: parts.stretch, shift: parts.shift, bend: parts.bend)
        (strengths.noise, strengths.width) = (parts.noise, width)
        strengths = strengths.scaled(by: parts.strength.last * strength)
        guard strengths.movesPixels || strengths.noise > 0 else { return nil }
        return ImageDistortion(rows: shape.rows, columns: shape.columns, strengths)
    }

    /// The generator of one copy.
    ///
    /// - Parameters:
    ///   - copy: from 1.
    ///   - row: the image's number.
    ///   - member: the network's number, from 0.
    func generator(copy: Int, row: Int, member: Int) -> SeededGenerator {
        SeededGenerator(
            seed: seed, stream: 0x5454 << 48 ^ UInt64(member) << 40 ^ UInt64(copy) << 24 ^ UInt64(row))
    }
}
