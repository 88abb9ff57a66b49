import Dashboard
import Runs
import Specs
import TerminalUI
import Testing
import Training

/// The offer to go on with a run that was interrupted, and what saving has to say.
@Suite struct ResumingTests {
    private func offered() -> (state: DashboardState, run: ResumableRun) {
        var state = Sample.ready()
        var spec = state.composer.spec
        spec.training.epochs = 40
        spec.network.hidden = [HiddenLayer(units: 32, activation: .tanh)]
        let run = ResumableRun(
            number: 12, title: "wide", line: RunLine(spec: spec), epochs: 3, plannedEpochs: 40,
            place: RunPlace(epoch: 3), batchesPerEpoch: 4)
        state.overlay = .resumeQuestion(run)
        return (state, run)
    }

    @Test("Enter resumes the run: the composer has its spec")
    func takesUp() {
        var (state, run) = offered()
        let effects = update(&state, .input(.key(.enter)))
        #expect(effects.contains(.resume(12, Resumption.Request(), run: 1)))
        #expect(state.overlay == nil)
        #expect(state.composer.spec == run.line.spec)
        #expect(state.run?.number == 12)
        #expect(state.run?.spec == run.line.spec)
    }

    @Test("Esc goes back, and the message says how the run is resumed")
    func leaves() {
        var (state, _) = offered()
        #expect(update(&state, .input(.key(.escape))) == [])
        #expect(state.overlay == nil)
        #expect(state.run == nil)
        #expect(state.message == .note("6, then + resumes run 12"))
    }

    @Test("With x it is not asked again")
    func leavesForGood() {
        var (state, _) = offered()
        #expect(update(&state, .input(.key("x"))) == [.runs(.leave(12))])
        #expect(state.overlay == nil)
        #expect(state.run == nil)
    }

    @Test("While the question stands the status line does not say what space would do")
    func quietStatus() {
        var (state, _) = offered()
        #expect(!render(state).text.contains("images of rings ready"))
        state.overlay = nil
        #expect(render(state).text.contains("images of rings ready"))
    }

    @Test("At the end the run that was under way is named, with what goes on with it; a finished one is not")
    func leavingNote() {
        var state = Sample.training()
        let id = state.run?.id ?? 0
        let done = state.run?.history.count ?? 0
        let planned = state.run?.spec.training.epochs ?? 0
        #expect(state.hasRunUnderWay)
        #expect(state.shared.leavingNote("stopped") { "resume \($0)" } == nil, "it is not saved yet")
        _ = update(&state, .recording(.numbered(38), run: id))
        #expect(
            state.shared.leavingNote("interrupted") { "resume \($0)" }
                == "run 38 interrupted at \(done)/\(planned), nothing of it is saved yet: it starts anew; `resume 38` resumes it"
        )
        _ = update(&state, .recording(.state(RunPlace(epoch: 1, batch: 3)), run: id))
        #expect(
            state.shared.leavingNote("interrupted") { "resume \($0)" }
                == "run 38 interrupted at \(done)/\(planned), saved up to epoch 1: 2 to \(done) are trained again, in about "
                + "1.0 s; `resume 38` resumes it")
        _ = update(&state, .recording(.state(RunPlace(epoch: done, batch: 3)), run: id))
        _ = update(&state, .event(.stopped, run: id))
        #expect(
            state.shared.leavingNote("stopped") { "resume \($0)" }
                == "run 38 stopped at \(done)/\(planned); `resume 38` resumes it")
        _ = update(&state, .event(.finished, run: id))
        #expect(!state.hasRunUnderWay)
        #expect(state.shared.leavingNote("stopped") { "resume \($0)" } == nil)
    }

    @Test("Other keys are not taken for an answer")
    func waits() {
        var (state, run) = offered()
        for key in [Key(" "), Key("d"), .down] { #expect(update(&state, .input(.key(key))) == []) }
        #expect(state.overlay == .resumeQuestion(run))
    }

    @Test("The question stands on the screen, and in plain lines")
    func shows() {
        let (state, _) = offered()
        let text = render(state).text
        #expect(text.contains("run 12 was interrupted") && text.contains("wide") && text.contains("3 of 40 epochs"))
        #expect(text.contains("enter resume   x don't ask again   esc back"))
        #expect(PlainScreen(state).text.contains("run 12, wide, 3 of 40 epochs, was interrupted, resume it?"))
    }

    @Test("A save that fails is told in the status line until it works again, and the number comes with the first")
    func tellsSaving() {
        var state = Sample.training()
        let id = state.run?.id ?? 0
        _ = update(&state, .recording(.numbered(7), run: id))
        #expect(state.run?.number == 7)
        _ = update(&state, .recording(.failed(.full(path: "runs.sqlite")), run: id))
        #expect(state.message == .error("the run can't be saved, trying again: runs.sqlite: the disk is full"))
        let event = RunEvent(.saveFailed, position: 2, value: 3, text: "the disk is full")
        _ = update(&state, .recording(.recovered(event), run: id))
        #expect(state.message == .note("the run is saved again, with the 3 epochs that waited"))
        #expect(state.run?.markers.last == ShownRun.Marker(kind: .unsaved(epochs: 3), position: 2))
        _ = update(&state, .recording(.notResumed(.noRun("7", nearest: nil)), run: id))
        #expect(state.run?.state == .stopped)
    }
}
