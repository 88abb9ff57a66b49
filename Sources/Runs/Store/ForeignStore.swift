import CStore
import Foundation
import GRDB
import Memory

extension RunStore {
    /// The greatest time in seconds for reading a file from elsewhere. A valid file of a gigabyte takes some seconds;
    /// one that is made to keep the program busy takes longer.
    package static let readingBound = 120

    /// A store from elsewhere, opened for reading alone.
    ///
    /// Nothing in it is executed. Its schema must be that of a known layout, so that no name in it becomes part of a
    /// statement. SQLite distrusts it and works within limits. A store of an older layout is copied, row by row, into a
    /// file without a name, and migrated there.
    ///
    /// - Parameters:
    ///   - seconds: the greatest time for reading it.
    ///   - budget: the memory that its rows may take.
    /// - Throws: `unsuitable` for a file that is no store or takes too much memory, `newer`, and errors of the disk.
    package static func foreign(
        _ path: String, seconds: Int = readingBound, budget: MemoryBudget = .current
    ) throws(StoreError) -> RunStore {
        guard FileManager.default.fileExists(atPath: path) else { throw .notFound(path: path) }
        guard !isFolder(path) else { throw .unsuitable(path: path, reason: "expected a file, found a folder") }
        do {
            let room = RowRoom(budget: budget)
            let queue = try foreignQueue(path, seconds: seconds, room)
            let applied = try queue.read { database in
                try refuseOther(database, path: path)
                let shared = try SharedRows.tables.filter { try database.tableExists($0) }
                try room.check(["run"] + shared, what: "the list of its runs", database)
                return try migrator.appliedIdentifiers(database).count
            }
            guard applied > 0 else { throw StoreError.unsuitable(path: path, reason: "no run is in it") }
            let isCurrent = applied == migrator.migrations.count
            let whole = RunStore(path: path, queue: queue, isReadOnly: true)
            try whole.checkWhole()
            guard !isCurrent else { return whole }
            let tables = try queue.read { try Self.tables(in: $0) }
            try queue.read { try room.check(tables, what: "the data of its runs", $0) }
            let renewed = try renewed(queue, tables, layout: migrator.migrations[applied - 1])
            return RunStore(path: path, queue: renewed, isReadOnly: true)
        } catch {
            throw StoreError.opening(error, path: path)
        }
    }

    /// A file that no program changes is read where it is, and no file is made beside it, as its disk may be read-only.
    /// One with a journal is read from a copy.
    private static func foreignQueue(_ path: String, seconds: Int, _ room: RowRoom) throws -> DatabaseQueue {
        func open(_ name: String, isCopy: Bool) throws -> DatabaseQueue {
            var careful = configuration
            careful.readonly = !isCopy
            careful.prepareDatabase { database in
                store_limit_statements(database.sqliteConnection)
                room.limitValues(database)
                store_bound_time(database.sqliteConnection, Int32(seconds))
            }
            let queue = try DatabaseQueue(path: name, configuration: careful)
            _ = try queue.inDatabase { try Int.fetchOne($0, sql: "PRAGMA schema_version") }
            return queue
        }
        if !hasJournal(path) {
            do {
                return try open(unchanging(path), isCopy: false)
            } catch let error as DatabaseError where error.isRefusedWriting {
                // This SQLite has no such names, or the file has a transaction to be rolled back.
            }
        }
        return try withTemporaryCopy(of: path) { try open($0, isCopy: true) }
    }

    /// The same rows in the newest layout. SQLite removes a file without a name as it is made.
    private static func renewed(
        _ source: DatabaseQueue, _ tables: [String], layout: String
    ) throws -> DatabaseQueue {
        let target = try DatabaseQueue(path: "", configuration: configuration)
        try migrator.migrate(target, upTo: layout)
        for table in tables {
            let found = try source.read { try rows(of: table, $0) }
            try target.write { try insert(found, into: table, replacing: [:], $0) }
        }
        try migrator.migrate(target)
        return target
    }

    /// All tables of a file that may be of an older layout, in an order in which rows refer only to earlier ones.
    private static func tables(in database: Database) throws -> [String] {
        try ["run"] + presentParts(database) + SharedRows.tables.filter { try database.tableExists($0) }
    }

    /// Those tables with rows of a run that a file of an older layout has.
    static func presentParts(_ database: Database) throws -> [String] {
        try parts.filter { try database.tableExists($0) }
    }
}
