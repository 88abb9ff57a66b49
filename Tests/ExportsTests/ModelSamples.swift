import Datasets
import Exports
import Foundation
import NumPyFiles
import Reports
import Specs
import TestSupport
import Testing
import Training

/// A small data set and a network trained on it.
enum ModelSamples {
    /// 24 and 8 images of 2 × 3 pixels in three classes, as folder of IDX files too.
    static let images = dataset(count: 24)

    static func dataset(count: Int) -> Dataset {
        let pixels = (0..<(count * 6)).map { UInt8($0 * 37 % 256) }
        let labels = (0..<count).map { UInt8($0 % 3) }
        let train = ImageSet(pixels: pixels, labels: labels, rows: 2, columns: 3)
        let test = ImageSet(pixels: Array(pixels.prefix(48)), labels: Array(labels.prefix(8)), rows: 2, columns: 3)
        return Dataset(name: "small", train: train, test: test, classes: 3)
    }

    /// Two epochs of the spec.
    static func run(_ line: String = "4tanh+drop0.2-5relu epochs=2 batch=4 val=0.25") throws -> RunExport {
        let spec = try ExperimentSpec(parsing: line, inputs: 6, classes: 3)
        let trainer = try Trainer(spec: spec, dataset: images, threads: 1)
        var epochs: [EpochFigures] = []
        while trainer.epoch < spec.training.epochs {
            _ = trainer.step()
            if trainer.epochIsComplete {
                var figures = trainer.finishEpoch().figures
                (figures.seconds, figures.gradientNorm, figures.wallSeconds) = (0.5, 0.25, 0.75)
                epochs.append(figures)
            }
        }
        let test = trainer.evaluateTest()
        let report = RunReport(
            line: RunLine(spec: spec), dataset: .init(name: "small", train: 18, validation: 6, test: 8), threads: 1,
            epochs: epochs,
            test: ClassificationMetrics(test))
        return RunExport(line: RunLine(spec: spec), report: report, tensors: trainer.network.tensors(), test: test)
    }
}
