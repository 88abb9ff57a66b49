import Datasets
import Foundation
import Kernels
import Runs
import Specs
import Training

/// Runs to be saved, and a data set that trains in no time.
enum RunSamples {
    static let side = 6
    static let classes = 4
    static let facts = RunFacts(
        parameters: 340, trainingRows: 450, validationRows: 50, testRows: 200, batchesPerEpoch: 15)
    static let machine = MachineFacts(threads: 2, blas: "Zen", host: "lab")
    static let start = Date(timeIntervalSince1970: 1_700_000_000)

    static func spec(_ line: String = "8tanh adam lr=0.01 epochs=5 batch=30 seed=7 val=0.1") throws -> ExperimentSpec {
        try ExperimentSpec(parsing: line, inputs: side * side, classes: classes)
    }

    static func run(
        _ line: String = "8tanh adam lr=0.01 epochs=5 batch=30 seed=7 val=0.1", name: String? = nil, tags: [String] = []
    ) throws -> NewRun {
        NewRun(
            line: RunLine(spec: try spec(line)), dataset: "stripes", dataSource: "stripes", facts: facts,
            machine: machine, name: name,
            tags: tags, started: start)
    }

    static func figures(_ epoch: Int, loss: Double = 0.5, validation: Double? = 0.9) -> EpochFigures {
        EpochFigures(
            epoch: epoch, loss: loss, accuracy: 0.8, validationLoss: validation.map { 1 - $0 },
            validationAccuracy: validation, learningRate: 0.01, seconds: 0.25)
    }

    static func progress(_ epochs: [EpochFigures]) -> UnsavedProgress {
        var progress = UnsavedProgress()
        progress.epochs = epochs
        return progress
    }

    private static func images(_ count: Int, seed: UInt64) -> ImageSet {
        var generator = SeededGenerator(seed: seed)
        var (pixels, labels): ([UInt8], [UInt8]) = ([], [])
        for _ in 0..<count {
            let label = Int(generator.next() % UInt64(classes))
            labels.append(UInt8(label))
            for pixel in 0..<(side * side) {
                pixels.append(pixel % classes == label ? 200 : UInt8(generator.next() % 90))
            }
        }
        return ImageSet(pixels: pixels, labels: labels, rows: side, columns: side)
    }

    static let dataset = Dataset(
        name: "stripes", train: images(500, seed: 1), test: images(200, seed: 2), classes: classes)

    static func trainer(_ line: String, batches: Int) throws -> Trainer {
        let trainer = try Trainer(spec: try spec(line), dataset: dataset, threads: 1)
        for _ in 0..<batches {
            _ = trainer.step()
            if trainer.epochIsComplete { _ = trainer.finishEpoch() }
        }
        return trainer
    }
}
