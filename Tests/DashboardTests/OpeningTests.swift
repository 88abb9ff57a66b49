import DataFormats
import Dashboard
import Datasets
import Foundation
import Runs
import Specs
import TerminalUI
import TestSupport
import Testing
import Training

/// A run of the store on all screens, while the session's own run trains on.
@Suite struct OpeningTests {
    @Test("Enter shows a saved run in all views, and B brings the run under way back, with what it did meanwhile")
    func opensAndReturns() {
        var state = Sample.opened()
        #expect(state.screen == .curves && state.opened?.number == 5)
        #expect(state.run?.number == 5 && state.run?.epochs.count == 10 && state.run?.state == .finished)
        #expect(state.run?.confusions.epochs == Array(0...10), "the matrix of every epoch")
        #expect(state.shared.sessionRun?.number == 1 && state.shared.sessionRun?.history.count == 3)

        #expect(update(&state, .event(.epochFinished(Sample.report(4)), run: 1)) == [])
        #expect(state.shared.sessionRun?.history.count == 4 && state.run?.epochs.count == 10)
        #expect(Sample.press(&state, " ") == [.command(.pause)], "space is for the run under way")
        for screen in Screen.allCases {
            Sample.press(&state, .character(Unicode.Scalar(UInt8(48 + screen.rawValue))))
            #expect(render(state).text.contains("run 5"), "\(screen)")
            #expect(render(state).text.contains("B run 1"), "\(screen)")
        }
        let effects = Sample.press(&state, "B")
        #expect(effects.contains(.closeOpened))
        #expect(state.opened == nil && state.run?.key == .session(1) && state.run?.history.count == 4)
        #expect(state.disabledReason(.backToRun) == "no other run is shown")
    }

    @Test("Esc goes back to Runs; the run stays on the screen, and Enter on the session's own run leaves it")
    func backToTable() {
        var state = Sample.opened()
        Sample.press(&state, .escape)
        #expect(state.screen == .runs && state.opened?.number == 5)
        state.runs.selected = .session(1)
        Sample.press(&state, .enter)
        #expect(state.opened == nil && state.run?.key == .session(1) && state.screen == .curves)
    }

    @Test("The opened run's network brings predictions, and changes nothing of the run's state")
    func network() throws {
        var state = Sample.opened()
        let evaluation = Sample.evaluation(epoch: 10)
        let facts = RunFacts(parameters: 1, trainingRows: 60, validationRows: 40, testRows: 40, batchesPerEpoch: 4)
        _ = update(&state, .event(.started(facts, untrained: evaluation), run: -1))
        #expect(state.run?.validation == evaluation && state.shared.sessionRun?.validation != evaluation)
        let snapshot = Sample.snapshot(.paused, epoch: 10, batch: 0, history: BatchHistory())
        _ = update(&state, .snapshot(snapshot, run: -1))
        #expect(state.run?.state == .finished && state.run?.snapshot == snapshot)
        let watching = Sample.press(&state, "5")
        #expect(watching.contains { if case .openedCommand(.watch(.some)) = $0 { true } else { false } })
        #expect(Sample.press(&state, "v").contains(.openedCommand(.evaluateTest)))
        _ = update(&state, .event(.testEvaluated(Sample.evaluation(epoch: 10, source: .test)), run: -1))
        #expect(state.run?.test != nil && state.shared.sessionRun?.test == nil)
    }

    @Test("What is trained elsewhere is read again as it grows, without its network where that is the same")
    func follows() throws {
        var state = Sample.trainingBeside(5)
        var list = state.savedRuns.list
        list[0] = Sample.savedRun(5, state: .running)
        _ = update(&state, .runs(.listed(list)))
        Sample.pressInRuns(&state, .home, .enter)
        #expect(state.run?.state == .running && state.run?.history.count == 10)
        let stamp = OpenedStamp(list[0].summary)
        var grown = list[0].summary
        grown.epochs = 12
        list[0] = SavedRun(grown)
        let effects = update(&state, .runs(.listed(list)))
        #expect(effects == [.runs(.open(OpenRequest(run: 5, ticket: -1, known: stamp)))])
        Sample.answerRuns(&state, effects)
        #expect(state.run?.history.count == 12 && state.opened?.weights == .shown("no weights"))
    }

