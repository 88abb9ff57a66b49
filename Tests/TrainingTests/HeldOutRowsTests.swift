import Datasets
import Kernels
import Specs
import Testing
import Training

/// Runs whose validation rows are not the last ones, or whose classes don't count the same.
@Suite struct HeldOutRowsTests {
    private var labels: [UInt8] { SmallData.dataset.train.labels }

    private func trainer(_ line: String, _ dataset: Dataset = SmallData.dataset) throws -> Trainer {
        try Trainer(spec: try SmallData.spec(line), dataset: dataset, threads: 2)
    }

    @Test(
        "A run trains on some rows and is evaluated on the others, and both keep the file's numbers",
        arguments: ["split=shuffled splitseed=1842", "split=shuffled splitseed=0", "split=stratified"])
    func rows(words: String) throws {
        let trainer = try trainer("8relu val=0.2 batch=40 \(words)")
        let (training, validation) = (trainer.split.training, trainer.split.validation)
        #expect(training.count == 400 && validation.count == 100)
        #expect(Set(training).union(validation) == Set(0..<500))
        #expect(training.range == nil && validation.range == nil)
        let evaluation = try #require(trainer.evaluateValidation())
        #expect(evaluation.rows == validation && evaluation.labels == validation.map { labels[$0] })
        // Each row by itself, in the same place.
        for (place, row) in validation.enumerated().prefix(5) {
            let alone = trainer.evaluate(
                SmallData.dataset.train, rows: RowNumbers(row..<(row + 1)), source: .validation)
            #expect(alone.probabilities == Array(evaluation.probabilities(ofRow: place)))
        }
    }

    @Test("The seed of the rows held out is none of the weights', and another holds others out")
    func seeds() throws {
        func validation(_ words: String) throws -> RowNumbers { try trainer("8relu val=0.2 \(words)").split.validation }
        let one = try validation("split=shuffled")
        #expect(try validation("split=shuffled seed=9") == one)
        #expect(try validation("split=shuffled splitseed=1") == one)
        #expect(try validation("split=shuffled splitseed=2") != one)
    }

    @Test("Stratified rows have about their share of each class")
    func stratified() throws {
        let counts = ClassCounts(try trainer("8relu val=0.2 split=stratified").split, SmallData.dataset)
        for (trained, heldOut) in zip(counts.training, counts.validation) {
            #expect(abs(Double(heldOut) - 0.2 * Double(trained + heldOut)) < 1)
        }
    }

    @Test("Mean and deviation of the inputs are those of the rows to train on")
    func scaling() throws {
        let trainer = try trainer("8relu val=0.2 split=shuffled scale=standard")
        let pixels = trainer.split.training.flatMap { SmallData.dataset.train.image($0).map(Double.init) }
        let mean = pixels.reduce(0, +) / Double(pixels.count)
        let deviation = (pixels.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(pixels.count)).squareRoot()
        let transform = trainer.network.transform
        #expect(abs(Double(transform.multiply) * deviation - 1) < 1e-6)
        #expect(abs(Double(transform.add) + mean / deviation) < 1e-5)
    }

    @Test("What is drawn of the network shows the rows held out")
    func inspected() throws {
        let trainer = try trainer("8relu-6tanh val=0.2 split=shuffled")
        let inspector = Inspector(trainer)
        inspector.receive(
            Watch(units: Watch.Units(layer: 1, units: [0, 1, 2]), map: .validation))
        let found = try #require(inspector.answer(isTraining: false))
        let validation = trainer.split.validation
        #expect(found.sample == SampledRows(rows: validation, areValidation: true))
        #expect(found.map?.rows == validation && found.map?.areTraining == false)
        #expect(found.units.allSatisfy { $0.strongest.allSatisfy(validation.contains) })
    }

    @Test("Rows that can't be stratified are refused with the class's name")
    func refused() {
        let images = ImageSet(
            pixels: [UInt8](repeating: 0, count: 6 * 36), labels: [0, 1, 0, 1, 2, 3], rows: 6, columns: 6)
        let names = ["cat", "dog", "owl", "fox"]
        let dataset = Dataset(name: "pets", train: images, test: images, classes: 4, classNames: names)
        let error = #expect(throws: TrainingError.self) { try trainer("8relu split=stratified val=0.5", dataset) }
        #expect(
            error?.description
                == "split=stratified: class owl has one row, which can't be both trained on and held out; "
                + "expected 2 of each class")
        let few = #expect(throws: TrainingError.self) { try trainer("8relu split=stratified val=0.005") }
        #expect(
            few?.description
                == "split=stratified: 497 rows to train on and 3 held out; expected one of each of the 4 "
                + "classes at least in both")
    }

    // MARK: - Class weights

    /// 60 rows: 40 of class 0, 15 of class 1, 5 of class 2 and none of class 3.
    private static let skewed: Dataset = {
        let twelve: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2]
        let labels = [[UInt8]](repeating: twelve, count: 5).flatMap(\.self)
        var generator = SeededGenerator(seed: 4)
        let pixels = (0..<2_160).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        let images = ImageSet(pixels: pixels, labels: labels, rows: 6, columns: 6)
        return Dataset(name: "skewed", train: images, test: images, classes: 4)
    }()

    @Test("Balanced weights are scikit-learn's, of the rows to train on and the classes that occur")
    func weights() throws {
        let all = try trainer("8relu val=0 classweight=balanced", Self.skewed)
        // 60 rows of 3 classes.
        let ofAll: [Float] = [60 / 120, 60 / 45, 60 / 15, 1]
        #expect(ClassWeights.weights(.balanced, all.split, Self.skewed) == ofAll)
        // The last 12 rows are 8, 3 and 1 of the classes.
        let most = try trainer("8relu val=0.2 classweight=balanced", Self.skewed)
        let ofMost: [Float] = [48 / 96, 48 / 36, 48 / 12, 1]
        #expect(ClassWeights.weights(.balanced, most.split, Self.skewed) == ofMost)
        #expect(ClassWeights.weights(.none, most.split, Self.skewed) == nil)
    }

    @Test("Training counts rare classes more, and evaluations count all rows the same")
    func training() throws {
        let (plain, balanced) = (
            try trainer("8relu val=0.2 batch=48", Self.skewed),
            try trainer("8relu val=0.2 batch=48 classweight=balanced", Self.skewed)
        )
        #expect(plain.evaluateValidation() == balanced.evaluateValidation())
        let weights = try #require(ClassWeights.weights(.balanced, balanced.split, Self.skewed))
        let before = balanced.evaluate(Self.skewed.train, rows: balanced.split.training, source: .validation)
        let wanted = zip(before.losses, before.labels).reduce(0.0) { $0 + Double($1.0 * weights[Int($1.1)]) }
        #expect(abs(balanced.step().lossSum / wanted - 1) < 1e-5)
        _ = plain.step()
        #expect(plain.network.tensors() != balanced.network.tensors())
    }
}
