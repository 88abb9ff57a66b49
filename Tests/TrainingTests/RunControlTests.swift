import Testing
import Training

@Suite struct RunControlTests {
    private static let everyCommand: [TrainingCommand] = [
        .pause, .resume, .stop, .stepBatch, .stepEpoch, .learningRate(0.1), .dropout(0.5, layer: 0), .l1(1e-3),
        .l2(1e-3),
        .evaluateTest,
    ]

    /// A control in the given state.
    private func control(_ state: RunState) -> RunControl {
        var control = RunControl(epochs: 2, paused: state == .paused)
        switch state {
        case .running, .paused: break
        case .finished: control.epochFinished(2)
        case .stopped: control.receive(.stop)
        case .failed: control.diverged()
        }
        return control
    }

    @Test(
        "Every command leads from every state where it should",
        arguments: [
            (RunState.running, [RunState.paused, .running, .stopped, .running, .running]),
            (.paused, [.paused, .running, .stopped, .running, .running]),
            (.finished, [.finished, .finished, .stopped, .running, .running]),
            (.failed, [.failed, .failed, .stopped, .failed, .failed]),
            (.stopped, [.stopped, .stopped, .stopped, .stopped, .stopped]),
        ])
    func transitions(from state: RunState, to expected: [RunState]) {
        #expect(control(state).state == state)
        for (index, command) in Self.everyCommand.enumerated() {
            var control = control(state)
            control.receive(command)
            #expect(control.state == (expected.indices.contains(index) ? expected[index] : state), "\(command)")
        }
    }

    @Test("A single batch ends in a pause after that batch")
    func singleBatch() {
        var control = RunControl(epochs: 5, paused: true)
        control.receive(.stepBatch)
        #expect(control.state == .running)
        control.batchFinished()
        #expect(control.state == .paused)
    }

    @Test("A single epoch ends in a pause after the epoch, not after its batches")
    func singleEpoch() {
        var control = RunControl(epochs: 5, paused: true)
        control.receive(.stepEpoch)
        for _ in 0..<3 { control.batchFinished() }
        #expect(control.state == .running)
        control.epochFinished(1)
        #expect(control.state == .paused)
    }

    @Test("Early stopping finishes a run, the limit of a step too, and can be gone beyond")
    func stopsEarly() {
        for command in [TrainingCommand.resume, .stepEpoch] {
            var control = RunControl(epochs: 9, paused: true)
            control.receive(command)
            control.epochFinished(3)
            control.stopsEarly()
            #expect(control.state == .finished)
            control.receive(.stepBatch)
            control.batchFinished()
            #expect(control.state == .paused)
        }
        var stopped = RunControl(epochs: 9)
        stopped.receive(.stop)
        stopped.stopsEarly()
        #expect(stopped.state == .stopped)
    }

    @Test("Going on lifts the limit of a step")
    func resumeLiftsLimit() {
        var control = RunControl(epochs: 5, paused: true)
        control.receive(.stepEpoch)
        control.receive(.resume)
        control.epochFinished(1)
        #expect(control.state == .running)
    }

    @Test("A run is finished after its last epoch; one more can be added")
    func finished() {
        var control = RunControl(epochs: 2)
        control.epochFinished(1)
        #expect(control.state == .running)
        control.epochFinished(2)
        #expect(control.state == .finished)
        control.receive(.stepEpoch)
        #expect(control.state == .running)
        control.epochFinished(3)
        #expect(control.state == .finished)
    }
}
