import Datasets
import Kernels
import Networks
import Specs
import Testing
import Training

@Suite struct TrainerTests {
    /// Trains whole epochs and returns what the network then says of the test set.
    private func train(_ line: String, epochs: Int, threads: Int) throws -> (Trainer, Evaluation) {
        let trainer = try Trainer(spec: try SmallData.spec(line), dataset: SmallData.dataset, threads: threads)
        for _ in 0..<epochs {
            while !trainer.epochIsComplete { _ = trainer.step() }
            _ = trainer.finishEpoch()
        }
        return (trainer, trainer.evaluateTest())
    }

    @Test("A small network learns what can be learned")
    func learns() throws {
        let (trainer, test) = try train("16relu lr=0.01", epochs: 5, threads: 1)
        #expect(test.accuracy > 0.95)
        #expect(trainer.epoch == 5 && trainer.batch == 0)
        #expect(trainer.history.batches == 5 * trainer.batchesPerEpoch)
    }

    @Test(
        "The same seed gives the same bits on one worker and on two",
        arguments: ["16relu", "33tanh+drop0.3-9silu adamw scale=standard l2=1e-3", "none sgd momentum=0.9 batch=7"])
    func sameBits(line: String) throws {
        let (one, first) = try train(line, epochs: 2, threads: 1)
        let (two, second) = try train(line, epochs: 2, threads: 2)
        let (_, again) = try train(line, epochs: 2, threads: 1)
        #expect(first == second && first == again)
        #expect(one.history == two.history)
        let (_, other) = try train(line + " seed=2", epochs: 2, threads: 1)
        #expect(first.probabilities != other.probabilities)
    }

    @Test("Steps that are shared and steps made alone give the same bits in any mixture")
    func mixedSharing() throws {
        let spec = try SmallData.spec("33tanh+drop0.3-200silu adamw")
        var weights: [[Tensor]] = []
        for mixture in [0, 1, 2, 3] {
            let trainer = try Trainer(spec: spec, dataset: SmallData.dataset, threads: 2)
            let labels = SmallData.dataset.train.labels
            let rows = Array(Int32(0)..<32)
            for step in 0..<6 {
                trainer.network.sharesSteps = mixture & (1 + step % 2) == 0
                SmallData.dataset.train.pixels.withUnsafeBufferPointer { pixels in
                    rows.withUnsafeBufferPointer { rows in
                        labels.withUnsafeBufferPointer { labels in
                            guard let pixels = pixels.baseAddress, let rows = rows.baseAddress,
                                let labels = labels.baseAddress
                            else { return }
                            let width = spec.network.inputs
                            let batch = ImageBatch(pixels: pixels, width: width, rows: rows, count: 32)
                            _ = trainer.network.trainStep(batch, labels: labels)
                        }
                    }
                }
            }
            weights.append(trainer.network.tensors())
        }
        #expect(weights.allSatisfy { $0 == weights[0] })
    }

    @Test("The last rows validate, and are what the evaluation speaks of")
    func split() throws {
        let trainer = try Trainer(
            spec: try SmallData.spec("8relu val=0.2"), dataset: SmallData.dataset, threads: 1)
        #expect(trainer.split.training.range == 0..<400 && trainer.split.validation.range == 400..<500)
        let evaluation = try #require(trainer.evaluateValidation())
        #expect(evaluation.rows.range == 400..<500 && evaluation.count == 100 && evaluation.source == .validation)
        #expect(evaluation.labels == Array(SmallData.dataset.train.labels[400...]))
        #expect(trainer.evaluateTest().labels == SmallData.dataset.test.labels)
    }

    @Test("Without a validation share there is no validation")
    func noValidation() throws {
        let trainer = try Trainer(spec: try SmallData.spec("8relu val=0"), dataset: SmallData.dataset, threads: 1)
        #expect(trainer.split.training.range == 0..<500)
        #expect(trainer.evaluateValidation() == nil)
        while !trainer.epochIsComplete { _ = trainer.step() }
        #expect(trainer.finishEpoch().figures.validationLoss == nil)
    }

    @Test(
        "The last, shorter batch is kept; a batch beyond the rows is one batch",
        arguments: [(32, 15), (450, 1), (1_000, 1), (449, 2)])
    func batches(batch: Int, expected: Int) throws {
        let trainer = try Trainer(
            spec: try SmallData.spec("8relu batch=\(batch)"), dataset: SmallData.dataset, threads: 1)
        #expect(trainer.batchesPerEpoch == expected)
        var steps = 0
        while !trainer.epochIsComplete {
            _ = trainer.step()
            steps += 1
        }
        #expect(steps == expected && trainer.runningMeans.rows == 450)
    }

