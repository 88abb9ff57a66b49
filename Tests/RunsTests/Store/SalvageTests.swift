import Foundation
import GRDB
import Runs
import Specs
import TestSupport
import Testing
import Training

/// Damaged stores: what is told of them, and what is saved from them.
struct SalvageTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("runs.sqlite") }

    init() throws { folder = try TemporaryFolder() }

    private func makeStore() throws {
        let store = try RunStore(path: path)
        for name in ["one", "two"] {
            let run = try store.create(try RunSamples.run(name: name, tags: ["a"]))
            var progress = RunSamples.progress([RunSamples.figures(1)])
            let trainer = try RunSamples.trainer("64tanh val=0.1 batch=30", batches: 3)
            progress.checkpoint = trainer.state
            progress.test = trainer.evaluateTest()
            progress.events = [RunEvent(.best, position: 1, time: RunSamples.start, value: 0.1)]
            progress.confusions = [EpochConfusion(epoch: 1, counts: [[3, 1], [2, 4]])]
            progress.final = SavedWeights(at: trainer.place, tensors: trainer.network.tensors())
            try store.record(progress, run: run)
        }
        #expect(try store.faults() == [])
    }

    @Test("A damaged part is named, and the salvage has all the rest under the same numbers")
    func savesTheRest() throws {
        try makeStore()
        try RunStore(path: path).execute(
            """
            UPDATE checkpoint SET state = CAST(substr(state, 1, 100) || x'5A5A' || substr(state, 103) AS BLOB)
            WHERE run = 1
            """)
        #expect(try RunStore(path: path).faults() == ["run 1: the checkpoint can't be read: its checksum is wrong"])

        let rescued = folder.path("rescued.sqlite")
        // The bytes are copied as they are: the checksum still tells.
        #expect(try RunStore.salvage(path, into: rescued).runs == 2)
        let store = try RunStore(path: rescued)
        #expect(try store.summaries().map(\.id) == [2, 1])
        #expect(try store.checkpoint(of: 2) != nil)
        #expect(try store.test(of: 1) != nil)
    }

    @Test("Of a store whose end is cut off, what can be read is saved")
    func readsCutStores() throws {
        try makeStore()
        let bytes = try folder.bytes(of: "runs.sqlite")
        try folder.write(Array(bytes.prefix(bytes.count - 3 * 4096)), as: "runs.sqlite")
        let before = try folder.bytes(of: "runs.sqlite")
        let salvage = try RunStore.salvage(path, into: folder.path("rescued.sqlite"))
        #expect(salvage.runs == 2)
        #expect(!salvage.losses.isEmpty)
        #expect(try RunStore(path: folder.path("rescued.sqlite")).summaries().map(\.name) == ["two", "one"])
        #expect(try folder.bytes(of: "runs.sqlite") == before)
    }

    @Test(
        "A value that no program of ours writes is an error, not a crash, and the salvage has the rest",
        arguments: [
            ("run", "heartbeat", "-5"), ("run", "epochs", "-3"), ("run", "parameters", "9e300"),
            ("run", "started", "1e300"), ("epoch", "seconds", "x'01'"),
            ("event", "position", "-1e300"), ("event", "time", "x'07'"), ("confusion", "classes", "'ten'"),
            ("weights", "epoch", "-1"), ("checkpoint", "state", "7"), ("test_result", "report", "x'00ff'"),
        ])
    func survivesStrangeValues(table: String, column: String, value: String) throws {
        try makeStore()
        try RunStore(path: path).execute(
            "UPDATE \(table) SET \(column) = \(value) WHERE \(table == "run" ? "id" : "run") = 1")
        let damaged = try RunStore(path: path)
        #expect(try !damaged.faults().isEmpty)

        let rescued = folder.path("rescued.sqlite")
        let salvage = try RunStore.salvage(path, into: rescued)
        #expect(salvage.runs == 2)
        #expect(salvage.losses.count == 1)
        #expect(try RunStore(path: rescued).faults() == [])
        #expect(try RunStore(path: rescued).summaries().map(\.name) == ["two", "one"])
    }

    @Test("An epoch that is missing is named, and one that there should not be")
    func namesMissingEpochs() throws {
        let store = try RunStore()
        let run = try store.create(try RunSamples.run())
        try store.record(RunSamples.progress((1...4).map { RunSamples.figures($0) }), run: run)
        #expect(try store.faults() == [])
        try store.execute("DELETE FROM epoch WHERE epoch = 2")
        #expect(try store.faults() == ["run 1: epoch 2 of its 4 is missing"])
        try store.execute("DELETE FROM epoch WHERE epoch = 4")
        #expect(try store.faults() == ["run 1: epoch 2 of its 4 is missing, and 1 more"])
        try store.execute("DELETE FROM epoch")
        #expect(try store.faults() == ["run 1: epoch 1 of its 4 is missing, and 3 more"])
        try store.record(RunSamples.progress((1...5).map { RunSamples.figures($0) }), run: run)
        #expect(try store.faults() == [])
        try store.execute("UPDATE run SET epochs = 3")
        #expect(try store.faults() == ["run 1: it has an epoch 4, and is said to have 3"])
        try store.execute("UPDATE run SET epochs = 281474976710656")
        #expect(try store.faults() == ["run 1: epoch 6 of its 281474976710656 is missing, and 281474976710650 more"])
    }

    @Test("A damaged store of an older layout loses nothing to the new one")
    func savesOldLayouts() throws {
        do { try DatabaseQueue(path: path).write { try $0.execute(sql: OldStores.firstLayout) } }
        let rescued = folder.path("rescued.sqlite")
        let salvage = try RunStore.salvage(path, into: rescued)
        #expect((salvage.runs, salvage.losses) == (1, []))
        #expect(try folder.names() == ["rescued.sqlite", "runs.sqlite"])
        let store = try RunStore(path: rescued)
        #expect(try store.summaries().map(\.name) == ["wide"])
        #expect(try store.epochs(of: 3).map(\.epoch) == [1, 2])
        #expect(try store.faults() == [])
    }

    @Test("Nothing is written over, and a file that is no store has nothing to salvage")
    func refuses() throws {
        try folder.write("nothing of use", as: "runs.sqlite")
        #expect(throws: StoreError.self) { try RunStore.salvage(path, into: folder.path("rescued.sqlite")) }
        try folder.write("taken", as: "taken.sqlite")
        let taken = folder.path("taken.sqlite")
        #expect(throws: StoreError.unsuitable(path: taken, reason: "there is something already")) {
            try RunStore.salvage(path, into: taken)
        }
        #expect(throws: StoreError.notFound(path: folder.path("none"))) {
            try RunStore.salvage(folder.path("none"), into: taken)
        }
    }
}
