import Dashboard
import DataFormats
import Datasets
import Foundation
import Runs
import Specs
import TerminalUI
import TestSupport
import Testing
import Training

/// The best weights of an opened run, or its final ones; and exports of whatever run is shown.
@Suite struct OpenedWeightsTests {
    /// Saved run 5 is opened; the store has weights of its epoch 8 as the best ones.
    private func opened(best: Int? = 8, final: RunPlace? = RunPlace(epoch: 10)) -> DashboardState {
        var state = Sample.training(epochs: 3)
        state.savedRuns.hasStore = true
        Sample.press(&state, "6")
        var summary = Sample.savedRun(5).summary
        (summary.finalPlace, summary.checkpointEpoch, summary.checkpointBatch) = (final, 10, 0)
        _ = update(&state, .runs(.listed([SavedRun(summary)])))
        state.runs.selected = .saved(5)
        answer(&state, Sample.press(&state, .enter), best: best)
        return state
    }

    /// The store answers with what there is of the run.
    private func answer(_ state: inout DashboardState, _ effects: [Effect], best: Int?) {
        for case .runs(.open(let request)) in effects {
            guard let run = state.savedRuns.list.first else { continue }
            _ = update(&state, .runs(.opened(Sample.opened(run, request, best: best))))
        }
    }

    @Test("V shows an opened run with its best weights, says so in every view, and goes back to the final ones")
    func switches() {
        var state = opened()
        #expect(state.opened?.weights == .shown("final weights"))
        _ = update(
            &state,
            .event(
                .started(
                    RunFacts(parameters: 1, trainingRows: 60, validationRows: 40, testRows: 40, batchesPerEpoch: 4),
                    untrained: Sample.evaluation(epoch: 10)), run: -1))
        #expect(state.run?.validation != nil)
        let effects = Sample.press(&state, "V")
        #expect(effects.contains(.runs(.open(OpenRequest(run: 5, ticket: -1, known: nil, weights: .best)))))
        #expect(state.run?.validation == nil && state.opened?.weights == .loading)
        #expect(state.disabledReason(.switchWeights) == "run 5 is still being read")
        answer(&state, effects, best: 8)
        #expect(state.opened?.weights == .shown("best weights (epoch 8)") && state.run?.history.count == 10)
        for screen in Screen.allCases {
            Sample.press(&state, .character(Unicode.Scalar(UInt8(48 + screen.rawValue))))
            let text = render(state).text
            #expect(text.contains("run 5 best") && text.contains("best weights (epoch 8)"), "\(screen)")
        }
        #expect(PlainScreen(state).text.contains("shown: run 5, best weights (epoch 8)"))
        answer(&state, Sample.press(&state, "V"), best: 8)
        #expect(state.opened?.weights == .shown("final weights") && !render(state).text.contains("run 5 best"))
    }

    @Test("Until the images of a run of another data set are read, those of the session are not shown as its own")
    func otherData() {
        var state = Sample.training(epochs: 3)
        let own = state.data
        state.savedRuns.hasStore = true
        Sample.press(&state, "6")
        var summary = Sample.savedRun(5).summary
        summary.dataset = "fashion-mnist"
        _ = update(&state, .runs(.listed([SavedRun(summary)])))
        state.runs.selected = .saved(5)
        Sample.press(&state, .enter)
        #expect(state.data == .loading && state.shared.sessionRun?.number == 1)
        Sample.press(&state, "3")
        #expect(render(state).text.contains("run 5 is being read ...") && render(state).text.contains("fashion-mnist"))
        _ = update(&state, .runs(.openFailed(ticket: -1, "run 5 was deleted")))
        #expect(state.data == own)
        Sample.press(&state, "2")
        // A reason that names the run is not preceded by its number once more.
        #expect(render(state).text.contains(" run 5 was deleted") && !render(state).text.contains("run 5 run 5"))
        Sample.press(&state, "B")
        #expect(state.data == own && state.opened == nil)
    }

