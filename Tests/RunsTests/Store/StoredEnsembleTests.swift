import Exports
import Foundation
import RunExports
import Runs
import Specs
import TestSupport
import Testing
import Training

/// Ensembles of a store: their runs stay, and their weights are those of the day they were made.
@Suite struct StoredEnsembleTests {
    private let folder: TemporaryFolder
    private let store: RunStore

    init() throws {
        folder = try TemporaryFolder()
        store = try RunStore(path: folder.path("runs.sqlite"))
    }

    /// A finished run after some batches, with its weights' digest.
    private func add(batches: Int = 15, name: String? = nil) throws -> StoredEnsemble.Member {
        let run = try store.create(RunSamples.run(name: name))
        let trainer = try RunSamples.trainer("8tanh adam lr=0.01 epochs=5 batch=30 seed=7 val=0.1", batches: batches)
        var progress = RunSamples.progress([RunSamples.figures(1)])
        progress.checkpoint = trainer.state
        progress.final = SavedWeights(at: trainer.place, tensors: trainer.network.tensors())
        progress.standing = .init(.finished)
        try store.record(progress, run: run)
        return StoredEnsemble.Member(run: run, digest: WeightDigest(of: trainer.network.tensors()), weight: 0.5)
    }

    private func error(_ body: () throws -> Void) -> StoreError? {
        do { try body() } catch { return error as? StoreError }
        return nil
    }

