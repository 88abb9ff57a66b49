import Kernels
import Specs
import Synchronization
import Testing
import Training

/// A run's line repeats to the bit what a person did to the run.
struct RunLineTests {
    /// Keeps a run's end and its last state.
    private final class Memory: RunRecording {
        let ends = Mutex<[RunEnd]>([])
        let tests = Mutex<[Evaluation]>([])
        func wantsState(at moment: CheckpointMoment) -> Bool { false }
        var wantsResult: Bool { true }
        func record(_ event: RecordedEvent) {
            if case .ended(let end) = event { ends.withLock { $0.append(end) } }
            if case .test(let test) = event { tests.withLock { $0.append(test) } }
        }
    }

    /// Asks what it is told to ask between two batches, and stops a run that has come to its end.
    private class Host: RunHost {
        private(set) var changes: [LiveChange] = []
        private(set) var place = RunPlace(epoch: 0)
        private(set) var state = RunState.running
        private var isOver = false

        func takeCommands() -> [TrainingCommand] { isOver ? [.stop] : [] }
        func waitForCommand() { isOver = true }
        var isStopping: Bool { false }

        func tell(_ events: [TrainingEvent], _ snapshot: TrainingSnapshot?) {
            for case .changed(let change) in events { changes.append(change) }
            if let snapshot { (place, state) = (snapshot.place, snapshot.state) }
        }

        func tell(_ inspection: Inspection) {}
    }

    /// A person with a mind of chance: turns knobs, steps, goes beyond the end, and stops.
    private final class Person: Host {
        private var generator: SeededGenerator
        private var asked = 0
        private var extensions = 0
        private let layers: Int
        private let epochs: Int
        private var waiting: [TrainingCommand] = []

        init(seed: UInt64, spec: ExperimentSpec) {
            generator = SeededGenerator(seed: seed)
            layers = spec.network.hidden.count
            epochs = spec.training.epochs
        }

        private func chance(_ share: Double) -> Bool { Double(generator.uniform()) < share }

        override func takeCommands() -> [TrainingCommand] {
            let end = super.takeCommands()
            guard end.isEmpty, waiting.isEmpty else {
                defer { waiting = [] }
                return end + waiting
            }
            asked += 1
            if chance(0.01), asked > 20 { return [.stop] }
            guard chance(0.08) else { return [] }
            let share = Double(generator.next() % 1000) / 1000
            let settings: [TrainingCommand] = [
                .set(.learningRate(0.001 + 0.05 * share)), .set(.l1(0.001 * share)), .set(.l2(0.001 * share)),
                .set(.dropout(0.9 * share, layer: Int(generator.next() % UInt64(layers)))),
                .set(.epochs(epochs - 1 + Int(generator.next() % 3))), .stepBatch, .stepEpoch,
            ]
            return [settings[Int(generator.next() % UInt64(settings.count))]]
        }

        override func waitForCommand() {
            // A pause after a step is gone on from; an end is gone beyond, twice at most.
            if state == .paused { waiting = [.resume] }
            if state == .finished {
                extensions += 1
                if extensions > 2 { return super.waitForCommand() }
                waiting = chance(0.5) ? [.set(.learningRate(0.02)), .stepEpoch, .resume] : [.stepBatch]
            }
        }

    }

    private static let lines = [
        "8tanh+drop0.2 adam lr=0.01 epochs=3 batch=20", "8relu-6tanh sgd momentum=0.9 lr=0.05 epochs=4 batch=30",
        "8tanh lr=0.01 epochs=3 batch=25 schedule=one_cycle",
        "8tanh lr=0.01 epochs=4 batch=50 schedule=cosine warmup=1",
        "6relu lr=0.01 epochs=3 batch=40 schedule=polynomial lrend=0.001", "8tanh nadam epochs=4 batch=30 ema=0.9",
        "8relu+bn+drop0.3 lr=0.02 epochs=4 batch=30 restore=true",
        "8tanh sgd lr=2 epochs=9 batch=30 patience=1 restore=true",
        "8tanh rmsprop epochs=4 batch=30 plateau=1 plateaudelta=10 factor=0.5", "8relu muon epochs=3 batch=50 val=0",
    ]

    private func train(_ line: RunLine, host: any RunHost, from state: TrainerState? = nil, threads: Int = 1) throws
        -> Memory
    {
        let memory = Memory()
        var driver = try RunDriver(
            spec: line.spec, dataset: SmallData.dataset, threads: threads,
            start: RunStart(state: state, changes: line.changes, recorder: memory), host: host)
        driver.run()
        return memory
    }

