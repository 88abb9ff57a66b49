import Foundation
import Networks
import Runs
import Specs
import TestSupport
import Testing
import Training

/// Runs that begin with the weights of another one.
struct StartWeightsTests {
    private static let line = "8tanh+bn adam lr=0.01 epochs=2 batch=30 seed=7 val=0.1"

    /// A run without the dashboard: trained to its end, its events kept.
    private final class Host: RunHost {
        var isStopping: Bool { hasFinished }
        private var hasFinished = false
        func takeCommands() -> [TrainingCommand] { hasFinished ? [.stop] : [] }
        func waitForCommand() { hasFinished = true }
        func tell(_ events: [TrainingEvent], _ snapshot: TrainingSnapshot?) {}
        func tell(_ inspection: Inspection) {}
    }

    /// The weights that a run of a line ends with.
    private func trained(
        _ spec: ExperimentSpec, threads: Int = 1, recorder: (any RunRecording)? = nil, weights: WeightFinder?
    ) throws -> [Tensor] {
        var driver = try RunDriver(
            spec: spec, dataset: RunSamples.dataset, threads: threads,
            start: RunStart(recorder: recorder, weights: weights), host: Host())
        driver.run()
        return driver.trainer.network.tensors()
    }

    /// The spec of a line, with the weights of an imported run, and the store that has it.
    private func sample(_ line: String = line) throws -> (RunStore, Int, ExperimentSpec) {
        let (store, number, imported) = try ImportedRunTests.imported(line)
        var spec = try RunSamples.spec(line)
        spec.training.from = WeightDigest(of: imported.tensors)
        return (store, number, spec)
    }

