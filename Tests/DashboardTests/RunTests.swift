import Dashboard
import DataFormats
import Datasets
import Specs
import TerminalUI
import Testing
import Training

@Suite struct RunTests {
    @Test(
        "What is to start before the data is there starts with it, as the status says; the same key takes it back",
        arguments: [
            (" ", false, nil), (".", true, .stepBatch), (">", true, .stepEpoch), ("r", false, nil), ("R", false, nil),
        ] as [(Key, Bool, TrainingCommand?)])
    func loading(key: Key, paused: Bool, step: TrainingCommand?) {
        var state = Sample.state()
        #expect(render(state).text.contains("loading the data set ...\n"))
        #expect(Sample.press(&state, key).isEmpty)
        #expect(state.run == nil && state.message == nil)
        #expect(render(state).text.contains("loading the data set ... training starts when it is there"))
        #expect(PlainScreen(state).text.contains("data: loading, training starts when it is there"))
        #expect(Sample.press(&state, key).isEmpty)
        #expect(update(&state, .dataLoaded(Sample.data)).isEmpty && state.run == nil)

        var waiting = Sample.state()
        // What is edited meanwhile is in it.
        Sample.press(&waiting, key, .right)
        let effects = update(&waiting, .dataLoaded(Sample.data))
        #expect(effects == [.start(RunLine(spec: waiting.composer.spec), run: 1, paused: paused, firstStep: step)])
        #expect(waiting.composer.spec.network.hidden[0].units == 160)
        #expect(waiting.composer.spec.training.seed == (key == "R" ? 2 : 1))
        #expect(waiting.run?.state == (paused ? .paused : .running))
        #expect(update(&waiting, .dataLoaded(Sample.data)).isEmpty)
    }

    @Test("Auto-run, too, starts with the data: switched on before, or with an edit; switched off it does not")
    func autoRunWhileLoading() {
        var state = Sample.state()
        #expect(Sample.press(&state, "a").isEmpty)
        #expect(state.autoRun && state.message == .note("auto-run on: every edit trains anew"))
        var off = state
        Sample.press(&off, "a")
        #expect(update(&off, .dataLoaded(Sample.data)).isEmpty && off.run == nil && !off.autoRun)
        let started: [Effect] = [.start(RunLine(spec: state.composer.spec), run: 1, paused: false, firstStep: nil)]
        #expect(update(&state, .dataLoaded(Sample.data)) == started)

        // A step that was asked for before stays what is done first.
        var stepping = Sample.state()
        Sample.press(&stepping, ".", "a")
        let steps: [Effect] = [
            .start(RunLine(spec: stepping.composer.spec), run: 1, paused: true, firstStep: .stepBatch)
        ]
        #expect(update(&stepping, .dataLoaded(Sample.data)) == steps)

        var edited = Sample.state()
        edited.autoRun = true
        #expect(Sample.press(&edited, .right).isEmpty)
        let effects = update(&edited, .dataLoaded(Sample.data))
        #expect(effects == [.start(RunLine(spec: edited.composer.spec), run: 1, paused: false, firstStep: nil)])
    }

    @Test("r starts a run once until it has trained a batch, however often it comes; R is another run each time")
    func heldRestart() {
        var state = Sample.ready()
        let line = RunLine(spec: state.composer.spec)
        var effects: [Effect] = []
        for _ in 0..<3_000 { effects += Sample.press(&state, "r") }
        #expect(effects == [.start(line, run: 1, paused: false, firstStep: nil)])
        #expect(state.allRuns.count == 1 && state.run?.id == 1)
        // It begins, and nothing has come of it yet.
        _ = update(
            &state, .snapshot(Sample.snapshot(.running, epoch: 0, batch: 0, history: BatchHistory()), run: 1))
        #expect(Sample.press(&state, "r") == [])
        let begun = Sample.snapshot(.running, epoch: 0, batch: 1, history: BatchHistory())
        _ = update(&state, .snapshot(begun, run: 1))
        #expect(Sample.press(&state, "r") == [.start(line, run: 2, paused: false, firstStep: nil)])
        let next = Sample.press(&state, "R")
        #expect(next == [.start(RunLine(spec: state.composer.spec), run: 3, paused: false, firstStep: nil)])
        #expect(state.composer.spec.training.seed == 2 && state.allRuns.count == 1)
        // One that waits for a person is started.
        var paused = Sample.ready()
        Sample.press(&paused, ".")
        #expect(Sample.press(&paused, "r") == [.start(line, run: 2, paused: false, firstStep: nil)])
    }

    @Test("Nothing starts with data that could not be read, whatever waits for it")
    func awaitedInVain() {
        var state = Sample.state()
        Sample.press(&state, " ")
        let error = DataError.malformed(path: "x", offset: 4, expected: "60000 labels", found: "7")
        #expect(update(&state, .dataFailed(error)).isEmpty)
        #expect(update(&state, .dataLoaded(Sample.data)).isEmpty && state.run == nil)
    }