    @Test("Which weights are shown is said: final, best, averaged, or those of a place on the way")
    func weights() {
        var run = Sample.savedRun(5).summary
        (run.checkpointEpoch, run.checkpointBatch) = (10, 0)
        run.finalPlace = RunPlace(epoch: 10, batch: 0)
        func words(_ weights: FinalWeights?, _ standing: SavedRunState = .finished) -> String {
            (run.finalWeights, run.state) = (weights, standing)
            var state = Sample.trainingBeside(5)
            _ = update(&state, .runs(.listed([SavedRun(run)])))
            Sample.pressInRuns(&state, .home, .enter)
            if case .shown(let words) = state.opened?.weights { return words }
            return "\(String(describing: state.opened?.weights))"
        }
        #expect(words(nil) == "final weights")
        #expect(words(.best(epoch: 7)) == "best weights (epoch 7)")
        #expect(words(.average) == "averaged weights")
        run.finalPlace = nil
        run.checkpointBatch = 3
        #expect(words(nil, .interrupted) == "weights after 10 epochs, batch 3")
    }

    @Test("A start, a restart or another run in place of the opened one leaves it")
    func leaves() {
        var state = Sample.opened()
        let effects = Sample.press(&state, "r")
        #expect(state.opened == nil && state.run?.key == .session(2))
        #expect(effects.first == .closeOpened)
        #expect(effects.contains { if case .start = $0 { true } else { false } })
    }

