import Dashboard
import Datasets
import Dispatch
import Foundation
import Specs
import Synchronization
import TestSupport
import Testing
import Training

/// Effects with real threads, on the digits that come with the program.
@Suite(.serialized, .timeLimit(.minutes(40))) struct EffectRunnerTests {
    /// A runner that has its data, and what it brought.
    private final class Listener {
        let runner: EffectRunner
        private let news = DispatchSemaphore(value: 0)
        private(set) var actions: [Action] = []

        /// - Parameter gate: holds each run's thread when it has told something; nil holds none.
        init(gate: Gate? = nil) {
            let news = news
            runner = EffectRunner(
                source: .mnist, threads: 1,
                onNews: {
                    news.signal()
                    gate?.pass()
                }, wake: { news.signal() })
            runner.loadData()
        }

        /// Listens until something has been said.
        func listen(until isSaid: (Action) -> Bool) -> Bool {
            while !actions.contains(where: isSaid) {
                guard news.wait(timeout: Patience.end) == .success else { return false }
                actions += runner.takeActions()
            }
            return true
        }

        func loads() -> Bool { listen { if case .dataLoaded = $0 { true } else { false } } }

        func start(_ line: String, run: Int, paused: Bool = false, firstStep: TrainingCommand? = nil) throws {
            runner.run(
                .start(RunLine(spec: try ExperimentSpec(parsing: line)), run: run, paused: paused, firstStep: firstStep)
            )
        }

        static func isStart(of run: Int) -> (Action) -> Bool {
            { if case .event(.started, run) = $0 { true } else { false } }
        }
    }

    @Test("A run is exported under the first name that is free, and a refusal comes back in words")
    func exports() throws {
        let folder = try TemporaryFolder()
        try Data().write(to: URL(fileURLWithPath: folder.path("run-3.onnx")))
        let news = DispatchSemaphore(value: 0)
        let runner = EffectRunner(
            source: .mnist, threads: 1, startFolder: folder.path,
            exporter: { request, path in
                request.format == .onnx ? .success([path]) : .failure(OpenedProblem("no weights"))
            }, wake: { news.signal() })
        func next() -> Action? {
            for _ in 0..<100 {
                if let action = runner.takeActions().first { return action }
                if news.wait(timeout: Patience.end) == .timedOut { return nil }
            }
            return nil
        }
        runner.run(.export(ExportRequest(run: 3, format: .onnx)))
        #expect(next() == .saved(what: "onnx of run 3", paths: [folder.path("run-3-2.onnx")]))
        runner.run(.export(ExportRequest(run: 3, format: .npz)))
        #expect(next() == .exportFailed("no weights"))
        #expect(runner.shutDown())
    }

    @Test("Of many starts in a row only the first and the last get a thread, one after the other")
    func burst() throws {
        let gate = Gate()
        let listener = Listener(gate: gate)
        #expect(listener.loads())
        // Its thread can't end before the other starts have come.
        try listener.start("8relu", run: 1)
        #expect(listener.listen(until: Listener.isStart(of: 1)))
        for run in 2...20 { try listener.start("8relu", run: run, paused: true) }
        #expect(listener.runner.startedRuns == 1)
        gate.open()
        #expect(listener.listen(until: Listener.isStart(of: 20)))
        #expect(listener.runner.startedRuns == 2)
        #expect(!listener.actions.contains(where: Listener.isStart(of: 19)))
        #expect(listener.runner.shutDown())
    }

    @Test("Who lets a run's news wait still hears of its end, on which the next start waits")
    func quietNews() throws {
        let woken = DispatchSemaphore(value: 0)
        let heard = Atomic(0)
        let runner = EffectRunner(
            source: .mnist, threads: 1, onNews: { heard.add(1, ordering: .relaxed) }, wake: { woken.signal() })
        runner.loadData()
        #expect(woken.wait(timeout: Patience.end) == .success)
        _ = runner.takeActions()
        for run in 1...2 {
            runner.run(
                .start(RunLine(spec: try ExperimentSpec(parsing: "8relu")), run: run, paused: run == 2, firstStep: nil))
        }
        #expect(runner.startedRuns == 1)
        #expect(woken.wait(timeout: Patience.end) == .success)
        _ = runner.takeActions()
        #expect(runner.startedRuns == 2)
        let hasEnded = runner.shutDown()
        #expect(hasEnded)
        #expect(heard.load(ordering: .relaxed) > 0)
    }

    @Test("What is asked of a run that waits for its start is done when it starts")
    func commandsWait() throws {
        let listener = Listener()
        #expect(listener.loads())
        try listener.start("8relu", run: 1)
        try listener.start("8relu", run: 2, paused: true, firstStep: .stepBatch)
        listener.runner.run(.command(.evaluateTest))
        #expect(listener.runner.startedRuns == 1)
        #expect(listener.listen { if case .event(.testEvaluated, 2) = $0 { true } else { false } })
        #expect(listener.runner.shutDown())
    }

    @Test("Leaving that takes a while says so, once")
    func tellsOfWaiting() throws {
        let gate = Gate()
        let listener = Listener(gate: gate)
        #expect(listener.loads())
        try listener.start("8relu", run: 1)
        #expect(gate.waitForArrival())
        var told = 0
        let hasEnded = listener.runner.shutDown(limit: .milliseconds(1100)) { told += 1 }
        #expect(!hasEnded)
        #expect(told == 1)
        gate.open()
        #expect(listener.runner.shutDown())
    }

    @Test("Leaving does not wait for a long batch")
    func longBatch() throws {
        let gate = Gate()
        let listener = Listener(gate: gate)
        #expect(listener.loads())
        try listener.start("8relu", run: 1)
        // What the run's thread does from here on ends with the test, like a batch that takes its time.
        #expect(gate.waitForArrival())
        // Outside of the expectation, which would describe the runner with all its images.
        let hasEnded = listener.runner.shutDown(limit: .milliseconds(1))
        #expect(!hasEnded)
        gate.open()
        #expect(listener.runner.shutDown())
    }
}
