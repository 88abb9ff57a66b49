import Datasets
import Dispatch
import Kernels
import Specs
import TestSupport
import Testing
import Training

/// What is recorded of an epoch beside its losses: the norm of the gradient at its end, and the time that passed.
@Suite(.timeLimit(.minutes(40))) struct EpochRecordTests {
    private func trainer(_ line: String, threads: Int = 1, epochs: Int = 1) throws -> (Trainer, [EpochFigures]) {
        let trainer = try Trainer(spec: try SmallData.spec(line), dataset: SmallData.dataset, threads: threads)
        var figures: [EpochFigures] = []
        for _ in 0..<epochs {
            while !trainer.epochIsComplete { _ = trainer.step() }
            figures.append(trainer.finishEpoch().figures)
        }
        return (trainer, figures)
    }

    @Test("The norm is that of the gradient of the epoch's last rows by all weights, as finite differences give it")
    func norm() throws {
        // One batch: its rows are all rows, whatever their order.
        let spec = try SmallData.spec("none batch=256 sgd lr=1e-7 val=0.5 epochs=1")
        let trainer = try Trainer(spec: spec, dataset: SmallData.dataset, threads: 1)
        #expect(trainer.batchesPerEpoch == 1 && trainer.split.training.count == 250)
        let rows = trainer.split.training
        func loss(_ change: (inout [Float]) -> Void) throws -> Double {
            var tensors = trainer.network.tensors()
            change(&tensors[0].values)
            return try trainer.network.withWeights(tensors) {
                trainer.evaluate(trainer.dataset.train, rows: rows, source: .validation).loss
            }
        }
        let step: Float = 1e-2
        var squares = 0.0
        for index in 0..<(36 * 4) {
            let slope = try loss { $0[index] += step } - loss { $0[index] -= step }
            squares += (slope / Double(2 * step)) * (slope / Double(2 * step))
        }
        // The biases' gradient is the mean error of each class.
        let evaluation = trainer.evaluate(trainer.dataset.train, rows: rows, source: .validation)
        for label in 0..<4 {
            let error = (0..<250).reduce(0.0) { sum, row in
                sum + Double(evaluation.probabilities[row * 4 + label]) - (Int(evaluation.labels[row]) == label ? 1 : 0)
            }
            squares += (error / 250) * (error / 250)
        }
        _ = trainer.step()
        let norm = try #require(trainer.finishEpoch().figures.gradientNorm)
        #expect(abs(norm - squares.squareRoot()) < 2e-3 * norm)
    }

    @Test(
        "The norm is the same for any number of threads, and measuring it changes no bit of the run",
        arguments: ["16relu lr=0.01", "32tanh+drop0.2-16silu+bn adamw lr=0.01 scale=standard l2=1e-4 augment=affine"])
    func changesNothing(line: String) throws {
        let (one, figures) = try trainer(line, epochs: 3)
        let (two, others) = try trainer(line, threads: 2, epochs: 3)
        #expect(figures.map(\.gradientNorm) == others.map(\.gradientNorm))
        #expect(figures.allSatisfy { $0.gradientNorm ?? 0 > 0 && $0.wallSeconds == nil })
        #expect(one.network.state == two.network.state)
        // A run that is taken up again within an epoch measures the same.
        let spec = try SmallData.spec(line)
        let cut = try Trainer(spec: spec, dataset: SmallData.dataset, threads: 1)
        for _ in 0..<7 { _ = cut.step() }
        let resumed = try Trainer(spec: spec, dataset: SmallData.dataset, threads: 1)
        try resumed.restore(cut.state)
        while !resumed.epochIsComplete { _ = resumed.step() }
        #expect(resumed.finishEpoch().figures.gradientNorm == figures[0].gradientNorm)
    }

    @Test("A norm that is no number is none")
    func diverged() throws {
        let (_, figures) = try trainer("8-8-8 sgd lr=1000 scale=raw epochs=1")
        #expect(!figures[0].loss.isFinite && figures[0].gradientNorm == nil)
    }

    @Test("Pauses are left out of an epoch's time, and what a resumed run has trained before belongs to it")
    func clock() {
        let start = ContinuousClock.now
        var clock = EpochClock(start: start, earlier: 0.5)
        clock.leaveOut(.seconds(3))
        #expect(clock.lap(at: start + .seconds(5)) == 2.5)
        #expect(clock.lap(at: start + .seconds(6)) == 1)
        #expect(clock.lap(at: start) == 0, "never negative")
    }

    @Test("In a run an epoch's time is at least that of its training passes")
    func wallTime() throws {
        let news = DispatchSemaphore(value: 0)
        let session = TrainingSession(
            spec: try SmallData.spec("8relu epochs=2"), dataset: SmallData.dataset, threads: 1, paused: false
        ) { news.signal() }
        var epochs: [EpochFigures] = []
        while epochs.count < 2 {
            try #require(news.wait(timeout: Patience.end) == .success)
            for case .epochFinished(let report) in session.takeNews().events { epochs.append(report.figures) }
        }
        session.send(.stop)
        session.waitUntilEnded()
        for figures in epochs { #expect(try #require(figures.wallSeconds) >= figures.seconds) }
        var history = EpochHistory()
        for figures in epochs { history.append(figures) }
        #expect(history.wallSeconds == epochs.compactMap(\.wallSeconds).reduce(0, +))
        #expect(history.points(.gradientNorm).map(\.value) == epochs.compactMap(\.gradientNorm))
    }

    @Test("A history in which one epoch has no time has none from there on")
    func partOfHistory() {
        var history = EpochHistory(capacity: 2)
        func figures(_ epoch: Int, _ wall: Double?) -> EpochFigures {
            EpochFigures(
                epoch: epoch, loss: 1, accuracy: 0, learningRate: 0.1, seconds: 1, gradientNorm: Double(epoch),
                wallSeconds: wall)
        }
        for epoch in 1...3 { history.append(figures(epoch, 2)) }
        #expect(history.wallSeconds == 6 && history.buckets.map(\.wallSecondsAtEnd) == [4, 6])
        #expect(history.points(.gradientNorm).map(\.value) == [1, 2, 3])
        history.append(figures(4, nil))
        #expect(history.wallSeconds == nil && history.seconds == 4)
    }
}
