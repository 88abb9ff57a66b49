import Datasets
import Foundation
import Kernels
import Runs
import Specs
import Training

/// A small run with all that a store can have of one.
enum StoreSamples {
    static let line = "3tanh+bn adam lr=0.01 epochs=5 batch=10 seed=7 val=0.2 patience=2 ema=0.9"

    static let dataset: Dataset = {
        func images(_ count: Int) -> ImageSet {
            ImageSet(
                pixels: (0..<(4 * count)).map { UInt8(truncatingIfNeeded: 37 * $0) },
                labels: (0..<count).map { UInt8($0 % 3) }, rows: 2, columns: 2)
        }
        return Dataset(name: "dots", train: images(50), test: images(12), classes: 3)
    }()

    static func spec() throws -> ExperimentSpec { try ExperimentSpec(parsing: line, inputs: 4, classes: 3) }

    /// A run in the middle of its third epoch.
    static func trainer() throws -> Trainer {
        let trainer = try Trainer(spec: try spec(), dataset: dataset, threads: 1)
        for _ in 0..<10 {
            _ = trainer.step()
            if trainer.epochIsComplete { _ = trainer.finishEpoch() }
        }
        return trainer
    }

    /// Adds a run to a store; returns its number.
    static func fill(_ store: RunStore) throws -> Int {
        let trainer = try trainer()
        let start = Date(timeIntervalSince1970: 1_700_000_000)
        let run = try store.create(
            NewRun(
                line: try RunLine(parsing: line + " @1+2 lr=3e-3", inputs: 4, classes: 3), dataset: "dots",
                dataSource: "dots", facts: try RunFacts(try spec(), dataset),
                machine: MachineFacts(threads: 1, blas: "Zen", host: "lab"), name: "a run", tags: ["one", "two"],
                started: start))
        var progress = UnsavedProgress()
        progress.epochs = (1...2).map { epoch in
            EpochFigures(
                epoch: epoch, loss: 0.5, accuracy: 0.8, validationLoss: 0.4, validationAccuracy: 0.9,
                learningRate: 0.01, seconds: 0.25)
        }
        progress.checkpoint = trainer.state
        let place = RunPlace(epoch: 2)
        progress.best = SavedWeights(at: place, tensors: trainer.network.tensors())
        progress.final = SavedWeights(at: place, source: .best(epoch: 2), tensors: trainer.network.tensors())
        progress.test = trainer.evaluateTest(at: place, weights: .best(epoch: 2))
        progress.confusions = [
            EpochConfusion(
                epoch: 1, counts: [[3, 1, 0], [0, 2, 0], [1, 0, 3]], sureness: Sureness(right: 4, wrong: 1),
                wrong: RowSet(count: 10) { $0 < 2 })
        ]
        progress.changes = [
            RunChange(LiveChange(.learningRate(3e-3), at: RunPlace(epoch: 1, batch: 2)), time: start)
        ]
        progress.events = [RunEvent(.best, position: 1, time: start, value: 0.1)]
        progress.standing = .init(.stopped, ended: start)
        try store.record(progress, run: run)
        return run
    }
}
