import Datasets
import Dispatch
import Networks
import TestSupport
import Testing
import Training

/// The test set measures a run and steers nothing.
@Suite(.timeLimit(.minutes(40))) struct UnseenTestSetTests {
    /// The same training file, and a test set of other images, whose labels are all wrong.
    private static let misleading: Dataset = {
        let images = SmallData.images(90, seed: 77)
        let wrong = images.labels.map { ($0 + 1) % UInt8(SmallData.classes) }
        let test = ImageSet(pixels: images.pixels, labels: wrong, rows: SmallData.side, columns: SmallData.side)
        return Dataset(
            name: SmallData.dataset.name, train: SmallData.dataset.train, test: test, classes: SmallData.classes)
    }()

    private struct Trained {
        var figures: [EpochFigures] = []
        var validations: [Evaluation?] = []
        var state: NetworkState
        /// After the last epoch.
        var testAccuracy = 0.0
    }

    /// Three epochs; where `asks`, with a look at the test set before the first and after every batch.
    private func train(_ line: String, on dataset: Dataset, asks: Bool) throws -> Trained {
        let trainer = try Trainer(spec: try SmallData.spec(line), dataset: dataset, threads: 1)
        var result = Trained(state: trainer.network.state)
        if asks { _ = trainer.evaluateTest() }
        for _ in 0..<3 {
            while !trainer.epochIsComplete {
                _ = trainer.step()
                if asks { _ = trainer.evaluateTest() }
            }
            let report = trainer.finishEpoch()
            var figures = report.figures
            figures.seconds = 0
            result.figures.append(figures)
            result.validations.append(report.validation)
        }
        result.state = trainer.network.state
        result.testAccuracy = trainer.evaluateTest().accuracy
        return result
    }

    @Test(
        "Another test set, looked at after every batch or never, changes no bit of a run",
        arguments: ["16relu lr=0.01", "32tanh+drop0.2-16silu adamw lr=0.01 scale=standard l2=1e-4"])
    func sameRun(line: String) throws {
        let plain = try train(line, on: SmallData.dataset, asks: false)
        #expect(plain.testAccuracy > 0.8)
        for (dataset, asks) in [(SmallData.dataset, true), (Self.misleading, false), (Self.misleading, true)] {
            let other = try train(line, on: dataset, asks: asks)
            #expect(other.figures == plain.figures)
            #expect(other.validations == plain.validations)
            #expect(other.state == plain.state)
            // Whatever looks at the test set would see another one.
            #expect(
                dataset.test.labels == SmallData.dataset.test.labels
                    ? other.testAccuracy > 0.8 : other.testAccuracy < 0.2)
        }
    }

    @Test("A run that nobody asks measures the test set once, after its last epoch")
    func onceAtTheEnd() throws {
        let news = DispatchSemaphore(value: 0)
        let session = TrainingSession(
            spec: try SmallData.spec("8relu epochs=4"), dataset: SmallData.dataset, threads: 1
        ) { news.signal() }
        var events: [TrainingEvent] = []
        while !events.contains(.finished), news.wait(timeout: Patience.end) == .success {
            events += session.takeNews().events
        }
        session.send(.stop)
        session.waitUntilEnded()
        let names = events.map { event in
            switch event {
            case .started: "start"
            case .epochFinished: "epoch"
            case .testEvaluated: "test"
            case .finished: "end"
            default: "other"
            }
        }
        #expect(names == ["start", "epoch", "epoch", "epoch", "epoch", "test", "end"])
    }
}
