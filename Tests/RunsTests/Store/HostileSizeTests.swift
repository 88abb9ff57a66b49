import Foundation
import GRDB
import Memory
import Runs
import TestSupport
import Testing

/// Bundles whose rows take more memory than there is for them: they are refused before they are read.
struct HostileSizeTests {
    private static let budget = MemoryBudget(bytes: 64 << 20, bound: .controlGroup)
    private let folder: TemporaryFolder
    private var file: String { folder.path("run.run") }
    private let store: RunStore

    init() throws {
        folder = try TemporaryFolder()
        store = try RunStore()
    }

    /// Makes a good bundle, and executes these statements on it.
    private func makeFile(after statements: String) throws {
        let other = try RunStore()
        let run = try other.create(try RunSamples.run(name: "arriving"))
        let trainer = try RunSamples.trainer("8tanh batch=30 val=0.1", batches: 20)
        var progress = RunSamples.progress([RunSamples.figures(1)])
        progress.checkpoint = trainer.state
        progress.standing = .init(.finished, ended: RunSamples.start)
        try other.record(progress, run: run)
        try other.export(run: run, to: file)
        let queue = try DatabaseQueue(path: file)
        try queue.write { try $0.execute(sql: statements) }
        try queue.close()
    }

    /// The result of importing a good bundle after these statements.
    private func told(after statements: String) throws -> String {
        try makeFile(after: statements)
        do throws(StoreError) {
            return "\(try store.importBundle(file, budget: Self.budget))"
        } catch {
            #expect(try store.summaries(.all).isEmpty)
            return error.description.replacing(file, with: "FILE")
        }
    }

    @Test("A blob that takes more than the budget is refused with the figures, and a usual run is taken")
    func blobs() throws {
        #expect(
            try told(after: "UPDATE checkpoint SET state = zeroblob(40 << 20)")
                == "FILE: the data of its run 1 takes 81 MiB of memory; expected at most 64 MiB, 60 % of the memory of "
                + "this container (its control group)")
        try folder.remove("run.run")
        #expect(try told(after: "UPDATE run SET note = 'usual'") == "\([RunStore.Imported.new(1)])")
    }

    @Test("Many small rows that together take more than the budget are refused")
    func rows() throws {
        let numbers = "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)"
        let told = try told(
            after: "INSERT INTO event (run, position, time, kind) \(numbers) SELECT 1, i, 0, 'pause' FROM n")
        #expect(told.hasPrefix("FILE: the data of its run 1 takes "), "\(told)")
    }

    @Test("A text that no memory is there for is refused by SQLite itself, as its length is not known before")
    func texts() throws {
        let told = try told(after: "UPDATE run SET note = replace(hex(zeroblob(20 << 20)), '00', 'ab')")
        #expect(told == "FILE: a value in it is longer than there is memory for")
    }

    @Test("A list of runs that takes more than the budget is refused before it is read")
    func lists() throws {
        #expect(
            try told(after: "UPDATE run SET note = replace(hex(zeroblob(9 << 20)), '00', 'a')")
                == "FILE: the list of its runs takes 73 MiB of memory; expected at most 64 MiB, 60 % of the memory of "
                + "this container (its control group)")
    }

    @Test("A salvage leaves out what takes more than the budget, says so, and has the rest")
    func salvages() throws {
        try makeFile(after: "UPDATE checkpoint SET state = zeroblob(33 << 20)")
        let rescued = folder.path("rescued.sqlite")
        let salvage = try RunStore.salvage(file, into: rescued, budget: Self.budget)
        #expect(salvage.runs == 1)
        #expect(
            salvage.losses == ["run 1: its checkpoint can't be read: a value in it is longer than there is memory for"])
        #expect(try RunStore(path: rescued).summaries().map(\.name) == ["arriving"])
    }

    @Test("A salvage counts rows as they come, whatever a column computes")
    func salvagesComputed() throws {
        let numbers = "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 50)"
        try makeFile(
            after: """
                ALTER TABLE event ADD COLUMN large BLOB GENERATED ALWAYS AS (zeroblob(3 << 20)) VIRTUAL;
                INSERT INTO event (run, position, time, kind) \(numbers) SELECT 1, i, 0, 'pause' FROM n;
                """)
        let salvage = try RunStore.salvage(file, into: folder.path("rescued.sqlite"), budget: Self.budget)
        #expect(salvage.runs == 1)
        try #require(salvage.losses.count == 1)
        #expect(salvage.losses[0].hasPrefix("run 1: its event can't be read: it takes 6"))
        #expect(salvage.losses[0].contains(" MiB of memory; expected at most 64 MiB, 60 % of the memory of"))
    }
}
