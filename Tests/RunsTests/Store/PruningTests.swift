import Foundation
import Runs
import Specs
import TestSupport
import Testing
import Training

/// Which runs go where a store gives room back, and that each goes as a whole or not at all.
@Suite struct PruningTests {
    private let folder: TemporaryFolder
    private let store: RunStore

    init() throws {
        folder = try TemporaryFolder()
        store = try RunStore(path: folder.path("runs.sqlite"))
    }

    /// A run that has ended, with a state, weights and a test.
    @discardableResult
    private func add(
        loss: Double, state: SavedRunState = .finished, name: String? = nil, tags: [String] = []
    ) throws -> Int {
        let run = try store.create(RunSamples.run(name: name, tags: tags))
        let trainer = try RunSamples.trainer("8tanh adam lr=0.01 epochs=5 batch=30 seed=7 val=0.1", batches: 15)
        var progress = RunSamples.progress([RunSamples.figures(1, validation: 1 - loss)])
        progress.checkpoint = trainer.state
        if !state.isAlive, state != .interrupted {
            progress.best = SavedWeights(at: RunPlace(epoch: 1), tensors: trainer.network.tensors())
            progress.final = SavedWeights(at: trainer.place, tensors: trainer.network.tensors())
            progress.test = trainer.evaluateTest(at: trainer.place, weights: nil)
        }
        progress.standing = .init(state)
        try store.record(progress, run: run)
        return run
    }

    private func pruning(_ change: (inout Pruning) -> Void) -> Pruning {
        var pruning = Pruning()
        change(&pruning)
        return pruning
    }

    /// Gives each run a large picture.
    private func fill(_ store: RunStore, _ bytes: Int) throws {
        try store.execute(
            "INSERT OR REPLACE INTO picture SELECT id, 1, 'filling', 1, 1, 1, randomblob(\(bytes)) FROM run")
    }

    private func numbers() throws -> [Int] { try store.summaries(.all).map(\.id).sorted() }

    @Test func `the size of a run is that of its parts, and the file's is no less than all of them`() throws {
        let run = try add(loss: 0.2)
        let size = try store.size(of: run)
        let state = try #require(try store.checkpoint(of: run))
        #expect(size.state == state.bytes.count && size.weights > 2 * 4 * 340 && size.predictions > 200 * 4 * 4)
        #expect(size.total == size.state + size.weights + size.predictions + size.figures)
        #expect(try store.summaries(withSizes: true).map(\.size) == [size])
        #expect(try store.summaries().map(\.size) == [nil], "nothing large is read where it was not asked for")
        #expect(try store.size().used > size.total && store.size().file == store.size().used + store.size().free)
        #expect(try store.size(of: 99) == RunSize())
    }

    @Test func `the best by a field stay, and the worst goes first`() throws {
        for loss in [0.4, 0.1, 0.3, 0.2] { try add(loss: loss) }
        let plan = try store.plan(pruning { $0.keep = 2 })
        #expect(plan.steps.map(\.run) == [1, 3] && plan.kept.isEmpty && plan.isEnough)
        let newest = try PruneOrder.named("id")
        #expect(try store.plan(pruning { ($0.keep, $0.order) = (1, newest) }).steps.map(\.run) == [1, 2, 3])
        let best = try PruneOrder.named("leaderboard")
        #expect(try store.plan(pruning { ($0.keep, $0.order) = (3, best) }).steps.map(\.run) == [1])
        let worst = try PruneOrder.named("-val_loss")
        #expect(try store.plan(pruning { ($0.keep, $0.order) = (3, worst) }).steps.map(\.run) == [2])
        #expect(throws: RunFilterError.self) { try PruneOrder.named("val_los") }
        let filter = try RunFilter(parsing: "val_loss>0.25")
        #expect(try store.plan(pruning { ($0.keep, $0.filter) = (1, filter) }).steps.map(\.run) == [1])
        #expect(try store.plan(pruning { $0.keep = 9 }).steps.isEmpty)
    }