    @Test("A digest is of names, shapes and values, in any order")
    func digest() throws {
        let one = Tensor(name: "0.kernel", shape: [1, 2], values: [1, 2])
        let other = Tensor(name: "0.bias", shape: [2], values: [0, -0.5])
        let digest = WeightDigest(of: [one, other])
        // Python: hashlib.sha256(b"0.bias\n2\n" + pack("<2f", 0, -.5) + b"0.kernel\n1,2\n" + pack("<2f", 1, 2)).
        #expect(digest.description == "sha256:b3bf246ea80fb45a")
        #expect(WeightDigest(of: [other, one]) == digest)
        for changed in [
            Tensor(name: "1.kernel", shape: [1, 2], values: [1, 2]),
            Tensor(name: "0.kernel", shape: [2, 1], values: [1, 2]),
            Tensor(name: "0.kernel", shape: [1, 2], values: [1, 3]),
        ] { #expect(WeightDigest(of: [changed, other]) != digest) }
    }

    @Test("The run begins with the weights, moving figures among them, to the same bits on any number of threads")
    func threads() throws {
        let (store, number, spec) = try sample()
        let weights = try #require(try store.weights(of: number, .final)).tensors
        let driver = try RunDriver(
            spec: spec, dataset: RunSamples.dataset, threads: 1, start: RunStart(weights: store.weightFinder),
            host: Host())
        #expect(driver.trainer.network.tensors() == weights)
        #expect(weights.contains { $0.name == "0.moving_mean" && $0.values.contains { $0 != 0 } })
        let once = try trained(spec, weights: store.weightFinder)
        for threads in [2, 5, 8] {
            #expect(try trained(spec, threads: threads, weights: store.weightFinder) == once)
        }
        var other = spec
        other.training.from = nil
        #expect(try trained(other, weights: nil) != once)
    }

    @Test("A run keeps the weights that it began with, and is repeated where the other run is gone")
    func repeated() throws {
        let (store, number, spec) = try sample()
        let run = try store.create(
            NewRun(
                line: RunLine(spec: spec), dataset: "stripes", dataSource: "stripes", facts: RunSamples.facts,
                machine: RunSamples.machine))
        let recorder = RunRecorder(store: store, target: .existing(run), onReport: { _ in })
        let once = try trained(spec, recorder: recorder, weights: store.weightFinder)
        #expect(recorder.close(limit: .seconds(20)) == nil)
        #expect(try store.weights(of: run, .final)?.tensors == once)
        let start = try #require(try store.weights(of: run, .start)).tensors
        #expect(WeightDigest(of: start) == spec.training.from)
        try store.execute("DELETE FROM run WHERE id = \(number)")
        #expect(try trained(spec, weights: store.weightFinder) == once)
        try store.checkParts(of: run)
    }

    @Test("A run that was interrupted before its first state begins with them, too")
    func resumed() throws {
        let (store, _, spec) = try sample()
        let run = try store.create(
            NewRun(
                line: RunLine(spec: spec), dataset: "stripes", dataSource: "stripes", facts: RunSamples.facts,
                machine: RunSamples.machine))
        var progress = UnsavedProgress()
        progress.standing = .init(.interrupted)
        try store.record(progress, run: run)
        let resumption = try Resumption(run, store: store) { "" }
        let recorder = RunRecorder(store: store, target: .existing(run), onReport: { _ in })
        var driver = try RunDriver(
            spec: spec, dataset: RunSamples.dataset, threads: 1, start: resumption.start(recorder: recorder),
            host: Host())
        driver.run()
        #expect(recorder.close(limit: .seconds(20)) == nil)
        #expect(try driver.trainer.network.tensors() == trained(spec, weights: store.weightFinder))
    }

    @Test("Weights that no run has, and those of other layers, are refused with what is expected")
    func refusals() throws {
        let (store, _, spec) = try sample()
        func error(_ spec: ExperimentSpec, _ finder: WeightFinder?) throws -> String {
            let error = try #require(throws: TrainingError.self) { try trained(spec, weights: finder) }
            return error.description
        }
        let digest = try #require(spec.training.from)
        #expect(try error(spec, nil) == "from=\(digest): these weights are not to be had: no runs are saved here")
        let empty = try RunStore()
        #expect(
            try error(spec, empty.weightFinder)
                == "from=\(digest): these weights are not to be had: no run in :memory: has them; `trainspotter import` "
                + "and `trainspotter runs import` bring weights in")
        var other = try RunSamples.spec("9tanh+bn")
        other.training.from = digest
        #expect(
            try error(other, store.weightFinder)
                == "from=\(digest): the weights of other layers: expected 36-9-4, found 36-8-4")
        other = try RunSamples.spec("8tanh")
        other.training.from = digest
        #expect(
            try error(other, store.weightFinder)
                == "from=\(digest): the weights of other layers: expected 36-8-4, found 36-8-4 (0.gamma: the network has "
                + "no tensor of that name)")
        #expect(throws: TrainingError.self) {
            try RateSearch.run(other, dataset: RunSamples.dataset, weights: store.weightFinder) { false }
        }
    }

    @Test("A digest beside weights saves reading others, and is not believed of a run from elsewhere")
    func digestBeside() throws {
        let folder = try TemporaryFolder()
        let store = try RunStore(path: folder.path("runs.db"))
        let states = try (1...2).map { try RunSamples.trainer(Self.line, batches: 2 * $0) }
        let digests = states.map { WeightDigest(of: $0.network.tensors()) }
        let runs = try states.map { trainer in
            let run = try store.create(try RunSamples.run(Self.line))
            var end = UnsavedProgress()
            end.final = SavedWeights(at: RunPlace(epoch: 1), tensors: trainer.network.tensors())
            end.standing = .init(.finished)
            try store.record(end, run: run)
            return run
        }
        func owner(_ number: Int, in store: RunStore) throws -> Int? { try store.owner(of: digests[number])?.run.id }
        #expect(try runs.indices.map { try owner($0, in: store) } == runs)
        // The other run's weights are not even looked at: of each kind only what has the digest is.
        try store.execute("UPDATE weights SET sha256 = '\(digests[0])' WHERE run = \(runs[1])")
        try store.execute("UPDATE weights SET sha256 = 'sha256:0000000000000000' WHERE run = \(runs[0])")
        #expect(try owner(0, in: store) == nil && owner(1, in: store) == nil)
        // A bundle of such a run: its weights are what counts.
        let bundle = folder.path("run.bundle")
        try store.export(run: runs[0], to: bundle)
        let other = try RunStore()
        _ = try other.importBundle(bundle)
        #expect(try owner(0, in: other) == 1)
    }

    @Test("Weights of every kind are found: final, best, and those of the newest state")
    func kinds() throws {
        let store = try RunStore()
        let states = try (1...4).map { try RunSamples.trainer(Self.line, batches: 2 * $0) }
        let ended = try store.create(try RunSamples.run(Self.line))
        var progress = UnsavedProgress()
        progress.best = SavedWeights(at: RunPlace(epoch: 1), tensors: states[0].network.tensors())
        progress.final = SavedWeights(at: RunPlace(epoch: 1), tensors: states[1].network.tensors())
        progress.standing = .init(.finished)
        try store.record(progress, run: ended)
        let cut = try store.create(try RunSamples.run(Self.line))
        var state = UnsavedProgress()
        (state.checkpoint, state.standing) = (states[2].state, .init(.interrupted))
        try store.record(state, run: cut)
        // One that was continued, and then interrupted, has its earlier end's weights, too.
        let continued = try store.create(try RunSamples.run(Self.line))
        var end = UnsavedProgress()
        end.final = SavedWeights(at: RunPlace(epoch: 1), tensors: states[1].network.tensors())
        (end.checkpoint, end.standing) = (states[3].state, .init(.interrupted))
        try store.record(end, run: continued)
        for (run, trainer, place) in [
            (ended, states[1], nil), (cut, states[2], RunPlace(states[2])), (continued, states[3], RunPlace(states[3])),
        ] {
            let newest = try store.newestWeights(of: try #require(try store.summary(of: run)))
            #expect(newest?.tensors == trainer.network.tensors() && newest?.state == place)
        }
        for trainer in states {
            let weights = trainer.network.tensors()
            #expect(try store.weights(of: WeightDigest(of: weights)) == weights)
        }
        // Where no digest stands beside them, as in a store of an earlier layout, they are read.
        try store.execute("UPDATE weights SET sha256 = NULL")
        for trainer in states {
            let weights = trainer.network.tensors()
            #expect(try store.weights(of: WeightDigest(of: weights)) == weights)
        }
        try store.execute("UPDATE weights SET tensors = x'00' WHERE kind = 'best'")
        #expect(try store.weights(of: WeightDigest(of: states[0].network.tensors())) == nil)
        #expect(try store.weights(of: WeightDigest(of: states[1].network.tensors())) != nil)
    }
}

extension RunPlace {
    fileprivate init(_ trainer: Trainer) { self.init(epoch: trainer.epoch, batch: trainer.batch) }
}
