import DataFormats
import Datasets
import Specs
import Testing
import Training

@Suite("Training on distorted images")
struct AugmentationTests {
    private func trainer(_ line: String, dataset: Dataset = SmallData.dataset, threads: Int = 1) throws -> Trainer {
        try Trainer(spec: try SmallData.spec(line), dataset: dataset, threads: threads)
    }

    private func train(_ trainer: Trainer, steps: Int) {
        for _ in 0..<steps {
            if trainer.epochIsComplete { _ = trainer.finishEpoch() }
            _ = trainer.step()
        }
    }

    /// The data set with training images as a run sees them in its first epoch.
    private func distorted(_ augmentation: Augmentation, seed: UInt64) -> Dataset {
        let train = SmallData.dataset.train
        let pixels = (0..<train.count).flatMap { train.distorted($0, augmentation, seed: seed, epoch: 0) }
        let images = ImageSet(pixels: pixels, labels: train.labels, rows: train.rows, columns: train.columns)
        return Dataset(name: "distorted", train: images, test: SmallData.dataset.test, classes: SmallData.classes)
    }

    @Test(arguments: [Augmentation(.affine), Augmentation(.elastic)])
    func `a run sees every image distorted, and what is measured as it is`(augmentation: Augmentation) throws {
        let run = try trainer("12relu batch=32 seed=3 augment=\(augmentation.preset)")
        let plain = try trainer("12relu batch=32 seed=3", dataset: distorted(augmentation, seed: 3))
        for trainer in [run, plain] { train(trainer, steps: trainer.batchesPerEpoch) }
        #expect(run.runningMeans.loss == plain.runningMeans.loss)
        #expect(run.network.tensors() == plain.network.tensors())
        #expect(run.evaluateTest().losses == plain.evaluateTest().losses)
        let undistorted = try trainer("12relu batch=32 seed=3")
        train(undistorted, steps: undistorted.batchesPerEpoch)
        #expect(run.network.tensors() != undistorted.network.tensors())
    }

    @Test func `images are distorted anew at every epoch, and alike for one seed`() {
        let images = SmallData.dataset.train
        let first = images.distorted(7, Augmentation(.elastic), seed: 1, epoch: 0)
        #expect(images.distorted(7, Augmentation(.elastic), seed: 1, epoch: 0) == first)
        #expect(images.distorted(7, Augmentation(.elastic), seed: 1, epoch: 1) != first)
        #expect(images.distorted(7, Augmentation(.elastic), seed: 2, epoch: 0) != first)
        #expect(images.distorted(7, Augmentation(.affine), seed: 1, epoch: 0) != first)
        #expect(images.distorted(7, .none, seed: 1, epoch: 0) == Array(images.image(7)))
    }

    @Test func `the channels of an image are distorted alike, each as a grey image`() {
        let grey = SmallData.dataset.train
        let pixels = grey.pixels.flatMap { [$0, 255 - $0, $0] }
        let shape = ImageShape(rows: grey.rows, columns: grey.columns, channels: 3)
        let images = ImageSet(pixels: pixels, labels: grey.labels, shape: shape)
        let inverted = ImageSet(
            pixels: grey.pixels.map { 255 - $0 }, labels: grey.labels, rows: grey.rows, columns: grey.columns)
        let found = images.distorted(7, Augmentation(.elastic), seed: 1, epoch: 0)
        let channels = (0..<3).map { channel in stride(from: channel, to: found.count, by: 3).map { found[$0] } }
        let expected = grey.distorted(7, Augmentation(.elastic), seed: 1, epoch: 0)
        #expect(channels == [expected, inverted.distorted(7, Augmentation(.elastic), seed: 1, epoch: 0), expected])
    }

    @Test func `the number of threads and a break change no bit`() throws {
        let line = "12tanh-9relu batch=20 epochs=4 augment=elastic shear=12"
        let whole = try trainer(line)
        train(whole, steps: 60)
        let shared = try trainer(line, threads: 3)
        train(shared, steps: 60)
        #expect(shared.network.tensors() == whole.network.tensors())
        let begun = try trainer(line, threads: 2)
        train(begun, steps: 37)
        let resumed = try trainer(line)
        try resumed.restore(begun.state)
        train(resumed, steps: 23)
        #expect(resumed.network.tensors() == whole.network.tensors())
    }

