import Configuration
import Dashboard
import Datasets
import Foundation
import Runs
import Specs
import TestSupport
import Testing
import Training

/// The limit of what saved runs may take: the options, what is told, and what goes.
@Suite struct StoreLimitTests {
    private func limited(_ text: String) -> (state: DashboardState, problems: [String]) {
        var state = Sample.training(epochs: 3)
        state.savedRuns.hasStore = true
        let problems = state.configure(ConfigurationText(parsing: text))
        return (state, problems.map(\.description))
    }

    private func limits(_ effects: [Effect]) -> [RunsEffect] {
        effects.compactMap { effect in
            if case .runs(let asked) = effect, case .keepLimit = asked { asked } else { nil }
        }
    }

    @Test func `without a limit nothing is looked at, and with one each end of a run is`() {
        var (state, problems) = limited("")
        #expect(problems.isEmpty && limits(update(&state, .event(.finished, run: 1))).isEmpty)
        (state, problems) = limited("store_limit = \"3 GB\"\nover_limit = \"prune\"\n")
        #expect(problems.isEmpty && state.shared.storeLimit == StoreLimit(bytes: 3_000_000_000, response: .prune))
        for end in [TrainingEvent.finished, .stopped, .failed(.diverged(epoch: 2, batch: 1))] {
            var ended = state
            #expect(limits(update(&ended, .event(end, run: 1))) == [.keepLimit(state.shared.storeLimit, sparing: [])])
        }
        var other = state
        #expect(limits(update(&other, .event(.bestEpoch(2, value: 0.1), run: 1))).isEmpty)
        // At the start no run has ended, so nothing goes.
        let said = StoreLimit(bytes: 3_000_000_000, response: .say)
        #expect(limits(update(&state, .dataLoaded(Sample.data))) == [.keepLimit(said, sparing: [])])
    }

    @Test func `runs of this session, marked ones and the one that is shown stay`() {
        var (state, _) = limited("store_limit = \"1 GB\"\nover_limit = \"prune\"\n")
        _ = update(&state, .recording(.numbered(9, origin: nil), run: 1))
        Sample.press(&state, "6")
        _ = update(&state, .runs(.listed([Sample.savedRun(5), Sample.savedRun(6), Sample.savedRun(7)])))
        state.runs.selected = .saved(5)
        Sample.press(&state, "m")
        state.runs.selected = .saved(6)
        Sample.press(&state, .enter)
        #expect(state.opened?.number == 6)
        let asked = limits(update(&state, .event(.finished, run: 1)))
        #expect(asked == [.keepLimit(StoreLimit(bytes: 1_000_000_000, response: .prune), sparing: [5, 6, 9])])
    }

