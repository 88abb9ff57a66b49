import Datasets
import Dispatch
import Foundation
import Specs
import TestSupport
import Testing
import Training

/// The thread of a run, asked and listened to as the dashboard does.
@Suite(.timeLimit(.minutes(40))) struct TrainingSessionTests {
    /// A session and everything that it has said so far.
    private final class Listener {
        let session: TrainingSession
        private let news: DispatchSemaphore
        private(set) var events: [TrainingEvent] = []
        private(set) var snapshots: [TrainingSnapshot] = []

        init(_ line: String, paused: Bool = false, threads: Int = 1) throws {
            let news = DispatchSemaphore(value: 0)
            self.news = news
            session = TrainingSession(
                spec: try SmallData.spec(line), dataset: SmallData.dataset, threads: threads, paused: paused
            ) { news.signal() }
        }

        /// Listens until something has been said.
        func listen(until isSaid: (Listener) -> Bool) -> Bool {
            while !isSaid(self) {
                guard news.wait(timeout: Patience.end) == .success else { return false }
                let heard = session.takeNews()
                events += heard.events
                if let snapshot = heard.snapshot { snapshots.append(snapshot) }
            }
            return true
        }

        func stop() -> Bool {
            session.send(.stop)
            let said = listen { $0.events.last == .stopped && $0.last?.state == .stopped }
            session.waitUntilEnded()
            return said
        }

        var last: TrainingSnapshot? { snapshots.last }
        var test: Evaluation? {
            events.compactMap { if case .testEvaluated(let evaluation) = $0 { evaluation } else { nil } }.last
        }
        var epochs: [Int] {
            events.compactMap { if case .epochFinished(let report) = $0 { report.figures.epoch } else { nil } }
        }
    }

    @Test("A run tells its facts, every epoch, the test set and its end, in this order")
    func wholeRun() throws {
        let run = try Listener("8relu epochs=3")
        #expect(run.listen { $0.events.contains(.finished) && $0.last?.state == .finished })
        guard case .started(let facts, let untrained?) = run.events.first else {
            Issue.record("the first event is the start, with an evaluation")
            return
        }
        #expect(facts.trainingRows == 450 && facts.validationRows == 50 && facts.testRows == 200)
        #expect(facts.parameters == 36 * 8 + 8 + 8 * 4 + 4 && facts.batchesPerEpoch == 15)
        #expect(untrained.epoch == 0 && untrained.count == 50)
        #expect(run.epochs == [1, 2, 3])
        #expect(run.events.count == 6 && run.events.last == .finished)
        #expect(run.test?.epoch == 3 && run.test?.source == .test)
        #expect(run.last?.epoch == 3 && run.last?.history.batches == 45)
        #expect(run.stop())
    }

    @Test("A paused run waits; each single batch shows; an epoch ends at its last batch")
    func steps() throws {
        let run = try Listener("8relu epochs=3", paused: true)
        #expect(run.listen { $0.last?.state == .paused && $0.last?.batch == 0 })
        for batch in 1...3 {
            run.session.send(.stepBatch)
            #expect(run.listen { $0.last?.batch == batch && $0.last?.state == .paused })
        }
        run.session.send(.stepEpoch)
        #expect(run.listen { $0.last?.epoch == 1 && $0.last?.state == .paused })
        #expect(run.last?.batch == 0 && run.epochs == [1])
        #expect(run.stop())
    }

    @Test("A pause is told with its position, and the run goes on from there to its end")
    func pauseAndResume() throws {
        let run = try Listener("8relu epochs=1000000")
        #expect(run.listen { $0.epochs.count >= 2 })
        run.session.send(.pause)
        #expect(run.listen { $0.last?.state == .paused })
        let position = try #require(run.last?.position)
        #expect(run.events.last == .paused(position: position))
        run.session.send(.resume)
        #expect(run.listen { ($0.last?.position ?? 0) > position && $0.last?.state == .running })
        #expect(run.stop())
    }

    @Test("Pausing, stepping and the number of workers change no bit")
    func pausingChangesNothing() throws {
        let line = "12tanh+drop0.2 epochs=2 seed=5"
        let straight = try Listener(line)
        #expect(straight.listen { $0.events.contains(.finished) })
        let broken = try Listener(line, paused: true, threads: 2)
        for step in [TrainingCommand.stepBatch, .stepBatch, .stepEpoch, .stepBatch] {
            let before = broken.last?.history.batches ?? 0
            broken.session.send(step)
            #expect(broken.listen { ($0.last?.history.batches ?? 0) > before && $0.last?.state == .paused })
        }
        broken.session.send(.resume)
        #expect(broken.listen { $0.events.contains(.finished) })
        #expect(straight.test == broken.test && straight.test != nil)
        #expect(straight.stop() && broken.stop())
    }

    @Test("A new learning rate holds from its position on, and changes what comes after")
    func learningRate() throws {
        let run = try Listener("8relu epochs=2", paused: true)
        run.session.send(.stepEpoch)
        #expect(run.listen { $0.last?.epoch == 1 && $0.last?.state == .paused })
        run.session.send(.set(.learningRate(0.02)))
        #expect(run.listen { $0.events.contains(.changed(LiveChange(.learningRate(0.02), at: RunPlace(epoch: 1)))) })
        run.session.send(.resume)
        #expect(run.listen { $0.events.contains(.finished) })
        let rates = run.events.compactMap { event -> Double? in
            if case .epochFinished(let report) = event { report.figures.learningRate } else { nil }
        }
        #expect(rates.count == 2 && abs(rates[0] - 1e-3) < 1e-9 && abs(rates[1] - 0.02) < 1e-9)
        let plain = try Listener("8relu epochs=2")
        #expect(plain.listen { $0.events.contains(.finished) })
        #expect(plain.test != run.test)
        #expect(run.stop() && plain.stop())
    }

    @Test("The test set is measured on request, while the run is paused")
    func testOnRequest() throws {
        let run = try Listener("8relu", paused: true)
        run.session.send(.evaluateTest)
        #expect(run.listen { $0.test != nil })
        #expect(run.test?.epoch == 0 && run.test?.count == 200)
        #expect(run.stop())
    }

    @Test("A finished run can have one more epoch, and measures the test set again")
    func oneMore() throws {
        let run = try Listener("8relu epochs=1")
        #expect(run.listen { $0.last?.state == .finished })
        run.session.send(.stepEpoch)
        #expect(run.listen { $0.test?.epoch == 2 && $0.last?.state == .finished })
        #expect(run.epochs == [1, 2])
        #expect(run.stop())
    }

    @Test("A loss that is no number ends in failure, with where it happened")
    func diverged() throws {
        let run = try Listener("8relu sgd lr=1000 l2=1000 epochs=50")
        #expect(run.listen { $0.last?.state == .failed })
        guard case .failed(.diverged(let epoch, let batch, let layer?, let rate)) = run.events.last else {
            Issue.record("expected a failure, not \(String(describing: run.events.last))")
            return
        }
        #expect(epoch >= 1 && batch >= 1 && rate == 1000)
        #expect(layer.description.hasSuffix("are no numbers") || layer.description.hasSuffix("are infinite"))
        #expect(run.stop())
    }

    @Test("Early stopping finishes the run: the best weights come back before the test set is measured")
    func stopsEarly() throws {
        let run = try Listener("16tanh sgd lr=3 momentum=0.95 epochs=40 patience=1 restore=true plateau=1 seed=4")
        #expect(run.listen { $0.events.contains(.finished) && $0.last?.state == .finished })
        let last = try #require(run.epochs.last)
        let best = last - 1
        let tail = run.events.suffix(5)
        #expect(tail.first == .stoppedEarly(epoch: last, best: best) && tail.last == .finished)
        guard case .rateReduced(let old, let new, Double(last)) = tail.dropFirst().first else {
            Issue.record("the rate is reduced, not \(tail)")
            return
        }
        #expect(abs(new - old / 10) < 1e-12)
        guard case .weightsReplaced(.best(best), let validation?) = tail.dropFirst(2).first else {
            Issue.record("the best weights come back, not \(tail)")
            return
        }
        let losses = run.events.compactMap { event -> Double? in
            if case .epochFinished(let report) = event { report.figures.validationLoss } else { nil }
        }
        #expect(validation.loss == losses[best - 1] && losses[best - 1] == losses.min())
        #expect(run.events.contains(.bestEpoch(best, value: losses[best - 1])))
        #expect(run.stop())
    }

    @Test("A spec that does not fit the data fails at once, and the thread ends")
    func misfit() throws {
        let news = DispatchSemaphore(value: 0)
        let spec = try ExperimentSpec(parsing: "8relu", inputs: 7, classes: 4)
        let session = TrainingSession(spec: spec, dataset: SmallData.dataset, threads: 1) { news.signal() }
        session.waitUntilEnded()
        #expect(session.takeNews().events == [.failed(.inputsDiffer(spec: 7, dataset: 36, name: "stripes"))])
    }

    @Test("A stop before the first batch cuts short what comes before it, and what else was asked for is left undone")
    func stopAtOnce() throws {
        let spec = try SmallData.spec("64relu")
        // Its thread begins when both were sent.
        let gate = Gate()
        let session = TrainingSession(
            spec: spec, dataset: SmallData.dataset, threads: 1, onThread: { gate.pass() }, onNews: {})
        session.send(.evaluateTest)
        session.send(.stop)
        gate.open()
        session.waitUntilEnded()
        #expect(session.hasEnded)
        let news = session.takeNews()
        #expect(news.events == [.stopped] && news.snapshot == nil)
    }

    @Test("Epochs that were not fetched in time keep their figures, and leave the evaluation to the last of them")
    func unfetchedEpochs() throws {
        let recorder = HoldingRecorder(at: [4, 6])
        let news = DispatchSemaphore(value: 0)
        let session = TrainingSession(
            spec: try SmallData.spec("8relu epochs=6"), dataset: SmallData.dataset, threads: 1,
            start: .init(recorder: recorder)
        ) { news.signal() }
        /// Epoch numbers, and behind a colon the epoch of the evaluation that came along.
        func epochs(_ events: [TrainingEvent]) -> [String] {
            events.compactMap {
                guard case .epochFinished(let report) = $0 else { return nil }
                return "\(report.figures.epoch):\(report.validation.map { "\($0.epoch)" } ?? "")"
            }
        }
        // Held at an epoch, the run has told those before it.
        #expect(recorder.waitForArrival())
        #expect(epochs(session.takeNews().events) == ["1:", "2:", "3:3"])
        recorder.letGo()
        #expect(recorder.waitForArrival())
        #expect(epochs(session.takeNews().events) == ["4:", "5:5"])
        recorder.letGo()
        var rest: [TrainingEvent] = []
        while !rest.contains(.finished), news.wait(timeout: Patience.end) == .success {
            rest += session.takeNews().events
        }
        #expect(epochs(rest) == ["6:6"] && rest.last == .finished)
        session.send(.stop)
        session.waitUntilEnded()
    }

    @Test("Whatever state an event tells, the snapshot that comes with it is in that state")
    func newsAgree() throws {
        let run = try Listener("8relu epochs=1000000")
        for _ in 0..<100 {
            run.session.send(.pause)
            let before = run.events.count
            #expect(
                run.listen { $0.events.dropFirst(before).contains { if case .paused = $0 { true } else { false } } })
            #expect(run.last?.state == .paused)
            run.session.send(.resume)
            #expect(run.listen { $0.last?.state == .running })
        }
        #expect(run.stop())
    }
}