    @Test("Nothing starts where the data could not be read")
    func noData() {
        var state = Sample.state()
        let folder = "/home/someone/" + String(repeating: "folder/", count: 9)
        let error = DataError.malformed(
            path: folder + "train-labels", offset: 4, expected: "60000 labels", found: "7")
        _ = update(&state, .dataFailed(error))
        let shown = "train-labels: at byte 4: expected 60000 labels, found 7"
        #expect(render(state).text.contains(shown) && render(state).text.contains(" …"))
        #expect(Sample.press(&state, " ").isEmpty)
        #expect(state.message?.kind == .note && state.message?.text == error.description)
        #expect(render(state).text.contains(shown))
    }

    @Test("Space starts, pauses and goes on")
    func playPause() {
        var state = Sample.ready()
        #expect(
            Sample.press(&state, " ") == [
                .start(RunLine(spec: state.composer.spec), run: 1, paused: false, firstStep: nil)
            ])
        #expect(state.run?.state == .running)
        #expect(Sample.press(&state, " ") == [.command(.pause)])
        _ = update(&state, .event(.paused(position: 0.5), run: 1))
        #expect(state.run?.state == .paused)
        #expect(state.run?.markers.map(\.kind) == [.pause] && state.run?.markers.first?.position == 0.5)
        #expect(Sample.press(&state, " ") == [.command(.resume)])
    }

    @Test("Steps start a run that waits, or go to the one there is")
    func steps() {
        var state = Sample.ready()
        let spec = state.composer.spec
        #expect(Sample.press(&state, ".") == [.start(RunLine(spec: spec), run: 1, paused: true, firstStep: .stepBatch)])
        #expect(state.run?.state == .paused)
        #expect(Sample.press(&state, ".", ">") == [.command(.stepBatch), .command(.stepEpoch)])
        var finished = Sample.finished()
        #expect(Sample.press(&finished, ">") == [.command(.stepEpoch)])
    }

    @Test("r starts anew with the same seed, R with the next one")
    func restart() {
        var state = Sample.training()
        let spec = state.composer.spec
        #expect(Sample.press(&state, "r") == [.start(RunLine(spec: spec), run: 2, paused: false, firstStep: nil)])
        #expect(state.run?.id == 2 && state.run?.spec == spec && state.run?.history.count == 0)
        Sample.press(&state, "R")
        #expect(state.run?.id == 3 && state.run?.spec.training.seed == 2)
        #expect(state.spec.hasSuffix(" seed=2"))
    }

    @Test("When all epochs are done, space says what can be done; after an edit it starts")
    func finished() {
        var state = Sample.finished()
        #expect(state.run?.state == .finished)
        #expect(Sample.press(&state, " ").isEmpty)
        #expect(state.message?.text.hasPrefix("all epochs are done") == true)
        Sample.press(&state, "+")
        #expect(
            Sample.press(&state, " ") == [
                .start(RunLine(spec: state.composer.spec), run: 2, paused: false, firstStep: nil)
            ])
    }

    @Test("A failed run shows why, and only a start helps")
    func failed() {
        var state = Sample.training()
        _ = update(&state, .event(.failed(.diverged(epoch: 5, batch: 3)), run: 1))
        let reason = "the loss is no longer a number (epoch 5, batch 3): try a lower learning rate"
        #expect(state.message == .error(reason) && state.run?.failure == reason)
        for key: Key in [" ", ".", ">"] {
            #expect(Sample.press(&state, key).isEmpty)
            #expect(state.message == .note("this run has failed: r starts again"))
        }
        #expect(
            Sample.press(&state, "r") == [
                .start(RunLine(spec: state.composer.spec), run: 2, paused: false, firstStep: nil)
            ])
    }

    @Test("News of an older run change nothing")
    func oldNews() {
        var state = Sample.training()
        let old = Sample.snapshot(.paused, epoch: 9, batch: 1, history: BatchHistory())
        Sample.press(&state, "r")
        let before = state
        #expect(update(&state, .snapshot(old, run: 1)).isEmpty)
        #expect(update(&state, .event(.epochFinished(Sample.report(9)), run: 1)).isEmpty)
        #expect(update(&state, .event(.finished, run: 1)).isEmpty)
        #expect(update(&state, .event(.failed(.diverged(epoch: 1, batch: 1)), run: 1)).isEmpty)
        #expect(state == before)
    }

    @Test("q leaves at once when nothing runs")
    func quit() {
        for state in [Sample.state(), Sample.ready(), Sample.paused(), Sample.finished()] {
            var state = state
            if let run = state.run?.id { _ = update(&state, .recording(.numbered(7), run: run)) }
            #expect(Sample.press(&state, "q") == [.quit])
        }
    }

    @Test("Without a run that trains q asks where something is in no file: a run, marked digits, a drawing")
    func unsaved() {
        func question(_ make: () -> DashboardState) -> String {
            var state = make()
            #expect(Sample.press(&state, "q").isEmpty && state.overlay == .quitQuestion)
            #expect(render(state).text.contains("─ quit? ─"))
            return render(state).text
        }
        #expect(question { Sample.finished() }.contains("is not saved: it will be lost"))
        let marked = question {
            var state = Sample.paused()
            _ = update(&state, .recording(.numbered(7), run: 1))
            Sample.press(&state, "4", "m")
            return state
        }
        #expect(marked.contains("1 marked digit is in no file: X in Digits saves it."))
        #expect(!marked.contains("will be lost"))
        var drawing = Sample.ready()
        Sample.press(&drawing, "7", .enter, .right, .enter)
        #expect(question { drawing }.contains("The drawing is in no file: X in Draw saves it."))
    }

    /// Presses `X`, and says how writing its files ended.
    private func save(_ state: inout DashboardState, works: Bool) throws {
        let effects = Sample.press(&state, "X")
        guard case .save(let request)? = effects.first else {
            Issue.record("expected files to be saved")
            return
        }
        _ = update(
            &state,
            works
                ? .saved(what: request.what, paths: ["/tmp/\(request.stem)-1.pgm"], work: request.work)
                : .saveFailed(.notAFolder(path: "/tmp/file")))
    }

    @Test("Only files that were written take marks and a drawing out of the question")
    func savedWork() throws {
        var drawing = Sample.ready()
        Sample.press(&drawing, "7", .enter, .right, .enter)
        var marked = Sample.paused()
        _ = update(&marked, .recording(.numbered(7), run: 1))
        Sample.press(&marked, "4", "m")
        for start in [drawing, marked] {
            var state = start
            try save(&state, works: false)
            #expect(Sample.press(&state, "q").isEmpty && state.overlay == .quitQuestion)
            state = start
            try save(&state, works: true)
            #expect(Sample.press(&state, "q") == [.quit])
        }
        // What is marked or drawn while the files are written is in none of them.
        try save(&marked, works: true)
        Sample.press(&marked, .right, "m", "q")
        #expect(render(marked).text.contains("1 marked digit is in no file: X in Digits saves it."))
        try save(&drawing, works: true)
        Sample.press(&drawing, .enter, .down, .down, "q")
        #expect(render(drawing).text.contains("The drawing is in no file: X in Draw saves it."))
    }

    @Test("While training runs q asks: Esc goes back, q and Enter quit")
    func quitQuestion() {
        var state = Sample.training()
        let before = state
        Sample.expect("q", in: &state) { $0.overlay = .quitQuestion }
        #expect(render(state).text.contains("quit while run 1 trains?"))
        Sample.expect("x", in: &state) { _ in }
        Sample.expect(.escape, in: &state) { $0.overlay = nil }
        #expect(state == before)
        Sample.press(&state, "q")
        #expect(Sample.press(&state, .enter) == [.quit])
        #expect(Sample.press(&state, "q") == [.quit])
    }

    @Test("A second Ctrl-C leaves at once, wherever the first one came", arguments: ["", "?", "e", "\r"])
    func secondInterrupt(first: String) {
        var state = Sample.training()
        for scalar in first.unicodeScalars { Sample.press(&state, scalar == "\r" ? .enter : .character(scalar)) }
        #expect(Sample.press(&state, .control("c")).isEmpty)
        #expect(state.overlay == .quitQuestion)
        #expect(Sample.press(&state, .control("c")) == [.quit])
    }

    @Test("Ctrl-C leaves a line that is being typed where no run is at stake", arguments: ["e", "\r", "4/", "6/"])
    func interruptedTyping(keys: String) {
        var state = Sample.training()
        _ = update(
            &state, .snapshot(Sample.snapshot(.paused, epoch: 4, batch: 2, history: BatchHistory()), run: 1))
        _ = update(&state, .recording(.numbered(7), run: 1))
        for scalar in keys.unicodeScalars { Sample.press(&state, scalar == "\r" ? .enter : .character(scalar)) }
        Sample.type(&state, "5")
        #expect(Sample.press(&state, .control("c")).isEmpty)
        #expect(state.overlay == nil && state.composerPanel.editing == nil)
        #expect(Sample.press(&state, .control("c")) == [.quit])
    }

    @Test("An interrupt from outside counts as Ctrl-C")
    func interrupted() {
        var state = Sample.training()
        #expect(update(&state, .interrupted).isEmpty)
        #expect(state.overlay == .quitQuestion)
        #expect(update(&state, .interrupted) == [.quit])
    }

    @Test("The epochs' figures and the newest evaluation are kept")
    func epochs() {
        let state = Sample.training(epochs: 3)
        #expect(state.run?.epochs.map(\.epoch) == [1, 2, 3])
        #expect(state.run?.validation?.epoch == 3)
        #expect(state.evaluation?.epoch == 3)
    }
}