    @Test(arguments: [
        ("augment=affine", "rotate=12 stretch=0.12 shift=1"), ("augment=elastic", "bend=1.2 augment=affine"),
        ("augment=elastic shear=10", "rotate=12 shear=10 stretch=0.12 shift=1 bend=1.2"),
    ])
    func `a preset is its parts, in whatever order the line has them`(preset: String, parts: String) throws {
        let images = SmallData.dataset.train
        let specs = try [preset, parts].map { try SmallData.spec("12relu \($0)") }
        for row in 0..<20 {
            let seen = specs.map { images.distorted(row, $0.training.augmentation, seed: 1, epoch: 0) }
            #expect(seen[0] == seen[1] && seen[0] != Array(images.image(row)))
        }
        for spec in specs { #expect(try ExperimentSpec(canonical: spec.description) == spec) }
        #expect(specs[0].description.hasSuffix(preset))
    }

    @Test(arguments: ["rotate=20", "shear=20", "stretch=0.3", "shift=2", "bend=1"])
    func `each part distorts by itself, and without any images stay as they are`(part: String) throws {
        let images = SmallData.dataset.train
        let augmentation = try SmallData.spec("12relu \(part)").training.augmentation
        for row in 0..<10 {
            #expect(images.distorted(row, augmentation, seed: 1, epoch: 0) != Array(images.image(row)))
        }
        let name = part.prefix { $0 != "=" }
        let none = try SmallData.spec("12relu \(name)=0").training.augmentation
        #expect(none.changesNothing && images.distorted(3, none, seed: 1, epoch: 0) == Array(images.image(3)))
    }

    @Test func `shear slants an upright bar to both sides, by no more than its angle`() throws {
        let bar = (0..<784).map { (4..<24).contains($0 / 28) && (12..<16).contains($0 % 28) ? UInt8(200) : 0 }
        let images = ImageSet(pixels: bar, labels: [0], rows: 28, columns: 28)
        let augmentation = try SmallData.spec("12relu shear=20").training.augmentation
        func middle(_ image: [UInt8], _ row: Int) -> Double {
            let line = image[(row * 28)..<(row * 28 + 28)].map(Double.init)
            return line.indices.reduce(0) { $0 + Double($1) * line[$1] } / line.reduce(0, +)
        }
        // The tangent of the angle, from two rows that stay where they are.
        let slants = (0..<200).map { epoch in
            let image = images.distorted(0, augmentation, seed: 1, epoch: epoch)
            return (middle(image, 6) - middle(image, 21)) / 15
        }
        let most = 0.3640
        #expect(slants.allSatisfy { abs($0) < most + 0.01 })
        #expect((slants.max() ?? 0) > 0.9 * most && (slants.min() ?? 0) < -0.9 * most)
        #expect(abs(slants.reduce(0, +) / 200) < 0.05)
    }

    /// An image of a class as a run sees it in an epoch.
    private func seen(_ line: String, class label: Int = 0, epoch: Int = 0, of image: [UInt8]) throws -> [UInt8] {
        let images = ImageSet(pixels: image, labels: [UInt8(label)], rows: 28, columns: 28)
        return images.asFed(0, try SmallData.spec("12relu \(line)").training, epoch: epoch)
    }

    private static let bar = (0..<784).map {
        (4..<24).contains($0 / 28) && (12..<16).contains($0 % 28) ? UInt8(200) : 0
    }

    @Test func `erase makes a rectangle of up to a third black, in its share of the images`() throws {
        let white = [UInt8](repeating: 255, count: 784)
        var erased: [Int] = []
        for epoch in 0..<400 {
            let image = try seen("erase=0.25 seed=\(epoch)", of: white)
            let black = image.indices.filter { image[$0] == 0 }
            #expect(image.allSatisfy { $0 == 0 || $0 == 255 })
            guard let first = black.first, let last = black.last else { continue }
            // All between the corners, and nothing else.
            let columns = (first % 28)...(last % 28)
            #expect(black.count == (last / 28 - first / 28 + 1) * columns.count)
            erased.append(black.count)
        }
        #expect((75...125).contains(erased.count))
        #expect(erased.allSatisfy { $0 <= 262 } && erased.contains { $0 < 60 } && erased.contains { $0 > 150 })
    }

    @Test func `noise has its deviation on grey, and is another one in each image and epoch`() throws {
        let grey = [UInt8](repeating: 128, count: 784)
        let images = try (0..<40).map { try seen("noise=0.1", epoch: $0, of: grey) }
        let values = images.joined().map { Double($0) - 128 }
        let deviation = (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
        #expect(abs(deviation - 25.5) < 0.5 && abs(values.reduce(0, +)) / Double(values.count) < 0.5)
        #expect(Set(images).count == 40)
        // Values stay within a byte.
        #expect(try seen("noise=1", of: grey).contains(0) && seen("noise=1", of: grey).contains(255))
    }

    @Test func `width draws that of the ink between two numbers`() throws {
        var widths: [Int] = []
        for seed in 0..<200 {
            let box = (0..<784).map { (4..<24).contains($0 / 28) && (8..<20).contains($0 % 28) ? UInt8(255) : 0 }
            let image = try seen("width=10..20 seed=\(seed)", of: box)
            let columns = (0..<28).filter { column in (0..<28).contains { image[$0 * 28 + column] >= 128 } }
            widths.append(columns.count)
        }
        #expect(widths.allSatisfy { (9...21).contains($0) })
        #expect(widths.contains { $0 <= 11 } && widths.contains { $0 >= 19 })
    }

    @Test func `classes of mild are turned half as far, and shifted as the others`() throws {
        let line = "rotate=30 shift=2"
        for seed in 0..<20 {
            let settings = "seed=\(seed)"
            let milder = try seen("\(line) \(settings) mild=1,3", class: 3, of: Self.bar)
            #expect(try milder == seen("rotate=15 shift=2 \(settings)", of: Self.bar))
            #expect(try milder == seen("\(line) \(settings) mild=1,3", class: 1, of: Self.bar))
            let usual = try seen("\(line) \(settings) mild=1,3", class: 2, of: Self.bar)
            #expect(try usual == seen("\(line) \(settings)", of: Self.bar) && usual != milder)
        }
    }

    @Test func `strength goes from its first number to its last over the epochs`() throws {
        let line = "rotate=30 stretch=0.2 bend=1 epochs=5"
        #expect(try seen("\(line) strength=0..1", epoch: 0, of: Self.bar) == Self.bar)
        let half = try seen("\(line) strength=0..1", epoch: 2, of: Self.bar)
        #expect(try half == seen("rotate=15 stretch=0.1 bend=0.5", epoch: 2, of: Self.bar))
        for (strength, epoch) in [("0..1", 4), ("0..1", 9), ("0.5..1.5", 2), ("1", 3)] {
            let full = try seen("\(line) strength=\(strength)", epoch: epoch, of: Self.bar)
            #expect(try full == seen(line, epoch: epoch, of: Self.bar), "\(strength) at \(epoch)")
        }
        // A run takes the epoch under way.
        let run = try trainer("12relu epochs=3 batch=32 augment=elastic strength=0..1")
        let plain = try trainer("12relu epochs=3 batch=32")
        for trainer in [run, plain] { train(trainer, steps: trainer.batchesPerEpoch) }
        #expect(run.network.tensors() == plain.network.tensors())
        for trainer in [run, plain] { train(trainer, steps: 1) }
        #expect(run.network.tensors() != plain.network.tensors())
    }

    @Test func `a run of straightened images is one of a data set with straight images, in all that is measured`()
        throws
    {
        let line = "12relu batch=32 scale=standard"
        let form = InkForm(straightens: true, width: 14)
        let small = SmallData.dataset
        let formed = Dataset(
            name: "formed", train: form.applied(to: small.train), test: form.applied(to: small.test),
            classes: small.classes)
        let run = try trainer("\(line) deslant=true width=14")
        let plain = try trainer(line, dataset: formed)
        for trainer in [run, plain] { train(trainer, steps: trainer.batchesPerEpoch) }
        #expect(run.network.tensors() == plain.network.tensors() && run.facts.pixels == plain.facts.pixels)
        #expect(run.evaluateTest().probabilities == plain.evaluateTest().probabilities)
        #expect(run.evaluateValidation()?.losses == plain.evaluateValidation()?.losses)
        #expect(try RunFacts(run.spec, small).pixels == plain.facts.pixels)
        let other = try trainer(line)
        #expect(other.evaluateTest().probabilities != run.evaluateTest().probabilities)
    }
}

extension ImageSet {
    /// An image as a run with one augmentation sees it.
    fileprivate func distorted(_ row: Int, _ augmentation: Augmentation, seed: UInt64, epoch: Int) -> [UInt8] {
        var training = TrainingConfiguration()
        (training.augmentation, training.seed) = (augmentation, seed)
        return asFed(row, training, epoch: epoch)
    }
}
