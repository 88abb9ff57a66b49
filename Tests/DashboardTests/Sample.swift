import Dashboard
import Datasets
import Foundation
import Specs
import TerminalUI
import Training

extension LoadedSurvey {
    convenience init?(surveying data: LoadedData) {
        guard let found = DataSurvey(data.dataset) else { return nil }
        self.init(found, of: data)
    }
}

/// States to test with, made by actions alone: a small data set of drawn shapes, and runs with invented figures.
enum Sample {
    static let rows = 100

    /// `rows` + 40 training images and 40 test images of 28 × 28; each class is a ring of its own size.
    static let data = rings(classNames: nil)

    static func rings(classNames: [String]?) -> LoadedData {
        func images(_ count: Int) -> ImageSet {
            var pixels = [UInt8](repeating: 0, count: count * 784)
            for image in 0..<count {
                let radius = 3 + Double(image % 10)
                for y in 0..<28 {
                    for x in 0..<28 {
                        let distance = hypot(Double(x) - 13.5, Double(y) - 13.5)
                        if abs(distance - radius) < 1.2 { pixels[image * 784 + y * 28 + x] = 255 }
                    }
                }
            }
            return ImageSet(pixels: pixels, labels: (0..<count).map { UInt8($0 % 10) }, rows: 28, columns: 28)
        }
        return LoadedData(
            Dataset(
                name: "rings", train: images(rows + 40), test: images(40), classes: 10,
                classNames: classNames))
    }

    /// What a survey finds in `data`.
    static let survey = LoadedSurvey(surveying: data)

    static func state(width: Int = 80, height: Int = 24, look: Look = Look()) -> DashboardState {
        DashboardState(spec: .standard, width: width, height: height, look: look)
    }

    /// With data, a run that has finished `epochs` epochs and is in the middle of the next one.
    static func training(
        width: Int = 80, height: Int = 24, epochs: Int = 4, look: Look = Look(), data: LoadedData = data
    ) -> DashboardState {
        var state = state(width: width, height: height, look: look)
        _ = update(&state, .dataLoaded(data))
        _ = update(&state, .input(.key(.character(" "))))
        let facts = RunFacts(
            parameters: 101_770, trainingRows: 100, validationRows: 40, testRows: 40, batchesPerEpoch: 4)
        _ = update(&state, .event(.started(facts, untrained: evaluation(epoch: 0)), run: 1))
        var history = BatchHistory()
        for epoch in 1...max(1, epochs) {
            for batch in 0..<4 {
                history.append(
                    loss: Float(2.0 / Double(epoch)) + Float(batch % 3) * 0.1, accuracy: 1 - 0.4 / Float(epoch))
            }
            guard epochs > 0 else { break }
            _ = update(&state, .event(.epochFinished(report(epoch)), run: 1))
        }
        _ = update(&state, .snapshot(snapshot(.running, epoch: epochs, batch: 2, history: history), run: 1))
        return state
    }

    static func snapshot(_ state: RunState, epoch: Int, batch: Int, history: BatchHistory) -> TrainingSnapshot {
        TrainingSnapshot(
            state: state, epoch: epoch, batch: batch, batchesPerEpoch: 4, loss: 1.6 / Double(epoch + 1),
            accuracy: 1 - 0.3 / Double(epoch + 1), samplesPerSecond: 412_000, learningRate: 1e-3, history: history)
    }

    static func report(_ epoch: Int) -> EpochReport {
        EpochReport(
            figures: EpochFigures(
                epoch: epoch, loss: 1.5 / Double(epoch), accuracy: 1 - 0.3 / Double(epoch),
                validationLoss: 1.2 / Double(epoch) + 0.05 * Double(epoch),
                validationAccuracy: 1 - 0.25 / Double(epoch),
                learningRate: 1e-3, seconds: 0.25),
            validation: evaluation(epoch: epoch))
    }

    /// 40 rows; every fourth is taken for the class after its own, the more surely the later its row.
    ///
    /// - Parameter every: how many rows have a wrong one among them.
    static func evaluation(
        epoch: Int, batch: Int = 0, source: Evaluation.Source = .validation, every: Int = 4
    ) -> Evaluation {
        var probabilities: [Float] = []
        var losses: [Float] = []
        let labels = (0..<40).map { UInt8($0 % 10) }
        for row in 0..<40 {
            var values = [Float](repeating: 0.01, count: 10)
            let truth = row % 10
            let wrong = row % every == 1
            let sure = 0.55 + Float(row) / 100
            values[wrong ? (truth + 1) % 10 : truth] = sure
            values[wrong ? truth : (truth + 1) % 10] = 0.92 - sure
            probabilities += values
            losses.append(-logf(max(values[truth], 1e-6)))
        }
        let first = source == .validation ? rows : 0
        return Evaluation(
            source: source, rows: RowNumbers(first..<(first + 40)), classes: 10, epoch: epoch, batch: batch,
            labels: labels, probabilities: probabilities, losses: losses)
    }

    /// Presses keys one after another; characters as text, others by `Key`.
    @discardableResult
    static func press(_ state: inout DashboardState, _ keys: Key...) -> [Effect] {
        keys.flatMap { update(&state, .input(.key($0))) }
    }

    static func type(_ state: inout DashboardState, _ text: String) {
        for scalar in text.unicodeScalars { _ = update(&state, .input(.key(.character(scalar)))) }
    }
}