    private func end(_ memory: Memory) throws -> RunEnd { try #require(memory.ends.withLock { $0.last }) }

    @Test("Whatever was changed, stepped and stopped, the line gives the same weights", arguments: 1...20)
    func repeats(seed: Int) throws {
        let spec = try SmallData.spec(Self.lines[seed % Self.lines.count] + " seed=\(seed)")
        let person = Person(seed: UInt64(seed), spec: spec)
        let memory = try train(RunLine(spec: spec), host: person)
        var line = RunLine(spec: spec, changes: person.changes)
        if try end(memory).ending == .stopped { line.changes.append(LiveChange(.stop, at: try end(memory).place)) }

        let read = try RunLine(parsing: "\(line)", inputs: 36, classes: 4)
        #expect(read == line)
        let repeated = try train(read, host: Host(), threads: 2)
        #expect(try end(repeated).weights == end(memory).weights, "\(line)")
        #expect(try end(repeated).place == end(memory).place)
        #expect(try end(repeated).source == end(memory).source)
        #expect(repeated.tests.withLock { $0.last } == memory.tests.withLock { $0.last })
    }

    @Test("A repeated run that is cut short anywhere goes on with the changes that are left", arguments: 1...10)
    func resumesWithinLine(seed: Int) throws {
        let spec = try SmallData.spec("8tanh+drop0.1 lr=0.01 epochs=3 batch=45 schedule=cosine seed=\(seed)")
        let line = try RunLine(
            parsing: "\(spec) @0+4 lr=0.03 drop1=0.4 @1 epochs=5 @2+\(seed) l2=0.001 l1=0.002 @4+3 stop", inputs: 36,
            classes: 4)
        let whole = try train(line, host: Host())
        let first = try train(
            RunLine(spec: spec, changes: line.changes.filter { $0.setting != .stop }),
            host: StopAfter(batches: 3 + 4 * seed))
        let state = try #require(end(first).state)
        let rest = try train(line, host: Host(), from: state)
        #expect(try end(rest).weights == end(whole).weights)
        #expect(try end(rest).place == RunPlace(epoch: 4, batch: 3))
    }

    @Test("A run that stopped early goes on for as many epochs as it was meant to have, live, taken up and repeated")
    func goesOnBeyondEarlyStop() throws {
        // No epoch is that much better: it stops after the second.
        let spec = try SmallData.spec("8tanh lr=0.01 epochs=4 batch=45 patience=0 mindelta=900 ema=0.9")
        let line = try RunLine(parsing: "\(spec) @2 epochs=4", inputs: 36, classes: 4)
        let early = try end(train(RunLine(spec: spec), host: Host()))
        #expect(early.place == RunPlace(epoch: 2))
        let live = try train(RunLine(spec: spec), host: GoesOn())
        var driver = try RunDriver(
            spec: spec, dataset: SmallData.dataset, threads: 1,
            start: RunStart(state: early.state, settings: [.epochs(4)], recorder: Memory()), host: Host())
        driver.run()
        let repeated = try end(train(line, host: Host()))
        #expect(repeated.place == RunPlace(epoch: 3))
        #expect(try end(live).weights == repeated.weights && end(live).place == repeated.place)
        #expect(driver.trainer.network.tensors() == repeated.weights)
    }

    /// Goes on once, when the run has come to its end, for four epochs in all.
    private final class GoesOn: Host {
        private var hasGone = false
        private var waiting: [TrainingCommand] = []

        override func takeCommands() -> [TrainingCommand] {
            defer { waiting = [] }
            return super.takeCommands() + waiting
        }

        override func waitForCommand() {
            guard state == .finished, !hasGone else { return super.waitForCommand() }
            (hasGone, waiting) = (true, [.set(.epochs(4))])
        }
    }

    private final class StopAfter: Host {
        private var left: Int
        init(batches: Int) { left = batches }
        override func takeCommands() -> [TrainingCommand] {
            left -= 1
            return left < 0 ? [.stop] : []
        }
    }

    @Test("A place that no epoch has is refused as the run starts")
    func refusesPlaces() throws {
        let line = try RunLine(parsing: "8tanh epochs=3 batch=45 @1+400 lr=0.1", inputs: 36, classes: 4)
        #expect(throws: TrainingError.place(RunPlace(epoch: 1, batch: 400), batchesPerEpoch: 10)) {
            try train(line, host: Host())
        }
    }

    @Test("A stopped run is measured on the weights that it ends with")
    func measuresTheEnd() throws {
        let line = try RunLine(parsing: "8tanh lr=0.05 epochs=3 batch=45 @1+7 stop", inputs: 36, classes: 4)
        let memory = try train(line, host: Host())
        let test = try #require(memory.tests.withLock { $0.last })
        #expect(test.place == RunPlace(epoch: 1, batch: 7) && test.weights == nil)
        let plain = try Trainer(spec: line.spec, dataset: SmallData.dataset, threads: 1)
        for _ in 0..<10 { _ = plain.step() }
        _ = plain.finishEpoch()
        for _ in 0..<7 { _ = plain.step() }
        #expect(plain.evaluateTest() == test)
    }
}
