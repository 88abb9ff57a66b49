import Foundation
import Networks
import Synchronization
import TestSupport
import Testing
import Training

/// What a session hands to the recorder of its run, and that a run goes on from it to the same bits.
@Suite(.timeLimit(.minutes(40))) struct RunRecordingTests {
    /// Takes a state at every question, and remembers all events.
    private final class Memory: RunRecording {
        let events = Mutex<[RecordedEvent]>([])
        let wants: Bool
        private let ended = DispatchSemaphore(value: 0)
        init(wants: Bool = true) { self.wants = wants }

        func wantsState(at moment: CheckpointMoment) -> Bool { wants }
        var wantsResult: Bool { true }
        func record(_ event: RecordedEvent) {
            events.withLock { $0.append(event) }
            if case .ended = event { ended.signal() }
        }

        func waitForEnd() -> Bool { ended.wait(timeout: Patience.end) == .success }

        var kinds: [String] {
            events.withLock { events in
                events.map { String(describing: $0).prefix { $0 != "(" }.description }
            }
        }

        var states: [TrainerState] {
            events.withLock { events in
                events.compactMap {
                    switch $0 {
                    case .state(let state), .paused(_, let state), .changed(_, _, let state): state
                    case .ended(let end): end.state
                    default: nil
                    }
                }
            }
        }
    }

    private func run(
        _ line: String, from state: TrainerState? = nil, recorder: Memory, commands: [TrainingCommand] = []
    ) throws {
        let isOver = DispatchSemaphore(value: 0)
        let session = TrainingSession(
            spec: try SmallData.spec(line), dataset: SmallData.dataset, threads: 2, paused: !commands.isEmpty,
            start: .init(state: state, recorder: recorder)
        ) { isOver.signal() }
        for command in commands { session.send(command) }
        var isFinished = false
        while !isFinished {
            try #require(isOver.wait(timeout: Patience.end) == .success)
            isFinished = session.takeNews().events.contains(.finished) || session.hasEnded
        }
        session.send(.stop)
        session.waitUntilEnded()
    }

    private func final(_ memory: Memory) throws -> [Tensor] {
        let weights = memory.events.withLock { events in
            events.compactMap { if case .ended(let end) = $0 { end.weights } else { nil } }
        }
        return try #require(weights.first)
    }

    @Test("A run tells its epochs, its states and its end in order")
    func tells() throws {
        let memory = Memory()
        try run("6tanh lr=0.01 epochs=2 batch=100 val=0.1", recorder: memory)
        #expect(memory.kinds == ["started", "epoch", "state", "epoch", "state", "test", "ended"])
    }

    @Test(
        "From any state that was kept, a run ends with the same bits",
        arguments: [
            "6tanh+drop0.3 adam lr=0.01 epochs=3 batch=10 val=0.1 seed=4",
            "6relu+bn sgd momentum=0.9 lr=0.1 epochs=3 batch=7 val=0.2 restore=true plateau=1 mindelta=0.05",
            "5tanh nadam epochs=3 batch=20 ema=0.9 schedule=cosine",
        ])
    func goesOn(line: String) throws {
        let whole = Memory()
        try run(line, recorder: whole)
        for state in whole.states.dropLast() {
            let rest = Memory(wants: false)
            try run(line, from: state, recorder: rest)
            #expect(try final(rest) == final(whole), "from epoch \(state.epoch), batch \(state.batch)")
        }
    }

    @Test("A person's change is kept with the state from which it holds")
    func keepsChanges() throws {
        let memory = Memory(wants: false)
        try run(
            "6tanh+drop0.3 lr=0.01 epochs=1 batch=50 val=0.1", recorder: memory,
            commands: [
                .stepBatch, .set(.learningRate(0.5)), .set(.dropout(0.1, layer: 0)), .set(.l2(0.01)), .set(.l1(0.02)),
                .resume,
            ])
        let states = memory.states
        #expect(states.map(\.baseRate).contains(0.5))
        #expect(states.contains { $0.dropout == [0.1] && $0.l2 == 0.01 && $0.l1 == 0.02 })
    }

    @Test("A run that diverged keeps no state of it")
    func keepsNothingDiverged() throws {
        let memory = Memory(wants: false)
        let session = TrainingSession(
            spec: try SmallData.spec("8relu sgd lr=1000 l2=1000 epochs=50"), dataset: SmallData.dataset, threads: 1,
            start: .init(recorder: memory)
        ) {}
        #expect(memory.waitForEnd())
        session.send(.stop)
        session.waitUntilEnded()
        #expect(memory.states.isEmpty)
    }

    @Test("A state of another network is refused as the run starts")
    func refusesOtherStates() throws {
        let other = Memory()
        try run("6tanh epochs=1 batch=50", recorder: other)
        let memory = Memory()
        let session = TrainingSession(
            spec: try SmallData.spec("7tanh epochs=1 batch=50"), dataset: SmallData.dataset, threads: 1,
            start: .init(state: other.states.first, recorder: memory)
        ) {}
        session.waitUntilEnded()
        #expect(memory.kinds == ["ended"])
        let events = session.takeNews().events
        #expect(events.count == 1)
        guard case .failed(.state)? = events.first else {
            Issue.record("\(events)")
            return
        }
    }
}