    @Test
    func `runs that are trained, interrupted, named, tagged, noted or shown stay, and a run without the value is last`()
        throws
    {
        try add(loss: 0.1)
        try add(loss: 0.2, state: .running)
        try add(loss: 0.2, state: .interrupted)
        try add(loss: 0.2, name: "wide")
        try add(loss: 0.2, tags: ["paper"])
        let noted = try add(loss: 0.2)
        try store.setNote(run: noted, to: "the one")
        let shown = try add(loss: 0.2)
        let unmeasured = try store.create(RunSamples.run())
        var stop = UnsavedProgress()
        stop.standing = .init(.stopped)
        try store.record(stop, run: unmeasured)
        let plan = try store.plan(pruning { ($0.keep, $0.spared) = (0, [shown]) })
        #expect(plan.steps.map(\.run) == [unmeasured, 1])
        #expect(
            plan.kept.sorted { $0.run < $1.run }.map { "\($0.run): \($0.reason)" } == [
                "2: it is being trained", "3: it was interrupted, and can be resumed", "4: it has a name",
                "5: it has a tag", "6: it has a note", "7: it is shown or marked",
            ])
        let done = try store.prune(plan, pruning { $0.spared = [shown] })
        #expect(try done == plan.steps && numbers() == [2, 3, 4, 5, 6, 7])
        #expect(try store.faults().isEmpty)
    }

    @Test
    func `a state that was given back is missed by training on alone, and weights leave line, curves and figures`()
        throws
    {
        let (run, other, stopped) = (try add(loss: 0.1), try add(loss: 0.2), try add(loss: 0.3, state: .stopped))
        let states = pruning { $0.part = .state }
        let before = try store.size(of: run)
        let plan = try store.plan(states)
        #expect(plan.steps.map(\.run) == [other, run], "a stopped run is resumed from its state")
        #expect(try store.prune(plan, states).count == 2)
        var summary = try #require(try store.summary(of: run))
        #expect(summary.checkpointPlace == nil && summary.finalPlace != nil && summary.isTestOfEnd)
        var left = before
        left.state = 0
        #expect(try store.size(of: run) == left && store.weights(of: run, .best) != nil)
        #expect(
            Resumption.refusal(of: summary, Resumption.Request(moreEpochs: 2))
                == "its state is not saved any more; `trainspotter runs repeat 1` trains it again from its start")
        #expect(throws: StoreError.self) {
            try Resumption(run, Resumption.Request(moreEpochs: 2), store: store) { "" }
        }
        #expect(Resumption.refusal(of: try #require(try store.summary(of: stopped)), Resumption.Request()) == nil)

        let weights = pruning { ($0.part, $0.keep) = (.weights, 1) }
        #expect(try store.prune(try store.plan(weights), weights).map(\.run) == [stopped, other])
        summary = try #require(try store.summaries(withSizes: true).first { $0.id == other })
        #expect(!summary.hasWeights && summary.bestValidationLoss != nil && summary.testAccuracy != nil)
        #expect(try store.epochs(of: other).count == 1 && store.test(of: other) != nil)
        #expect(try store.plan(weights).steps.isEmpty && store.faults().isEmpty)
    }

    @Test func `a limit takes deleted runs first, then states, then the worst runs, and no more than it needs`() throws
    {
        for loss in [0.1, 0.2, 0.3, 0.4] { try add(loss: loss) }
        try store.delete(runs: [2])
        let runs = try store.summaries(.all, withSizes: true)
        let size = try #require(runs[0].size)
        let used = 4 * size.total
        func steps(over bytes: Int, _ change: (inout Pruning) -> Void = { _ in }) -> [String] {
            var pruning = pruning { $0.most = used - bytes }
            change(&pruning)
            return pruning.plan(runs, used: used).steps.map { "\($0.part.rawValue) \($0.run)" }
        }
        #expect(steps(over: 0) == [])
        #expect(steps(over: 1) == ["runs 2"])
        #expect(steps(over: size.total + 1) == ["runs 2", "states 4"])
        #expect(steps(over: size.total + 2 * size.state) == ["runs 2", "states 4", "states 3"])
        #expect(steps(over: size.total + 2 * size.state + 1) == ["runs 2", "states 3", "runs 4"])
        // One stays, whatever the limit.
        #expect(steps(over: used) == ["runs 2", "runs 4", "runs 3"])
        #expect(steps(over: used) { $0.keep = 3 } == ["runs 2"])
        #expect(!pruning { $0.most = 0 }.plan(runs, used: used).isEnough)
        #expect(steps(over: 1) { $0.part = .weights } == ["weights 4"], "a deleted run can still be brought back whole")
    }

    @Test func `what changed since the plan was made counts`() throws {
        for loss in [0.1, 0.2, 0.3, 0.4] { try add(loss: loss) }
        try store.delete(runs: [4])
        let all = pruning { ($0.keep, $0.takesDeleted) = (0, true) }
        let plan = try store.plan(all)
        #expect(plan.steps.map(\.run) == [4, 3, 2, 1])
        try store.rename(run: 1, to: "wide")
        try store.claim(run: 2)
        try store.undelete(runs: [4])
        #expect(try store.prune(plan, all).map(\.run) == [3])
        #expect(try numbers() == [1, 2, 4])
    }

    @Test
    func `a store of this version gives space back beside one that writes, and an older one once no run is trained`()
        throws
    {
        for _ in 0..<3 { try add(loss: 0.2) }
        try fill(store, 8000000)
        let writer = try RunStore(path: store.path)
        let running = try writer.create(RunSamples.run())
        let all = pruning { $0.keep = 0 }
        _ = try store.prune(try store.plan(all), all)
        #expect(try store.size().free > 20_000_000)
        guard case .done(let bytes) = try store.compact() else {
            Issue.record("it waited for the other")
            return
        }
        #expect(try bytes > 20_000_000 && store.size().free == 0)
        try writer.beat(run: running)
        #expect(try writer.summaries().map(\.id) == [running] && store.faults().isEmpty)
        let file = try FileManager.default.attributesOfItem(atPath: store.path)[.size] as? Int
        #expect(file ?? .max < 1_000_000, "the disk has it back")

        // A file of an earlier version has no list of which page belongs where.
        try store.execute("PRAGMA user_version = 0")
        let old = try RunStore(path: folder.path("runs.sqlite"))
        try old.makeAsEarlierVersions()
        let (first, second) = (try add(loss: 0.1), try add(loss: 0.3))
        try fill(old, 2000000)
        let worst = pruning { $0.keep = 1 }
        #expect(try old.prune(try old.plan(worst), worst).map(\.run) == [second])
        #expect(try old.compact() == .training(run: running) && old.size().free > 1_900_000)
        var end = UnsavedProgress()
        end.standing = .init(.finished)
        try writer.record(end, run: running)
        guard case .done(let freed) = try old.compact() else {
            Issue.record("nothing is trained")
            return
        }
        #expect(try freed > 1_900_000 && old.size().free == 0)
        #expect(try store.faults().isEmpty && writer.summaries().map(\.id).sorted() == [running, first])
        _ = try writer.create(RunSamples.run())
        #expect(try writer.faults().isEmpty, "a connection from before goes on")
    }

    @Test func `a store that can't grow while it is written anew stays as it was`() throws {
        try store.makeAsEarlierVersions()
        for loss in [0.1, 0.2] { try add(loss: loss) }
        try fill(store, 1000000)
        let worst = pruning { $0.keep = 1 }
        _ = try store.prune(try store.plan(worst), worst)
        // The other reads on what it has begun to read; the lock of one that writes is not given.
        let other = try RunStore(path: store.path)
        try other.execute("PRAGMA busy_timeout = 0")
        try store.execute("PRAGMA busy_timeout = 0")
        let before = try store.size()
        try other.whileWriting {
            #expect(throws: StoreError.busy(path: store.path)) { try store.compact() }
        }
        #expect(try store.size() == before && store.faults().isEmpty)
        #expect(try store.compact() != .training(run: 1) && store.size().free == 0)
    }

    @Test(arguments: [
        ("812", 812), ("500MB", 500_000_000), ("2 gb", 2_000_000_000), ("1.5GiB", 1_610_612_736), ("3kb", 3000),
        ("", nil), ("MB", nil), ("-1MB", nil), ("1e9", nil), ("nan", nil), ("2 apples", nil), ("1.2.3GB", nil),
        ("99999999999TB", nil),
    ]) func `an amount of bytes is read with its unit`(text: String, bytes: Int?) {
        #expect(ByteAmount.bytes(text) == bytes)
    }

    @Test func `an amount of bytes is printed with a unit that suits it`() {
        let amounts = [0, 812, 1000, 3_796_992, 99_960_000, 999_960_000, 2_000_000_000, 5_000_000_000_000]
        #expect(
            amounts.map(ByteAmount.text) == [
                "0 B", "812 B", "1 kB", "3.8 MB", "100 MB", "1 GB", "2 GB", "5 TB",
            ])
    }

    @Test func `sizes filter and sort runs, and are a column`() throws {
        for loss in [0.1, 0.2] { try add(loss: loss) }
        let states = pruning { ($0.part, $0.keep) = (.state, 1) }
        _ = try store.prune(try store.plan(states), states)
        let runs = try store.summaries(withSizes: true)
        let least = try #require(runs.first?.size?.total)
        #expect(try runs.filter(RunFilter(parsing: "size>\(least)").accepts).map(\.id) == [1])
        #expect(try runs.filter(RunFilter(parsing: "size<1GB").accepts).count == 2)
        #expect(throws: RunFilterError.self) { try RunFilter(parsing: "size<big") }
        #expect(try RunOrder(parsing: "size").sorted(runs).map(\.id) == [1, 2])
        #expect(try RunColumns(parsing: "id,size").rows(runs).last?.last == ByteAmount.text(runs[1].size?.total ?? 0))
    }

    @Test func `beyond its limit the user is told, and what went`() {
        let limit = StoreLimit(bytes: 2_000_000_000)
        #expect(limit.warning(used: 2_000_000_000) == nil && StoreLimit().warning(used: 1 << 50) == nil)
        #expect(
            limit.warning(used: 2_345_678_901, store: " --store x")
                == "the saved runs take 2.3 GB, and the limit is 2 GB: "
                + "`trainspotter runs prune --max-size 2GB --store x` makes room")
        #expect(StoreLimit.report([], limit) == nil)
    }
}