    @Test("Why there is no choice of weights is said")
    func refusals() {
        var own = Sample.training()
        #expect(own.disabledReason(.switchWeights) == "only a run that was opened in Runs has a choice of weights")
        #expect(Sample.press(&own, "V").isEmpty)
        #expect(
            opened(best: nil).disabledReason(.switchWeights)
                == "no best weights of run 5 are saved beside its final ones")
        #expect(opened(best: 10).disabledReason(.switchWeights) == "the best weights of run 5 are its final ones")
    }

    @Test("The network of the best weights is that of their epoch, and measures itself as such")
    func network() throws {
        let dataset = Sample.data.dataset
        let spec = try ExperimentSpec(parsing: "8tanh batch=10 epochs=3 ema=0.9", inputs: 784, classes: 10)
        let trainer = try Trainer(spec: spec, dataset: dataset, threads: 1)
        while !trainer.epochIsComplete { _ = trainer.step() }
        _ = trainer.finishEpoch()
        let best = trainer.network.tensors()
        for _ in 0..<3 { _ = trainer.step() }
        let state = trainer.state.ended(with: best, ofEpoch: 1)
        #expect(state.isOver(spec))
        let shown = try Trainer(spec: spec, dataset: dataset, threads: 1)
        try shown.restore(state)
        #expect(shown.isComplete && shown.finishRun() == .best(epoch: 1))
        #expect(shown.network.tensors() == best)
        #expect(shown.evaluateTest().weights == .best(epoch: 1))
    }

    @Test("The store gives the network of the best weights where these are asked for")
    func library() throws {
        let folder = try TemporaryFolder()
        let dataset = Sample.data.dataset
        let spec = try ExperimentSpec(parsing: "8tanh batch=10 epochs=2", inputs: 784, classes: 10)
        let trainer = try Trainer(spec: spec, dataset: dataset, threads: 1)
        let first = trainer.network.tensors()
        for _ in 0..<3 { _ = trainer.step() }
        let store = try RunStore(path: folder.path("runs.sqlite"))
        let run = try store.create(
            NewRun(
                line: RunLine(spec: spec), dataset: "rings", dataSource: "rings", facts: trainer.facts,
                machine: .current(threads: 1)))
        var progress = UnsavedProgress()
        (progress.fingerprint, progress.checkpoint) = (DatasetFingerprint.digest(of: dataset), trainer.state)
        progress.best = SavedWeights(at: RunPlace(epoch: 1), tensors: first)
        progress.standing = .init(.stopped)
        try store.record(progress, run: run)
        let replies = Replies()
        let library = RunLibrary(
            open: { [path = folder.path("runs.sqlite")] () throws(StoreError) in try RunStore(path: path) },
            post: replies.post)
        library.use(dataset)
        for weights in SavedWeights.Kind.allCases {
            library.perform(.open(OpenRequest(run: run, ticket: -1, known: nil, weights: weights)))
            let content = try #require(replies.next { if case .opened(let content) = $0 { content } else { nil } })
            let state = try #require(content.network).state.get()
            #expect(content.bestEpoch == 1)
            #expect(state == (weights == .best ? trainer.state.ended(with: first, ofEpoch: 1) : trainer.state))
        }
        library.finish()
    }

    @Test("X lists the formats in every view, for the run that is shown; in Digits and Draw what is theirs comes first")
    func exports() {
        var state = opened()
        for screen in Screen.allCases {
            Sample.press(&state, .character(Unicode.Scalar(UInt8(48 + screen.rawValue))), "X")
            let text = render(state).text
            #expect(text.contains("export run 5") && text.contains("predictions"), "\(screen)")
            #expect(PlainScreen(state).text.contains("export run 5: npz, all weights in one file"))
            Sample.press(&state, .escape)
        }
        Sample.press(&state, "2", "X")
        Sample.type(&state, "onnx")
        #expect(Sample.press(&state, .enter) == [.export(ExportRequest(run: 5, format: .onnx))])
        #expect(state.message == .note("writing onnx of run 5 ..."))
        Sample.press(&state, "X")
        Sample.type(&state, "parquet")
        #expect(render(state).text.contains("none has this") && !render(state).text.contains("enter takes it"))
        #expect(Sample.press(&state, .enter).isEmpty)
    }

    @Test("Without a run, or with one that is not saved, X says why it writes nothing")
    func nothingToExport() {
        var state = Sample.ready()
        #expect(state.disabledReason(.export) == "no run yet: space starts the first one")
        state = Sample.training()
        Sample.press(&state, "2", "X")
        #expect(state.overlay == nil && state.message == .note("run 1 is not saved"))
    }
}