    @Test("Digits of another data set are those of the opened run, and the session's come back with its run")
    func otherData() throws {
        var state = Sample.trainingBeside(5)
        let own = state.data
        let other = Sample.rings(classNames: ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"])
        Sample.press(&state, .home)
        for case .runs(.open(let request)) in Sample.press(&state, .enter) {
            let content = Sample.opened(Sample.savedRun(5), request, data: other)
            _ = update(&state, .runs(.opened(content)))
        }
        #expect(state.data == .ready(other))
        Sample.press(&state, "B")
        #expect(state.data == own)
    }

    @Test("A run without a saved state shows its figures, and says why there is no network")
    func withoutNetwork() {
        var state = Sample.trainingBeside(5)
        Sample.press(&state, .home)
        for case .runs(.open(let request)) in Sample.press(&state, .enter) {
            _ = update(&state, .runs(.openFailed(ticket: request.ticket, "run 5 was deleted")))
        }
        #expect(state.message == .error("run 5 was deleted") && state.opened?.weights == .missing("run 5 was deleted"))
        #expect(PlainScreen(state).text.contains("shown: run 5, run 5 was deleted"))
        Sample.press(&state, "v")
        #expect(state.run?.awaitsTest == false, "nothing can measure it")
    }

    @Test("Without its network a run still shows the matrices that are saved of it, and panels say what is missing")
    func matrices() {
        var state = Sample.trainingBeside(5)
        Sample.press(&state, .home)
        for case .runs(.open(let request)) in Sample.press(&state, .enter) {
            let content = Sample.opened(Sample.savedRun(5), request)
            let bare = OpenedContent(
                ticket: content.ticket, saved: content.saved, epochs: [], events: [],
                confusions: [EpochConfusion(epoch: 9, counts: Sample.evaluation(epoch: 9).confusion)], test: nil,
                network: OpenedNetwork(.failure(OpenedProblem("its data set is gone")), data: nil))
            _ = update(&state, .runs(.opened(bare)))
        }
        Sample.press(&state, "3")
        #expect(render(state).text.contains("epoch 9"))
        Sample.press(&state, "4")
        #expect(render(state).text.contains("its data set is gone"))
        Sample.press(&state, "5")
        #expect(render(state).text.contains("the network of this run is not here"))
    }

    @Test(
        "A run whose data set is gone has the names of its classes from the store, and Data those of the images there")
    func storedNames() {
        var state = Sample.trainingBeside(5)
        Sample.press(&state, .home)
        let names = (0..<10).map { "sign \($0)" }
        for case .runs(.open(let request)) in Sample.press(&state, .enter) {
            let content = Sample.opened(Sample.savedRun(5), request)
            let bare = OpenedContent(
                ticket: content.ticket, saved: content.saved, epochs: [], events: [],
                confusions: [EpochConfusion(epoch: 9, counts: Sample.evaluation(epoch: 9).confusion)], test: nil,
                network: OpenedNetwork(.failure(OpenedProblem("its data set is gone")), data: nil), classNames: names)
            _ = update(&state, .runs(.opened(bare)))
        }
        _ = update(&state, .input(.resize(width: 160, height: 48)))
        Sample.press(&state, "3")
        #expect(render(state).text.contains("sign 3"))
        Sample.press(&state, "8")
        #expect(!render(state).text.contains("sign"))
        Sample.press(&state, "B", "3")
        #expect(!render(state).text.contains("sign"))
    }

    @Test("An earlier run of this session that was not saved is opened from memory")
    func unsaved() {
        var state = Sample.eightRuns()
        Sample.press(&state, "6", .end)
        #expect(!Sample.press(&state, .enter).contains { if case .runs(.open) = $0 { true } else { false } })
        #expect(state.run?.key == .session(1) && state.run?.history.count == state.archive[0].history.count)
        #expect(state.opened?.weights == .missing("run 1 was not saved: its weights are gone"))
    }

    @Test("The store gives all of a run, with its network where the data set is its own or can be loaded")
    func library() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("runs.sqlite")
        let dataset = Sample.data.dataset
        let spec = try ExperimentSpec(parsing: "8tanh batch=10 epochs=2", inputs: 784, classes: 10)
        let trainer = try Trainer(spec: spec, dataset: dataset, threads: 1)
        for _ in 0..<3 { _ = trainer.step() }
        let store = try RunStore(path: path)
        func save(_ digest: String) throws -> Int {
            let run = try store.create(
                NewRun(
                    line: RunLine(spec: spec), dataset: "rings", dataSource: "/no such folder/rings",
                    facts: trainer.facts, machine: .current(threads: 1)))
            var progress = UnsavedProgress()
            (progress.fingerprint, progress.checkpoint) = (digest, trainer.state)
            progress.standing = .init(.stopped)
            try store.record(progress, run: run)
            return run
        }
        let own = try save(DatasetFingerprint.digest(of: dataset))
        let foreign = try save(String(repeating: "0", count: 64))
        let replies = Replies()
        let library = RunLibrary(
            open: { () throws(StoreError) in try RunStore(path: path, missing: .refuse) }, post: replies.post)
        library.use(dataset)
        library.perform(.open(OpenRequest(run: own, ticket: -1, known: nil)))
        let content = try #require(replies.next { if case .opened(let content) = $0 { content } else { nil } })
        #expect(content.saved.summary.id == own && content.network?.data == nil)
        #expect(try content.network?.state.get() == trainer.state)
        library.perform(.open(OpenRequest(run: own, ticket: -1, known: content.stamp)))
        let again = try #require(replies.next { if case .opened(let content) = $0 { content } else { nil } })
        #expect(again.network == nil, "it is the same state")
        library.perform(.open(OpenRequest(run: foreign, ticket: -2, known: nil)))
        let other = try #require(replies.next { if case .opened(let content) = $0 { content } else { nil } })
        guard case .failure(let problem)? = other.network?.state else {
            Issue.record("its data set can't be there")
            return
        }
        #expect(problem.words.hasPrefix("only the figures of run 2 are shown: its data set, rings, can't be loaded: "))
        library.perform(.open(OpenRequest(run: 99, ticket: -3, known: nil)))
        #expect(replies.next { if case .openFailed(-3, let reason) = $0 { reason } else { nil } } != nil)
        library.finish()
    }
}
