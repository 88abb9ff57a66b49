import Datasets
import Foundation
import Runs
import Specs
import TestSupport
import Testing
import Training

/// A store that a released version wrote, brought up to date: Fixtures/layout-N says what was done to its runs.
private struct ReleasedStore {
    private let folder: TemporaryFolder
    let store: RunStore
    let dataset: Dataset

    init(layout: Int) throws {
        folder = try TemporaryFolder()
        // Both are of the same data set.
        for (fixture, isStore) in [("layout-2", false), ("layout-\(layout)", true)] {
            let url = try #require(Bundle.module.url(forResource: "Fixtures/\(fixture)", withExtension: nil))
            for name in try FileManager.default.contentsOfDirectory(atPath: url.path)
            where name.hasSuffix("ubyte") != isStore {
                try FileManager.default.copyItem(atPath: url.path + "/" + name, toPath: folder.path(name))
            }
        }
        store = try RunStore(path: folder.path("runs.sqlite"))
        dataset = try DatasetSource.resolve(folder.path).load()
    }

    func run(_ number: Int) throws -> RunSummary { try #require(try store.summary(of: number)) }

    /// Trains the run's line; its weights are those of the store, but for what other kernels round otherwise.
    func expectRepeats(_ number: Int) throws {
        final class Host: RunHost {
            private var isOver = false
            func takeCommands() -> [TrainingCommand] { isOver ? [.stop] : [] }
            func waitForCommand() { isOver = true }
            var isStopping: Bool { false }
            func tell(_ events: [TrainingEvent], _ snapshot: TrainingSnapshot?) {}
            func tell(_ inspection: Inspection) {}
        }
        let line = try run(number).line()
        var driver = try RunDriver(
            spec: line.spec, dataset: dataset, threads: 1, start: RunStart(changes: line.changes), host: Host())
        driver.run()
        let final = try #require(try store.weights(of: number, .final))
        for (tensor, expected) in zip(driver.trainer.network.tensors(), final.tensors) {
            #expect(tensor.name == expected.name)
            #expect(zip(tensor.values, expected.values).allSatisfy { abs($0 - $1) < 1e-3 }, "\(tensor.name)")
        }
    }
}

/// A store that version 0.1.0 wrote.
struct LayoutOneTests {
    private let old: ReleasedStore

    init() throws { old = try ReleasedStore(layout: 1) }

    @Test("How sure its predictions were, and which were wrong, was not recorded")
    func sureness() throws {
        let confusions = try old.store.confusions(of: 1)
        #expect(!confusions.isEmpty && confusions.allSatisfy { $0.sureness == nil && $0.wrong == nil })
    }

    @Test("Its runs have lines, with what was changed at its exact place, and whole parts")
    func lines() throws {
        #expect(try old.run(1).lineText == "36-8tanh-4 adam lr=0.01 batch=50 epochs=4 seed=1 @4 epochs=7")
        #expect(
            try old.run(2).lineText
                == "36-8tanh-4 adam lr=0.03 batch=50 epochs=40 seed=1 patience=3 restore=true")
        #expect(
            try old.run(3).lineText
                == "36-8tanh-6relu-4 adam lr=0.01 batch=30 epochs=5 seed=7 @0+1 lr=0.02 @0+2 drop1=0.1 @0+3 stop")
        #expect(try old.store.summaries().allSatisfy { $0.lineFault == nil })
        #expect(try old.store.faults() == [])
        #expect(try old.run(2).testStanding == .end(.best(epoch: 40)))
    }

    @Test("The images have the fingerprint that the runs were saved with")
    func fingerprint() throws {
        let digest = "8631041ef635de77b175e67e072e63ef732c2217d2d55a3bdcc2ca2cc54627b1"
        #expect(DatasetFingerprint.digest(of: old.dataset) == digest)
        #expect(try old.store.summaries().allSatisfy { $0.fingerprint == digest })
    }

    @Test("A line repeats its run", arguments: [1, 2, 3])
    func repeats(number: Int) throws { try old.expectRepeats(number) }
}

/// A store that version 0.2.0 wrote.
struct LayoutTwoTests {
    private let store: RunStore
    private let dataset: Dataset
    private let old: ReleasedStore

    init() throws {
        old = try ReleasedStore(layout: 2)
        (store, dataset) = (old.store, old.dataset)
    }

    private func run(_ number: Int) throws -> RunSummary { try old.run(number) }

    @Test("Its runs have lines, with what was changed at its exact place, and whole parts")
    func lines() throws {
        #expect(try run(1).lineText == "36-8tanh-4 adam lr=0.01 batch=50 epochs=4 seed=1 @4 epochs=7")
        #expect(
            try run(3).lineText
                == "36-8tanh-6relu+drop0.1-4 adam lr=0.01 batch=30 epochs=5 seed=7 @0+1 lr=0.02 @1 drop1=0.1 @1+1 stop")
        #expect(try store.summaries().allSatisfy { $0.lineFault == nil })
        #expect(try store.faults() == [])
        #expect(try store.events(of: 3).map(\.kind) == [.paused, .stopped])
    }

    @Test("Its test figures say which weights they are of; one of other weights is measured again")
    func figures() throws {
        #expect(try run(1).testStanding == .end(nil) && run(1).testWords == "of the last step's weights")
        #expect(try run(2).testStanding == .end(.best(epoch: 30)))
        let stale = try run(3)
        #expect(stale.testStanding == .place(RunPlace(epoch: 1)) && stale.awaitsTest)
        #expect(stale.testWords == "of the weights after 1 epoch, not those of the end")
        try store.measureEnd(of: stale, on: dataset, threads: 1)
        let measured = try run(3)
        #expect(measured.testStanding == .end(nil) && !measured.awaitsTest)
        #expect(try store.test(of: 3)?.place == RunPlace(epoch: 1, batch: 1))
    }

    @Test("A line repeats its run", arguments: [1, 2, 3])
    func repeats(number: Int) throws { try old.expectRepeats(number) }
}
