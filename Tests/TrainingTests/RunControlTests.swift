import Specs
import Testing
import Training

@Suite struct RunControlTests {
    private static let place = RunPlace(epoch: 1, batch: 3)

    /// A control of two epochs in the given state.
    private func control(_ state: RunState) -> RunControl {
        var control = RunControl(epochs: 2, paused: state == .paused)
        switch state {
        case .running, .paused: break
        case .finished: _ = control.batchFinished(epoch: 2, isComplete: true)
        case .stopped: _ = control.receive(.stop, at: Self.place)
        case .failed: _ = control.diverged()
        }
        return control
    }

    private static let rate = LiveSetting.learningRate(0.1)

    @Test(
        "Every command says in every state what is to be done, and leads where it should",
        arguments: [
            (RunState.running, TrainingCommand.pause, [RunAction.pause], RunState.paused),
            (.running, .resume, [], .running), (.running, .stop, [.stop], .stopped),
            (.running, .stepBatch, [], .running), (.running, .stepEpoch, [], .running),
            (.running, .set(rate), [.set(rate)], .running),
            (.running, .set(.epochs(9)), [.set(.epochs(9))], .running), (.running, .set(.epochs(2)), [], .running),
            // The epoch that is begun is finished.
            (.running, .set(.epochs(1)), [], .running), (.running, .set(.stop), [.stop], .stopped),
            (.running, .evaluateTest, [.measureTest], .running),
            (.paused, .pause, [], .paused), (.paused, .resume, [.goOn], .running), (.paused, .stop, [.stop], .stopped),
            (.paused, .stepBatch, [], .running), (.paused, .stepEpoch, [.goOn], .running),
            (.paused, .set(rate), [.set(rate)], .paused), (.paused, .evaluateTest, [.measureTest], .paused),
            (.finished, .pause, [], .finished), (.finished, .resume, [], .finished),
            (.finished, .stop, [.leave], .stopped),
            (.finished, .stepBatch, [.reopen, .set(.epochs(2)), .goOn], .running),
            (.finished, .stepEpoch, [.reopen, .set(.epochs(2)), .goOn], .running),
            (.finished, .set(.epochs(5)), [.reopen, .set(.epochs(5)), .goOn], .running),
            (.finished, .set(rate), [.set(rate)], .finished),
            (.failed, .pause, [], .failed), (.failed, .resume, [], .failed), (.failed, .stop, [.leave], .stopped),
            (.failed, .stepBatch, [], .failed), (.failed, .stepEpoch, [], .failed), (.failed, .set(rate), [], .failed),
            (.failed, .set(.epochs(9)), [], .failed),
            (.stopped, .pause, [], .stopped), (.stopped, .resume, [], .stopped), (.stopped, .stop, [], .stopped),
            (.stopped, .stepBatch, [], .stopped), (.stopped, .stepEpoch, [], .stopped),
            (.stopped, .set(rate), [], .stopped), (.stopped, .evaluateTest, [], .stopped),
        ] as [(RunState, TrainingCommand, [RunAction], RunState)])
    func transitions(from state: RunState, command: TrainingCommand, actions: [RunAction], to end: RunState) {
        var control = control(state)
        #expect(control.state == state)
        #expect(control.receive(command, at: Self.place) == actions)
        #expect(control.state == end)
    }

    @Test("A single batch from a pause is shown, one of a running run ends in a pause")
    func singleBatch() {
        var paused = RunControl(epochs: 5, paused: true)
        #expect(paused.begin(isComplete: false) == [.show])
        #expect(paused.receive(.stepBatch, at: Self.place).isEmpty)
        #expect(paused.batchFinished() == [.show])
        #expect(paused.state == .paused)
        var running = RunControl(epochs: 5)
        _ = running.receive(.stepBatch, at: Self.place)
        #expect(running.batchFinished() == [.pause])
    }

    @Test("A single epoch ends in a pause after the epoch, not after its batches")
    func singleEpoch() {
        var control = RunControl(epochs: 5, paused: true)
        _ = control.receive(.stepEpoch, at: Self.place)
        for _ in 0..<3 { #expect(control.batchFinished().isEmpty) }
        #expect(control.batchFinished(epoch: 1) == [.pause])
        #expect(control.state == .paused)
    }

    @Test("The end of the run goes before the limit of a step, and can be gone beyond by batches")
    func endsAndGoesBeyond() {
        for command in [TrainingCommand.resume, .stepEpoch, .stepBatch] {
            var control = RunControl(epochs: 9, paused: true)
            _ = control.receive(command, at: Self.place)
            #expect(control.batchFinished(epoch: 3, isComplete: true) == [.finish])
            #expect(control.state == .finished)
            let end = RunPlace(epoch: 3)
            #expect(control.receive(.stepBatch, at: end) == [.reopen, .set(.epochs(4)), .goOn])
            #expect(control.batchFinished() == [.pause])
        }
        var stopped = RunControl(epochs: 9)
        _ = stopped.receive(.stop, at: Self.place)
        #expect(stopped.batchFinished(epoch: 3, isComplete: true).isEmpty)
        #expect(stopped.state == .stopped)
    }

    @Test("Going on lifts the limit of a step")
    func resumeLiftsLimit() {
        var control = RunControl(epochs: 5, paused: true)
        _ = control.receive(.stepEpoch, at: Self.place)
        _ = control.receive(.resume, at: Self.place)
        #expect(control.batchFinished(epoch: 1).isEmpty)
        #expect(control.state == .running)
    }

    @Test("Fewer epochs than are done end the run where it stands, between two epochs at once")
    func fewerEpochs() {
        var control = RunControl(epochs: 9)
        #expect(control.receive(.set(.epochs(1)), at: RunPlace(epoch: 4)) == [.set(.epochs(4)), .finish])
        var within = RunControl(epochs: 9)
        #expect(within.receive(.set(.epochs(1)), at: RunPlace(epoch: 4, batch: 2)) == [.set(.epochs(5))])
        #expect(within.epochs == 5 && within.state == .running)
    }

    @Test("Where early stopping has ended a run, the number of epochs that it was meant to have is one to go on for")
    func asManyEpochs() {
        let end = RunPlace(epoch: 4)
        var control = RunControl(epochs: 9)
        #expect(control.receive(.set(.epochs(9)), at: end, isComplete: true) == [.set(.epochs(9))])
        #expect(control.state == .running)
        #expect(control.receive(.set(.epochs(9)), at: end) == [])
        var whole = RunControl(epochs: 4)
        #expect(whole.receive(.set(.epochs(4)), at: end, isComplete: true) == [])
    }

    @Test("A run that was left at its end is ended first")
    func beginsComplete() {
        var control = RunControl(epochs: 2, paused: true)
        #expect(control.begin(isComplete: true) == [.finish])
    }

    @Test("An end whose measurement was cut short is none: the stop that cut it ends the run")
    func cutEnd() {
        var control = control(.finished)
        control.endWasCut()
        #expect(control.receive(.stop, at: Self.place) == [.stop])
    }
}
