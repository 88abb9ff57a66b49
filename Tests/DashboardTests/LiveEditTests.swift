import Dashboard
import Specs
import TerminalUI
import Testing
import Training

@Suite struct LiveEditTests {
    @Test("The learning rate reaches the run at once, which is not edited then")
    func learningRate() {
        var state = Sample.training()
        #expect(Sample.press(&state, "]") == [.command(.set(.learningRate(2e-3)))])
        #expect(
            Sample.press(&state, "[", "[") == [
                .command(.set(.learningRate(1e-3))), .command(.set(.learningRate(5e-4))),
            ])
        #expect(!state.isEdited && state.spec.contains(" lr=5e-4 "))
        #expect(state.run?.spec.training.learningRate == 1e-3)
    }

    @Test("Dropout reaches the run at once, which is not edited then")
    func dropout() {
        var state = Sample.training()
        #expect(Sample.press(&state, "%") == [.command(.set(.dropout(0.1, layer: 0)))])
        #expect(!state.isEdited)
    }

    @Test("A penalty reaches the run at once, which is not edited then")
    func penalties() {
        for (key, command) in [(SpecKey.l1, TrainingCommand.set(.l1(1e-6))), (.l2, .set(.l2(1e-6)))] {
            var state = Sample.training()
            Sample.press(&state, .home)
            for _ in 0..<60 where state.composer.selected != .setting(key) { Sample.press(&state, .down) }
            #expect(state.composer.selected == .setting(key))
            #expect(render(state).text.contains("live"))
            #expect(Sample.press(&state, .right) == [.command(command)])
            #expect(!state.isEdited)
        }
    }

    @Test("What changes shapes waits for the next start, and the spec line says so")
    func units() {
        var state = Sample.training()
        #expect(Sample.press(&state, .right).isEmpty)
        #expect(state.isEdited)
        #expect(render(state).text.contains("edited · r restarts"))
        Sample.press(&state, "u")
        #expect(!state.isEdited)
    }

    @Test("Dropout of a network of another shape does not reach the run")
    func dropoutOfOtherShape() {
        var state = Sample.training()
        #expect(Sample.press(&state, "+", "%").isEmpty)
        #expect(state.isEdited)
    }

    @Test("A layer typed with other units and dropout waits as a whole")
    func typedLayer() {
        var state = Sample.training()
        Sample.press(&state, .enter, .control("u"))
        Sample.type(&state, "64relu+drop0.3")
        #expect(Sample.press(&state, .enter).isEmpty)
        #expect(state.isEdited)
    }

    @Test("The status line says when an edit takes effect, and the composer marks what waits")
    func announced() {
        var state = Sample.training()
        Sample.press(&state, "]")
        #expect(state.message == .note("in force from the next batch on"))
        Sample.press(&state, .right)
        #expect(state.message == .note("waits for the next start: r starts it"))
        #expect(render(state).text.contains("160 relu        ● ‹ ›│"))
        Sample.press(&state, .left)
        #expect(state.message == .note("as the run has it"))
        #expect(!render(state).text.contains("128 relu        ● ‹ ›│"))
        for _ in 0..<4 { Sample.press(&state, .down) }
        #expect(state.composer.selected == .setting(.lr))
        #expect(render(state).text.contains("live ‹ ›│"))
        var ready = Sample.ready()
        Sample.press(&ready, .right)
        #expect(ready.message == nil, "without a run there is nothing to say")
    }

    @Test("An epoch's time is measured once known, and estimated after an edit")
    func epochTime() {
        var state = Sample.training(width: 160, height: 48)
        #expect(render(state).text.contains("101,770 weights · 0.25 s/epoch"))
        Sample.press(&state, "]")
        #expect(render(state).text.contains("101,770 weights · 0.25 s/epoch"), "the rate makes no difference")
        Sample.press(&state, .right)
        #expect(render(state).text.contains(" 127,210 weights · ≈ 0.29 s/epoch │"))
        #expect(render(state).text.contains(" 8.5 MiB ─╯"), "what is too long for the line is on the border")
    }

    @Test("That the data is still loading is no longer said once it is there")
    func loaded() {
        var state = Sample.state()
        state.message = .note("the data set is still loading")
        _ = update(&state, .dataLoaded(Sample.data))
        #expect(state.message == nil)
    }

    @Test("Undo of a live edit goes to the run, too")
    func undo() {
        var state = Sample.training()
        #expect(
            Sample.press(&state, "]", "u") == [
                .command(.set(.learningRate(2e-3))), .command(.set(.learningRate(1e-3))),
            ])
        #expect(!state.isEdited)
    }

    @Test("After a run has finished, an edit of the learning rate waits for the next start, which has it")
    func finished() {
        var state = Sample.finished()
        #expect(Sample.press(&state, "]").isEmpty)
        #expect(state.isEdited)
        let spec = state.composer.spec
        #expect(Sample.press(&state, " ") == [.start(RunLine(spec: spec), run: 2, paused: false, firstStep: nil)])
        #expect(state.run?.spec.training.learningRate == 2e-3)
    }

    @Test("With auto-run on, a finished run is trained anew at every edit", arguments: ["]", "%"] as [Key])
    func finishedWithAutoRun(key: Key) {
        var state = Sample.finished()
        #expect(Sample.press(&state, "a", key) == [.waitForAutoRun(ticket: 1)])
        let spec = state.composer.spec
        #expect(
            update(&state, .autoRunDue(ticket: 1)) == [
                .start(RunLine(spec: spec), run: 2, paused: false, firstStep: nil)
            ])
    }

    @Test("One more epoch of a finished run has what was edited since")
    func oneMoreEpoch() {
        var state = Sample.finished()
        Sample.press(&state, "]")
        #expect(Sample.press(&state, ">") == [.command(.set(.learningRate(2e-3))), .command(.stepEpoch)])
        #expect(!state.isEdited)
    }

    @Test("Nothing goes to a run that has failed")
    func failed() {
        var state = Sample.training()
        _ = update(&state, .event(.failed(.diverged(epoch: 1, batch: 2)), run: 1))
        #expect(Sample.press(&state, "[").isEmpty)
        #expect(state.isEdited)
    }

    @Test("With auto-run every edit asks for a wait, and only the newest one starts")
    func autoRun() {
        var state = Sample.training()
        #expect(Sample.press(&state, "a").isEmpty)
        #expect(Sample.press(&state, "+") == [.waitForAutoRun(ticket: 1)])
        #expect(Sample.press(&state, "f", .down, .enter) == [.waitForAutoRun(ticket: 2)])
        #expect(update(&state, .autoRunDue(ticket: 1)).isEmpty)
        #expect(state.run?.id == 1)
        let spec = state.composer.spec
        #expect(
            update(&state, .autoRunDue(ticket: 2)) == [
                .start(RunLine(spec: spec), run: 2, paused: false, firstStep: nil)
            ])
        #expect(state.run?.id == 2 && !state.isEdited)
        #expect(update(&state, .autoRunDue(ticket: 2)).isEmpty)
    }

    @Test("An edit that is taken back before the wait is over starts nothing")
    func takenBack() {
        var state = Sample.training()
        Sample.press(&state, "a", "+", "u")
        for ticket in 0...3 { #expect(update(&state, .autoRunDue(ticket: ticket)).isEmpty) }
        #expect(state.run?.id == 1)
    }

    @Test("Auto-run switched off in between starts nothing")
    func switchedOff() {
        var state = Sample.training()
        Sample.press(&state, "a", "+", "a")
        #expect(update(&state, .autoRunDue(ticket: 1)).isEmpty)
        #expect(state.run?.id == 1)
    }

    @Test("Switching auto-run on with an edited spec, or before any run, starts at once")
    func switchedOn() {
        var ready = Sample.ready()
        #expect(
            Sample.press(&ready, "a") == [
                .start(RunLine(spec: ready.composer.spec), run: 1, paused: false, firstStep: nil)
            ])
        var edited = Sample.training()
        #expect(
            Sample.press(&edited, "+", "a") == [
                .start(RunLine(spec: edited.composer.spec), run: 2, paused: false, firstStep: nil)
            ])
    }

    @Test("A live edit with auto-run on changes the run, and starts no other")
    func liveWithAutoRun() {
        var state = Sample.training()
        #expect(Sample.press(&state, "a", "]") == [.command(.set(.learningRate(2e-3)))])
    }
}
