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

    @Test(arguments: [Augmentation.affine, .elastic])
    func `a run sees every image distorted, and what is measured as it is`(augmentation: Augmentation) throws {
        let run = try trainer("12relu batch=32 seed=3 augment=\(augmentation.rawValue)")
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
        let first = images.distorted(7, .elastic, seed: 1, epoch: 0)
        #expect(images.distorted(7, .elastic, seed: 1, epoch: 0) == first)
        #expect(images.distorted(7, .elastic, seed: 1, epoch: 1) != first)
        #expect(images.distorted(7, .elastic, seed: 2, epoch: 0) != first)
        #expect(images.distorted(7, .affine, seed: 1, epoch: 0) != first)
        #expect(images.distorted(7, .none, seed: 1, epoch: 0) == Array(images.image(7)))
    }

    @Test func `the channels of an image are distorted alike, each as a grey image`() {
        let grey = SmallData.dataset.train
        let pixels = grey.pixels.flatMap { [$0, 255 - $0, $0] }
        let shape = ImageShape(rows: grey.rows, columns: grey.columns, channels: 3)
        let images = ImageSet(pixels: pixels, labels: grey.labels, shape: shape)
        let inverted = ImageSet(
            pixels: grey.pixels.map { 255 - $0 }, labels: grey.labels, rows: grey.rows, columns: grey.columns)
        let found = images.distorted(7, .elastic, seed: 1, epoch: 0)
        let channels = (0..<3).map { channel in stride(from: channel, to: found.count, by: 3).map { found[$0] } }
        let expected = grey.distorted(7, .elastic, seed: 1, epoch: 0)
        #expect(channels == [expected, inverted.distorted(7, .elastic, seed: 1, epoch: 0), expected])
    }

    @Test func `the number of threads and a break change no bit`() throws {
        let line = "12tanh-9relu batch=20 epochs=4 augment=elastic"
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
}
