import Dashboard
import Datasets
import Dispatch
import Runs
import Specs
import TerminalUI
import TestSupport
import Testing

/// A run that begins with another one's weights, with real threads, a real store and the real program.
@Suite(.timeLimit(.minutes(40))) struct StartWeightsRunTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("runs.sqlite") }

    init() throws {
        folder = try TemporaryFolder()
        try folder.writeDataset(
            trainLabels: (0..<60).map { UInt8($0 % 3) }, testLabels: (0..<20).map { UInt8($0 % 3) })
    }

    /// Somebody at the dashboard's keys.
    private final class Person {
        var state: DashboardState
        let runner: EffectRunner
        private let news = DispatchSemaphore(value: 0)

        init(_ source: DatasetSource, store path: String) throws {
            let news = news
            let spec = try ExperimentSpec(parsing: "8relu", inputs: 4, classes: 3)
            state = DashboardState(spec: spec, width: 100, height: 30)
            state.savedRuns.hasStore = true
            runner = EffectRunner(
                source: source, threads: 1, store: try RunStore(path: path),
                openRuns: { () throws(StoreError) in try RunStore(path: path, missing: .refuse) }
            ) { news.signal() }
            runner.loadData()
        }

        private func act(_ action: Action) { for effect in update(&state, action) { runner.run(effect) } }
        func press(_ key: Key) { act(.input(.key(key))) }

        func wait(until isSo: (DashboardState) -> Bool) -> Bool {
            while !isSo(state) {
                guard news.wait(timeout: Patience.end) == .success else { return false }
                for action in runner.takeActions() { act(action) }
            }
            return true
        }
    }

    private func train(_ words: String...) throws {
        let result = try Program.run(["train"] + words + ["--quiet", "--store", path])
        #expect(result.status == 0, "\(result)")
    }

    @Test("U and space give the bits of `train --from`, and of `train` with the line of their run")
    func twin() throws {
        try train("5tanh+bn", "epochs=2", "batch=8", "lr=0.01", "--data", folder.path)
        let person = try Person(try DatasetSource.resolve(folder.path), store: path)
        defer { person.runner.shutDown() }
        #expect(person.wait { $0.data.loaded != nil })
        person.press("6")
        #expect(person.wait { !$0.runs.rows.isEmpty })
        person.press("U")
        #expect(person.wait { $0.composer.spec.training.from != nil })
        // The network before the first run has these weights, too.
        person.press("5")
        #expect(person.wait { $0.shared.initial != nil && $0.shared.inspection != nil })
        person.press(" ")
        #expect(person.wait { $0.run?.state == .finished })
        person.runner.shutDown()

        let store = try RunStore(path: path)
        let line = try #require(try store.summary(of: 2)).lineText
        #expect(line.contains(" from=sha256:"))
        try train(line, "--data", folder.path, "--threads", "2")
        try train("--from", "1")
        let first = try #require(try store.weights(of: 1, .final)).tensors
        let once = try #require(try store.weights(of: 2, .final)).tensors
        #expect(once != first)
        for run in 2...4 {
            #expect(try store.summary(of: run)?.lineText == line)
            #expect(try store.weights(of: run, .start)?.tensors == first, "run \(run)")
            #expect(try store.weights(of: run, .final)?.tensors == once, "run \(run)")
        }
    }
}