    @Test func `the options step through amounts, and a line of no use is named`() {
        var state = Sample.ready()
        Sample.press(&state, "o")
        for _ in Preference.allCases.prefix(while: { $0 != .storeLimit }) { Sample.press(&state, .down) }
        Sample.press(&state, .right)
        #expect(state.shared.storeLimit.bytes == 500_000_000)
        #expect(render(state).text.contains("how much the saved runs may take"))
        Sample.press(&state, .left)
        #expect(state.shared.storeLimit.bytes == nil)
        let (_, problems) = limited("store_limit = \"much\"\nover_limit = \"purge\"\nstore_limit = 7\n")
        #expect(
            problems == [
                "line 1: store_limit = \"much\": expected none, or an amount such as 500MB or 2GB",
                "line 2: over_limit = \"purge\": expected say, prune",
                "line 3: store_limit is set on line 1 already",
            ])
    }

    /// Runs in a store, each with a large picture; the first one has the least loss.
    private func store(_ path: String, runs: Int) throws -> RunStore {
        let store = try RunStore(path: path)
        let spec = try ExperimentSpec(parsing: "8tanh", inputs: 784, classes: 10)
        let facts = RunFacts(parameters: 1, trainingRows: 9, validationRows: 1, testRows: 4, batchesPerEpoch: 1)
        for number in 1...runs {
            let run = try store.create(
                NewRun(
                    line: RunLine(spec: spec), dataset: "rings", dataSource: "rings", facts: facts,
                    machine: .current(threads: 1)))
            var progress = UnsavedProgress()
            progress.epochs = [
                EpochFigures(
                    epoch: 1, loss: 0.5, accuracy: 0.8, validationLoss: Double(number), learningRate: 0.1, seconds: 1)
            ]
            progress.standing = .init(.finished)
            try store.record(progress, run: run)
        }
        try store.execute("INSERT INTO picture SELECT id, 1, 'filling', 1, 1, 1, randomblob(1000000) FROM run")
        return store
    }

    @Test func `beyond the limit it is said with the command, or the worst go and are named`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("runs.sqlite")
        let store = try store(path, runs: 4)
        let posts = Replies()
        let library = RunLibrary(
            open: { () throws(StoreError) in try RunStore(path: path, missing: .refuse) }, post: posts.post)
        library.perform(.keepLimit(StoreLimit(bytes: 2_500_000), sparing: []))
        let said = posts.next { if case .overLimit(let text) = $0 { text } else { nil } }
        #expect(
            said?.hasPrefix("the saved runs take 4.1 MB, and the limit is 2.5 MB: `trainspotter runs prune ") == true)
        #expect(try store.summaries().count == 4)
        library.perform(.keepLimit(StoreLimit(bytes: 2_500_000, response: .prune), sparing: [4]))
        let told = posts.next { if case .changed(let text) = $0 { text } else { nil } }
        #expect(told == "over the limit of 2.5 MB: runs 2, 3 went, 2 MB")
        #expect(try store.summaries().map(\.id) == [4, 1])
        library.perform(.keepLimit(StoreLimit(bytes: 1000, response: .prune), sparing: [4]))
        let left = posts.next { if case .overLimit(let text) = $0 { text } else { nil } }
        #expect(left?.contains("the limit is 1 kB") == true, "the best one stays")
        library.finish()
        var state = Sample.ready()
        _ = update(&state, .runs(.overLimit(said ?? "")))
        #expect(state.message?.kind == .warning && state.message?.text == said)
    }

    @Test func `a run whose state was given back is shown with its weights, and is not trained on`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("runs.sqlite")
        let dataset = Sample.data.dataset
        let spec = try ExperimentSpec(parsing: "8tanh batch=10 epochs=1", inputs: 784, classes: 10)
        let trainer = try Trainer(spec: spec, dataset: dataset, threads: 1)
        let facts = try RunFacts(spec, dataset)
        let store = try RunStore(path: path)
        let run = try store.create(
            NewRun(
                line: RunLine(spec: spec), dataset: "rings", dataSource: "rings", facts: facts,
                machine: .current(threads: 1)))
        while !trainer.epochIsComplete { _ = trainer.step() }
        var progress = UnsavedProgress()
        progress.epochs = [trainer.finishEpoch().figures]
        progress.checkpoint = trainer.state
        progress.best = SavedWeights(at: RunPlace(epoch: 1), tensors: trainer.network.tensors())
        progress.final = SavedWeights(at: trainer.place, tensors: trainer.network.tensors())
        progress.standing = .init(.finished)
        try store.record(progress, run: run)
        var pruning = Pruning()
        pruning.part = .state
        #expect(try store.prune(try store.plan(pruning), pruning).map(\.run) == [run])

        let posts = Replies()
        let library = RunLibrary(
            open: { () throws(StoreError) in try RunStore(path: path, missing: .refuse) }, post: posts.post)
        library.use(dataset)
        library.perform(.open(OpenRequest(run: run, ticket: -1, known: nil)))
        let content = try #require(posts.next { if case .opened(let content) = $0 { content } else { nil } })
        let state = try #require(try content.network?.state.get())
        let shown = try Trainer(spec: spec, dataset: dataset, threads: 1)
        try shown.restore(state)
        #expect(shown.isComplete)
        shown.finishRun()
        #expect(shown.network.tensors() == trainer.network.tensors())
        library.finish()

        var dashboard = Sample.ready()
        dashboard.savedRuns.hasStore = true
        Sample.press(&dashboard, "6")
        _ = update(&dashboard, .runs(.listed(try store.summaries(withSizes: true).map { SavedRun($0) })))
        Sample.press(&dashboard, .enter)
        _ = update(&dashboard, .runs(.opened(content)))
        #expect(dashboard.opened?.weights == .shown("final weights"))
        #expect(dashboard.message?.kind != .error)
        Sample.press(&dashboard, "6", "+")
        #expect(
            dashboard.message?.text
                == "run 1: its state is not saved any more; `trainspotter runs repeat 1` trains it again from its start"
        )
    }
}
