import Foundation
import GRDB
import Runs
import TestSupport
import Testing

/// What is kept of a store before it is brought up to date.
struct StoreBackupTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("runs.sqlite") }
    private var backup: String { "runs.sqlite.before-layout-\(RunStore.migrator.migrations.count)" }

    init() throws { folder = try TemporaryFolder() }

    private func makeOld() throws {
        try DatabaseQueue(path: path).write { try $0.execute(sql: OldStores.firstLayout) }
    }

    @Test("A store of an older layout is copied before it is changed, for its owner alone to read")
    func copies() throws {
        do { try makeOld() }
        do { #expect(try RunStore(path: path).summaries().map(\.name) == ["wide"]) }
        #expect(try folder.names() == ["runs.sqlite", backup])
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path(backup))[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let kept = try DatabaseQueue(path: folder.path(backup))
        #expect(try kept.read { try String.fetchAll($0, sql: "SELECT identifier FROM grdb_migrations") } == ["1 runs"])
        #expect(try kept.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM epoch") } == 2)
    }

    @Test("Of connections that bring a store up to date at once one makes the copy")
    func copiesOnce() throws {
        for _ in 0..<5 {
            try makeOld()
            DispatchQueue.concurrentPerform(iterations: 6) { _ in
                #expect(throws: Never.self) { _ = try RunStore(path: path).summaries() }
            }
            #expect(try folder.names() == ["runs.sqlite", backup])
            for name in try folder.names() { try FileManager.default.removeItem(atPath: folder.path(name)) }
        }
    }

    @Test("What a journal holds is in the copy, and an older copy is not written over")
    func keepsOlderCopies() throws {
        try folder.write("an older one", as: backup)
        let queue = try DatabaseQueue(path: path)
        try queue.inDatabase { _ = try String.fetchOne($0, sql: "PRAGMA journal_mode = WAL") }
        try queue.write { try $0.execute(sql: OldStores.firstLayout) }
        _ = try RunStore(path: path)
        #expect(try folder.text(of: backup) == "an older one")
        let second = try DatabaseQueue(path: folder.path(backup + ".2"))
        #expect(try second.read { try String.fetchOne($0, sql: "SELECT name FROM run") } == "wide")
    }

    @Test("A store without runs, as one whose making was cut short, is brought up to date without a copy")
    func leavesEmpty() throws {
        try makeOld()
        do { try DatabaseQueue(path: path).write { try $0.execute(sql: "DELETE FROM run") } }
        do { #expect(try RunStore(path: path).summaries().isEmpty) }
        #expect(try folder.names() == ["runs.sqlite"])
    }

    @Test("A new store and one that is up to date are not copied")
    func leavesOthers() throws {
        do { _ = try RunStore(path: path) }
        do { _ = try RunStore(path: path) }
        #expect(try folder.names() == ["runs.sqlite"])
    }

    @Test(
        "A copy goes where bringing the store up to date failed and changed nothing; where it changed something it stays"
    )
    func goesWithFailure() throws {
        struct Failure: Error {}
        try makeOld()
        let queue = try DatabaseQueue(path: path)
        #expect(throws: Failure.self) { try RunStore.backingUp(queue, path: path) { throw Failure() } }
        #expect(try folder.names() == ["runs.sqlite"])
        #expect(throws: Failure.self) {
            try RunStore.backingUp(queue, path: path) {
                try RunStore.migrator.migrate(queue)
                throw Failure()
            }
        }
        #expect(try folder.names() == ["runs.sqlite", backup])
    }

    @Test("A copy that can't be made leaves the store as it is, and nothing beside it")
    func refusesWithoutCopy() throws {
        try makeOld()
        let queue = try DatabaseQueue(path: path)
        let place = folder.path("none/copy")
        #expect(throws: StoreError.self) { try RunStore.backUp(queue, to: place) }
        #expect(try folder.names() == ["runs.sqlite"])
    }
}
