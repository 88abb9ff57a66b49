import Datasets
import Kernels
import Networks
import Specs

/// Makes the batches of a run that trains on distorted images. Every row of every epoch has a distortion of its own,
/// which depends on the seed, the epoch and the row alone.
final class Augmenter {
    private let distortion: ImageDistortion
    private let seed: UInt64
    private let images: ImageSet
    private let scratches: [ImageDistortion.Scratch]
    private let pixels: AlignedBuffer<UInt8>
    private let numbers: [Int32]
    private var labels: [UInt8]

    /// Nil where the spec leaves images unchanged.
    ///
    /// - Parameter capacity: the greatest number of rows of a batch.
    init?(_ training: TrainingConfiguration, images: ImageSet, capacity: Int, threads: Int) {
        guard let distortion = ImageDistortion(training.augmentation, images) else { return nil }
        self.distortion = distortion
        self.images = images
        seed = training.seed
        scratches = (0..<threads).map { _ in ImageDistortion.Scratch(distortion) }
        pixels = AlignedBuffer(count: capacity * images.imageBytes)
        numbers = (0..<Int32(capacity)).map { $0 }
        labels = [UInt8](repeating: 0, count: capacity)
    }

    /// Calls `body` with the distorted rows, whose labels are indexed by their place in the batch.
    ///
    /// - Parameters:
    ///   - rows: numbers of the batch's images.
    ///   - epoch: the one under way, from 0.
    ///   - network: its workers distort the images.
    func withBatch<Result>(
        _ rows: UnsafeBufferPointer<Int32>, epoch: Int, network: Network,
        _ body: (ImageBatch, UnsafePointer<UInt8>) -> Result
    ) -> Result {
        let width = images.imageBytes
        for (place, row) in rows.enumerated() { labels[place] = images.labels[Int(row)] }
        return images.pixels.withUnsafeBufferPointer { source in
            guard let source = source.baseAddress else { preconditionFailure("a data set without rows") }
            network.dealOut(rows.count) { worker, places in
                for place in places {
                    var generator = Self.generator(seed: seed, epoch: epoch, row: Int(rows[place]))
                    distortion.distort(
                        source + Int(rows[place]) * width, of: images, &generator, scratches[worker],
                        into: pixels.pointer + place * width)
                }
            }
            return numbers.withUnsafeBufferPointer { numbers in
                labels.withUnsafeBufferPointer { labels in
                    guard let numbers = numbers.baseAddress, let labels = labels.baseAddress else {
                        preconditionFailure("a batch has room for a row")
                    }
                    return body(
                        ImageBatch(pixels: pixels.pointer, width: width, rows: numbers, count: rows.count), labels)
                }
            }
        }
    }

    fileprivate static func generator(seed: UInt64, epoch: Int, row: Int) -> SeededGenerator {
        SeededGenerator(seed: seed, stream: 0x4155 << 48 | UInt64(epoch) << 24 ^ UInt64(row))
    }
}

extension ImageDistortion {
    /// Nil where images stay unchanged.
    fileprivate init?(_ augmentation: Augmentation, _ images: ImageSet) {
        guard !augmentation.changesNothing else { return nil }
        self.init(
            rows: images.rows, columns: images.columns,
            Strengths(
                rotate: augmentation.rotate, shear: augmentation.shear, stretch: augmentation.stretch,
                shift: augmentation.shift, bend: augmentation.bend))
    }

    /// Distorts one of the images, all its channels alike.
    fileprivate func distort(
        _ image: UnsafePointer<UInt8>, of images: ImageSet, _ generator: inout SeededGenerator, _ scratch: Scratch,
        into out: UnsafeMutablePointer<UInt8>
    ) {
        let (channels, count) = (images.shape.channels, images.rows * images.columns)
        guard channels > 1 else { return distort(image, &generator, scratch, into: out) }
        var plane = [UInt8](repeating: 0, count: count)
        var distorted = plane
        let start = generator
        for channel in 0..<channels {
            generator = start
            for pixel in 0..<count { plane[pixel] = image[pixel * channels + channel] }
            plane.withUnsafeBufferPointer { plane in
                distorted.withUnsafeMutableBufferPointer { distorted in
                    guard let plane = plane.baseAddress, let distorted = distorted.baseAddress else { return }
                    distort(plane, &generator, scratch, into: distorted)
                }
            }
            for pixel in 0..<count { out[pixel * channels + channel] = distorted[pixel] }
        }
    }
}

extension ImageSet {
    /// An image as a run sees it in one of its epochs.
    ///
    /// - Parameters:
    ///   - row: its number, from 0, among these images.
    ///   - epoch: from 0.
    /// - Returns: rows × columns bytes.
    package func distorted(_ row: Int, _ augmentation: Augmentation, seed: UInt64, epoch: Int) -> [UInt8] {
        let image = Array(self.image(row))
        guard let distortion = ImageDistortion(augmentation, self) else { return image }
        var generator = Augmenter.generator(seed: seed, epoch: epoch, row: row)
        var out = image
        out.withUnsafeMutableBufferPointer { out in
            image.withUnsafeBufferPointer { image in
                guard let image = image.baseAddress, let out = out.baseAddress else { return }
                distortion.distort(image, of: self, &generator, ImageDistortion.Scratch(distortion), into: out)
            }
        }
        return out
    }
}