    @Test("An evaluation that is cancelled leaves out the chunks of rows that it has not begun")
    func cancelled() throws {
        final class Flag { var asks = Int.max }
        let flag = Flag()
        let trainer = try Trainer(spec: try SmallData.spec("8relu"), dataset: SmallData.dataset, threads: 1) {
            flag.asks -= 1
            return flag.asks < 0
        }
        #expect(trainer.evaluateTest().probabilities.allSatisfy { $0 > 0 })
        flag.asks = 1
        let half = trainer.evaluateTest().probabilities
        #expect(half.prefix(128 * 4).allSatisfy { $0 > 0 } && half.dropFirst(128 * 4).allSatisfy { $0 == 0 })
    }

    @Test("A network whose making is cancelled is not drawn to its end")
    func cancelledMaking() throws {
        let trainer = try Trainer(
            spec: try SmallData.spec("8relu"), dataset: SmallData.dataset, threads: 1, isCancelled: { true })
        #expect(trainer.network.state.weights.allSatisfy { $0.values.allSatisfy { $0 == 0 } })
    }

    @Test("Spec and data that don't fit together are refused")
    func misfits() throws {
        let inputs = try ExperimentSpec(parsing: "8relu", inputs: 35, classes: 4)
        #expect(throws: TrainingError.inputsDiffer(spec: 35, dataset: 36, name: "stripes")) {
            try Trainer(spec: inputs, dataset: SmallData.dataset, threads: 1)
        }
        let classes = try ExperimentSpec(parsing: "8relu", inputs: 36, classes: 5)
        #expect(throws: TrainingError.classesDiffer(spec: 5, dataset: 4, name: "stripes")) {
            try Trainer(spec: classes, dataset: SmallData.dataset, threads: 1)
        }
        let none = try SmallData.spec("8relu val=0.999")
        #expect(throws: TrainingError.noTrainingRows(500)) {
            try Trainer(spec: none, dataset: SmallData.dataset, threads: 1)
        }
    }
}

@Suite struct InputScalingTests {
    @Test("Unit divides by 255, raw leaves the bytes")
    func simple() {
        let images = SmallData.dataset.train
        let unit = InputTransform(.unit, images: images, rows: RowNumbers(0..<10))
        #expect(unit.multiply * 255 + unit.add == 1 && unit.add == 0)
        #expect(InputTransform(.raw, images: images, rows: RowNumbers(0..<10)) == InputTransform(multiply: 1, add: 0))
    }

    @Test("Standard gives the training rows mean 0 and deviation 1, and looks at no other row")
    func standard() {
        let images = SmallData.dataset.train
        let transform = InputTransform(.standard, images: images, rows: RowNumbers(0..<300))
        let values = images.pixels.prefix(300 * 36).map { Double(Float($0) * transform.multiply + transform.add) }
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        #expect(abs(mean) < 1e-5 && abs(variance - 1) < 1e-5)
        #expect(transform != InputTransform(.standard, images: images, rows: RowNumbers(0..<500)))
    }

    @Test("Images of one grey level are only shifted")
    func constant() {
        let images = ImageSet(pixels: [UInt8](repeating: 7, count: 8), labels: [0, 1], rows: 2, columns: 2)
        let transform = InputTransform(.standard, images: images, rows: RowNumbers(0..<2))
        #expect(transform == InputTransform(multiply: 1, add: -7))
    }
}

@Suite struct EvaluationTests {
    private let evaluation = Evaluation(
        source: .test, classes: 3, epoch: 2, labels: [0, 1, 2, 2],
        probabilities: [0.5, 0.3, 0.2, 0.4, 0.4, 0.2, 0.1, 0.2, 0.7, 0.9, 0.05, 0.05], losses: [0.7, 0.9, 0.4, 3],
        regularization: 0.25)

    @Test("Predictions take the greatest probability, the first one of equals; the confusion counts them")
    func confusion() {
        #expect(evaluation.predictions == [0, 0, 2, 0])
        #expect(evaluation.confusion == [[1, 0, 0], [1, 0, 0], [1, 0, 1]])
        #expect(evaluation.errors == 2 && evaluation.accuracy == 0.5)
    }

    @Test("The loss is the mean of the rows and the regularization")
    func loss() {
        #expect(abs(evaluation.loss - 1.5) < 1e-6)
    }

    @Test("A margin is the truth's probability less the best other one's")
    func margins() {
        let expected: [Float] = [0.2, 0, 0.5, -0.85]
        for row in 0..<4 { #expect(abs(evaluation.margin(ofRow: row) - expected[row]) < 1e-6) }
        #expect(Array(evaluation.probabilities(ofRow: 2)) == [0.1, 0.2, 0.7])
    }
}
