import CStore
import Foundation
import GRDB

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
    /// - Parameter seconds: the greatest time for reading it.
    /// - Throws: `unsuitable` for a file that is no store, `newer`, and errors of the disk.
    package static func foreign(_ path: String, seconds: Int = readingBound) throws(StoreError) -> RunStore {
        guard FileManager.default.fileExists(atPath: path) else { throw .notFound(path: path) }
        guard !isFolder(path) else { throw .unsuitable(path: path, reason: "expected a file, found a folder") }
        do {
            let queue = try foreignQueue(path, seconds: seconds)
            let applied = try queue.read { database in
                try refuseOther(database, path: path)
                return try migrator.appliedIdentifiers(database).count
            }
            guard applied > 0 else { throw StoreError.unsuitable(path: path, reason: "no run is in it") }
            let isCurrent = applied == migrator.migrations.count
            let whole = RunStore(path: path, queue: queue, isReadOnly: true)
            try whole.checkWhole()
            guard !isCurrent else { return whole }
            let renewed = try renewed(queue, layout: migrator.migrations[applied - 1])
            return RunStore(path: path, queue: renewed, isReadOnly: true)
        } catch {
            throw StoreError.opening(error, path: path)
        }
    }

    /// A file that no program changes is read where it is, and no file is made beside it, as its disk may be read-only.
    /// One with a journal is read from a copy.
    private static func foreignQueue(_ path: String, seconds: Int) throws -> DatabaseQueue {
        func open(_ name: String, isCopy: Bool) throws -> DatabaseQueue {
            var careful = configuration
            careful.readonly = !isCopy
            careful.prepareDatabase { database in
                store_limit_statements(database.sqliteConnection)
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
    private static func renewed(_ source: DatabaseQueue, layout: String) throws -> DatabaseQueue {
        let target = try DatabaseQueue(path: "", configuration: configuration)
        try migrator.migrate(target, upTo: layout)
        let tables = try source.read { database in
            let shared = try SharedRows.tables.filter { try database.tableExists($0) }
            return try ["run"] + presentParts(database) + shared
        }
        for table in tables {
            let found = try source.read { try rows(of: table, $0) }
            try target.write { try insert(found, into: table, replacing: [:], $0) }
        }
        try migrator.migrate(target)
        return target
    }

    /// Those tables with rows of a run that a file of an older layout has.
    static func presentParts(_ database: Database) throws -> [String] {
        try parts.filter { try database.tableExists($0) }
    }
}
