import DataFormats
import Datasets
import Kernels
import Networks
import Specs

/// Makes the batches of a run that trains on distorted images. Every row of every epoch has a distortion of its own,
/// which depends on the seed, the epoch and the row alone.
final class Augmenter {
    private let augmentation: Augmentation
    private let width: SettingInterval?
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
        guard let distortion = ClassDistortions(training, images) else { return nil }
        augmentation = training.augmentation
        width = training.inkWidth
        self.images = images
        seed = training.seed
        scratches = (0..<threads).map { _ in ImageDistortion.Scratch(distortion.usual) }
        pixels = AlignedBuffer(count: capacity * images.imageBytes)
        numbers = (0..<Int32(capacity)).map { $0 }
        labels = [UInt8](repeating: 0, count: capacity)
    }

    /// Calls `body` with the distorted rows, whose labels are indexed by their place in the batch.
    ///
    /// - Parameters:
    ///   - rows: numbers of the batch's images.
    ///   - epoch: the one under way, from 0.
    ///   - epochs: all that are planned.
    ///   - network: its workers distort the images.
    func withBatch<Result>(
        _ rows: UnsafeBufferPointer<Int32>, epoch: Int, of epochs: Int, network: Network,
        _ body: (ImageBatch, UnsafePointer<UInt8>) -> Result
    ) -> Result {
        let width = images.imageBytes
        let distortions = ClassDistortions(augmentation, inkWidth: self.width, images, epoch: epoch, of: epochs)
        for (place, row) in rows.enumerated() { labels[place] = images.labels[Int(row)] }
        return images.pixels.withUnsafeBufferPointer { source in
            guard let source = source.baseAddress else { preconditionFailure("a data set without rows") }
            network.dealOut(rows.count) { worker, places in
                for place in places {
                    var generator = Self.generator(seed: seed, epoch: epoch, row: Int(rows[place]))
                    distortions.of(images.labels[Int(rows[place])]).distort(
                        source + Int(rows[place]) * width, images.shape, &generator, scratches[worker],
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

/// The distortions of an epoch: of most classes, and of those that are turned less.
private struct ClassDistortions {
    let usual: ImageDistortion
    private let milder: ImageDistortion
    private let isMild: [Bool]

    /// Rotation and slant of the classes that are turned less, beside those of the others.
    private static let milderShare = 0.5

    /// Those of the strengths as they are given; nil where a spec leaves images unchanged.
    init?(_ training: TrainingConfiguration, _ images: ImageSet) {
        guard training.drawsImages else { return nil }
        self.init(training.augmentation, inkWidth: training.inkWidth, images, factor: 1)
    }

    /// - Parameters:
    ///   - epoch: from 0.
    ///   - epochs: all that are planned.
    init(_ augmentation: Augmentation, inkWidth: SettingInterval?, _ images: ImageSet, epoch: Int, of epochs: Int) {
        self.init(augmentation, inkWidth: inkWidth, images, factor: augmentation.factor(epoch: epoch, of: epochs))
    }

    private init(_ augmentation: Augmentation, inkWidth: SettingInterval?, _ images: ImageSet, factor: Double) {
        var strengths = ImageDistortion.Strengths(
            rotate: augmentation.rotate, shear: augmentation.shear, stretch: augmentation.stretch,
            shift: augmentation.shift, bend: augmentation.bend)
        (strengths.erase, strengths.noise) = (augmentation.erase, augmentation.noise)
        strengths.width = inkWidth.flatMap { $0.isOne ? nil : $0.first...$0.last }
        usual = ImageDistortion(rows: images.rows, columns: images.columns, strengths.scaled(by: factor))
        milder = ImageDistortion(
            rows: images.rows, columns: images.columns, strengths.scaled(by: factor, turning: Self.milderShare))
        isMild = augmentation.mild.isEmpty ? [] : (0...255).map(augmentation.mild.contains)
    }

    /// That of the images of a class.
    func of(_ label: UInt8) -> ImageDistortion { !isMild.isEmpty && isMild[Int(label)] ? milder : usual }
}

extension ImageDistortion {
    /// Distorts an image of a shape, all its channels alike.
    func distort(
        _ image: UnsafePointer<UInt8>, _ shape: ImageShape, _ generator: inout SeededGenerator, _ scratch: Scratch,
        into out: UnsafeMutablePointer<UInt8>
    ) {
        let (channels, count) = (shape.channels, shape.rows * shape.columns)
        guard channels > 1 else { return distort(image, &generator, scratch, into: out) }
        var plane = [UInt8](repeating: 0, count: count)
        var distorted = plane
        let start = generator
        var inkWidth = 0
        for channel in 0..<channels where strengths.width != nil {
            for pixel in 0..<count { plane[pixel] = image[pixel * channels + channel] }
            inkWidth = max(inkWidth, plane.withUnsafeBufferPointer { $0.baseAddress.map(self.inkWidth) ?? 0 })
        }
        for channel in 0..<channels {
            generator = start
            for pixel in 0..<count { plane[pixel] = image[pixel * channels + channel] }
            plane.withUnsafeBufferPointer { plane in
                distorted.withUnsafeMutableBufferPointer { distorted in
                    guard let plane = plane.baseAddress, let distorted = distorted.baseAddress else { return }
                    distort(plane, &generator, scratch, inkWidth: inkWidth, into: distorted)
                }
            }
            for pixel in 0..<count { out[pixel * channels + channel] = distorted[pixel] }
        }
    }
}

extension ImageSet {
    /// An image as a run trains on it in one of its epochs.
    ///
    /// - Parameters:
    ///   - row: its number, from 0, among these images.
    ///   - epoch: from 0.
    /// - Returns: rows × columns × channels bytes.
    package func asFed(_ row: Int, _ training: TrainingConfiguration, epoch: Int) -> [UInt8] {
        var image = Array(self.image(row))
        if let form = InkForm(training) { image = form.applied(to: image, shape) }
        guard ClassDistortions(training, self) != nil else { return image }
        let distortion = ClassDistortions(
            training.augmentation, inkWidth: training.inkWidth, self, epoch: epoch, of: training.epochs
        ).of(labels[row])
        var generator = Augmenter.generator(seed: training.seed, epoch: epoch, row: row)
        var out = image
        out.withUnsafeMutableBufferPointer { out in
            image.withUnsafeBufferPointer { image in
                guard let image = image.baseAddress, let out = out.baseAddress else { return }
                distortion.distort(image, shape, &generator, ImageDistortion.Scratch(distortion), into: out)
            }
        }
        return out
    }
}