    @Test func `an ensemble is read back as it was made, with the networks of its runs`() throws {
        let members = [try add(name: "one"), try add(batches: 30)]
        let id = try store.createEnsemble(
            name: " pair ", mean: .geometric, members: members, now: Date(timeIntervalSince1970: 1_700_000_500))
        let found = try #require(try store.ensemble(named: "pair"))
        #expect(
            found
                == StoredEnsemble(
                    id: id, name: "pair", mean: .geometric, created: Date(timeIntervalSince1970: 1_700_000_500),
                    members: members))
        #expect(found.digest == StoredEnsemble.digest(.geometric, members))
        #expect(found.digest != StoredEnsemble.digest(.arithmetic, members))
        #expect(try store.summaries().map(\.ensembles) == [["pair"], ["pair"]])
        let model = try SavedEnsemble(found, in: store)
        #expect(model.names == ["one", "run 2"])
        #expect(model.members.map { WeightDigest(of: $0.tensors) } == members.map(\.digest))
        #expect(try RunStore(path: store.path).ensembles().count == 1)
    }

    @Test func `names are unique, and no run's`() throws {
        let members = [try add(name: "wide"), try add()]
        try store.createEnsemble(name: "pair", mean: .arithmetic, members: members)
        func make(_ name: String) -> StoreError? {
            error { try store.createEnsemble(name: name, mean: .arithmetic, members: members) }
        }
        #expect(make("pair") == .nameTaken("pair", by: "an ensemble"))
        #expect(make("wide") == .nameTaken("wide", by: "a run"))
        #expect(make("last") == .takenWord("last"))
        #expect(make("12") == .takenWord("12"))
        #expect(make("  ") != nil)
        let lost = StoredEnsemble.Member(run: 99, digest: members[0].digest, weight: 1)
        #expect(
            error { try store.createEnsemble(name: "x", mean: .arithmetic, members: [lost]) }
                == .noRun("99", nearest: nil))
        #expect(try store.ensembles().map(\.name) == ["pair"])
    }

    @Test func `a run that an ensemble needs is neither deleted nor pruned, until the ensemble is gone`() throws {
        let members = [try add(), try add(), try add()]
        try store.createEnsemble(name: "pair", mean: .arithmetic, members: Array(members.prefix(2)))
        #expect(error { try store.delete(runs: [3, 2]) } == .needed(run: 2, ensemble: "pair"))
        #expect(try store.summaries().count == 3, "none of them is deleted")
        #expect(
            StoreError.needed(run: 2, ensemble: "pair").description
                == "run 2: the ensemble pair needs it; `trainspotter ensemble delete pair` gives it free")
        var pruning = Pruning()
        pruning.keep = 0
        for part in Pruning.Part.allCases {
            pruning.part = part
            let plan = try store.plan(pruning)
            #expect(plan.steps.map(\.run) == [3])
            #expect(plan.kept.map(\.reason) == ["the ensemble pair needs it", "the ensemble pair needs it"])
        }
        #expect(error { try store.deleteEnsemble(named: "pairs") } == .noEnsemble("pairs", nearest: "pair"))
        try store.deleteEnsemble(named: "pair")
        try store.delete(runs: [1, 2])
        #expect(try store.summaries().map(\.id) == [3])
    }

    @Test func `weights are found by their digest where the run was trained on, and missed where they are gone`() throws
    {
        let member = try add()
        try store.createEnsemble(name: "one", mean: .arithmetic, members: [member])
        let ensemble = try #require(try store.ensemble(named: "one"))
        let first = try store.member(0, of: ensemble).weights
        // Trained on: the final weights are others, and those of the ensemble are the best ones.
        let later = try RunSamples.trainer("8tanh adam lr=0.01 epochs=5 batch=30 seed=7 val=0.1", batches: 40)
        var progress = UnsavedProgress()
        progress.final = SavedWeights(at: later.place, tensors: later.network.tensors())
        progress.best = SavedWeights(at: RunPlace(epoch: 1), tensors: first)
        progress.checkpoint = later.state
        try store.record(progress, run: 1)
        #expect(try store.member(0, of: ensemble).weights == first)
        progress.best = SavedWeights(at: RunPlace(epoch: 2), tensors: later.network.tensors())
        try store.record(progress, run: 1)
        #expect(
            error { _ = try store.member(0, of: ensemble) }
                == .brokenEnsemble(
                    "one", member: 1, reason: "run 1 has other weights now, as it was trained on or pruned"))
    }

    @Test func `a bundle has a run without its ensembles, and a salvaged store has them`() throws {
        let members = [try add(), try add(batches: 30)]
        try store.createEnsemble(name: "pair", mean: .arithmetic, members: members)
        try store.export(run: 1, to: folder.path("one.run"))
        let other = try RunStore(path: folder.path("other.sqlite"))
        #expect(try other.importBundle(folder.path("one.run")) == [.new(1)])
        #expect(try other.ensembles() == [])
        #expect(try other.summaries().map(\.ensembles) == [[]])
        let salvage = try RunStore.salvage(store.path, into: folder.path("whole.sqlite"))
        #expect(salvage.runs == 2 && salvage.losses == [])
        #expect(try RunStore(path: folder.path("whole.sqlite")).ensembles() == store.ensembles())
    }

    @Test func `a member whose run is lost is found by its weights in another run, or named`() throws {
        let members = [try add(), try add()]
        try store.createEnsemble(name: "pair", mean: .arithmetic, members: members)
        // As a salvage leaves it.
        try store.execute("DELETE FROM run WHERE id = 2")
        let ensemble = try #require(try store.ensemble(named: "pair"))
        #expect(ensemble.members.map(\.run) == [1, nil])
        #expect(try store.member(1, of: ensemble).run.id == 1, "both had the same weights")
        try store.execute("DELETE FROM run")
        #expect(
            error { _ = try store.member(0, of: ensemble) }
                == .brokenEnsemble("pair", member: 1, reason: "its run is lost, and no other has its weights"))
    }

    @Test func `an ensemble is a teacher by its digest, with the weights and the mean that it has`() throws {
        let members = [try add(), try add(batches: 30)]
        try store.createEnsemble(
            name: "pair", mean: .geometric,
            members: zip(members, [0.75, 0.25]).map {
                StoredEnsemble.Member(run: $0.run, digest: $0.digest, weight: $1)
            })
        let digest = try #require(try store.ensemble(named: "pair")).digest
        #expect(try store.teacherName(of: digest) == "the ensemble pair")
        let teacher = try store.weightFinder.teacher(digest, RunSamples.dataset)
        #expect(teacher.mean == .geometric && teacher.weights == [0.75, 0.25])
        #expect(teacher.members.map { WeightDigest(of: $0.tensors) } == members.map(\.digest))
        // One of its runs alone is another teacher.
        #expect(try store.teacherName(of: members[0].digest) == "run 1")
        try store.deleteEnsemble(named: "pair")
        #expect(throws: TrainingError.self) { try store.teacherName(of: digest) }
    }
}
