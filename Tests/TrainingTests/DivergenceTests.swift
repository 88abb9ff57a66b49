import Datasets
import Specs
import Testing
import Training

/// The detector on courses of real runs, and on made-up ones.
@Suite(.timeLimit(.minutes(40))) struct DivergenceTests {
    private static let mnist = Result { try DatasetSource.mnist.load() }

    /// A run on MNIST up to the first loss that is no number: the batch, from 1, at which it was told, and that at which
    /// the numbers ran out.
    private func course(_ line: String) throws -> (told: Int?, finding: Divergence.Finding?, noNumber: Int?) {
        let spec = try ExperimentSpec(parsing: line)
        let trainer = try Trainer(spec: spec, dataset: try Self.mnist.get(), threads: 1)
        var divergence = Divergence(
            loss: spec.training.loss, classes: spec.network.classes, batchesPerEpoch: trainer.batchesPerEpoch)
        var told: Int?
        var batches = 0
        while trainer.epoch < spec.training.epochs {
            let rows = trainer.runningMeans.rows
            let loss = trainer.step().lossSum / Double(trainer.runningMeans.rows - rows)
            batches += 1
            guard loss.isFinite else { return (told, divergence.finding, batches) }
            if divergence.batchFinished(loss: loss) != nil { told = batches }
            if trainer.epochIsComplete { _ = trainer.finishEpoch() }
        }
        return (told, divergence.finding, nil)
    }

    @Test(
        "A run that has diverged is told",
        arguments: [
            "200tanh lr=10 epochs=1", "200tanh sgd lr=5 epochs=1", "200 lr=1 epochs=1", "none sgd lr=100 epochs=1",
            "200tanh lr=10 batch=1000 epochs=9",
        ])
    func diverged(line: String) throws {
        let course = try course(line)
        #expect(course.told != nil)
        let finding = try #require(course.finding)
        #expect(finding.loss > 10 * finding.chance && finding.loss > 10 * finding.least)
        #expect(abs(finding.chance - 2.302585) < 1e-6)
    }

    @Test("A run on its way to infinity is told before it is there")
    func rushing() throws {
        let course = try course("200 scale=raw sgd lr=0.01 epochs=1")
        let (told, end) = (try #require(course.told), try #require(course.noNumber))
        #expect(told < end && end < 100)
    }

    /// The notebook's preset, raw pixels with losses that begin in the hundreds, high rates whose first steps jump to
    /// thousands, a penalty that is greater than the loss, one batch an epoch, and runs that learn well or nothing.
    @Test(
        "A run that learns, spikes and comes down, or learns nothing, is not said to have diverged",
        arguments: [
            "8tanh scale=raw epochs=2", "200relu scale=raw epochs=1", "200 scale=raw epochs=1",
            "1000relu-500relu scale=raw lr=0.01 epochs=1", "100relu-200relu-100relu epochs=1",
            "512relu lr=0.1 epochs=1", "64relu rmsprop lr=0.1 momentum=0.9 epochs=1", "200tanh l2=1 epochs=1",
            "200relu batch=54000 lr=1 epochs=30", "64relu batch=1 epochs=1 val=0.9",
            "100relu-100relu sgd lr=1 epochs=1", "200tanh loss=mse lr=10 epochs=1",
        ])
    func fine(line: String) throws {
        let course = try course(line)
        #expect(course.told == nil && course.noNumber == nil, "\(String(describing: course.finding))")
    }

    /// Batches of 50 as one value each.
    private func told(_ values: [Double], first: Double = 2) -> Int? {
        var divergence = Divergence(loss: Loss(), classes: 10, batchesPerEpoch: 1000)
        var told: Int?
        for (index, value) in ([first] + values.flatMap { Array(repeating: $0, count: 50) }).enumerated() {
            if divergence.batchFinished(loss: value) != nil, told == nil { told = index }
        }
        return told
    }

    @Test("Four windows in a row have to be ten times as high, and not come down")
    func bounds() {
        #expect(told([30, 30, 30]) == nil && told([30, 30, 30, 30]) == 199)
        #expect(told([30, 30, 2, 30, 30, 30, 2, 30]) == nil)
        #expect(told([22, 22, 22, 22, 22, 22]) == nil, "not ten times what guessing costs")
        #expect(told([300, 250, 200, 150, 100, 70, 40, 20, 10]) == nil)
        #expect(told([300, 250, 200, 190, 190, 190, 190, 190], first: 100) == nil, "it began high")
        #expect(told([2, 1, 0.5, 0.2, 0.1, 40, 40, 40, 40, 40]) == 449)
        #expect(told([1e7], first: 2) == 5)
        #expect(told([.nan, .infinity, .nan, .infinity, .nan]) == nil)
    }
}
