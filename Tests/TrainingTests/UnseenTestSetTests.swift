import Datasets
import Dispatch
import Neural
import Testing
import Training

/// The test set measures a run and steers nothing.
@Suite(.timeLimit(.minutes(1))) struct UnseenTestSetTests {
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
        return result
    }

    @Test(
        "Another test set, looked at after every batch or never, changes no bit of a run",
        arguments: ["12relu", "16tanh+drop0.3-8silu adamw scale=standard l2=1e-3"])
    func sameRun(line: String) throws {
        let plain = try train(line, on: SmallData.dataset, asks: false)
        for (dataset, asks) in [(SmallData.dataset, true), (Self.misleading, false), (Self.misleading, true)] {
            let other = try train(line, on: dataset, asks: asks)
            #expect(other.figures == plain.figures)
            #expect(other.validations == plain.validations)
            #expect(other.state == plain.state)
        }
    }

    @Test("The two test sets are told apart: the same network is good on one and bad on the other")
    func otherFigures() throws {
        let accuracies = try [SmallData.dataset, Self.misleading].map { dataset in
            let trainer = try Trainer(spec: try SmallData.spec("16relu lr=0.01"), dataset: dataset, threads: 1)
            for _ in 0..<3 {
                while !trainer.epochIsComplete { _ = trainer.step() }
                _ = trainer.finishEpoch()
            }
            return trainer.evaluateTest().accuracy
        }
        #expect(accuracies[0] > 0.9 && accuracies[1] < 0.1)
    }

    @Test("A run that nobody asks measures the test set once, after its last epoch")
    func onceAtTheEnd() throws {
        let news = DispatchSemaphore(value: 0)
        let session = TrainingSession(
            spec: try SmallData.spec("8relu epochs=4"), dataset: SmallData.dataset, threads: 1
        ) { news.signal() }
        var events: [TrainingEvent] = []
        while !events.contains(.finished), news.wait(timeout: .now() + 10) == .success {
            events += session.takeEvents()
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
