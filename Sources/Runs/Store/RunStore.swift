import CStore
import Foundation
import GRDB

/// All saved runs, in one SQLite file.
///
/// A value: its copies use the same connection, which serves one thread at a time. A thread that must not wait for a
/// large save, such as one that draws, opens a store of its own on the same file. Several programs can do the same:
/// each call is one transaction, which waits up to `patience` for those of others.
///
/// A commit is on the disk when the call returns (`synchronous = FULL`). Lists read no weights, confusion matrices or
/// predictions. All calls throw only `StoreError`, whose description is one line for the user.
package struct RunStore: Sendable {
    /// The file; ":memory:" for a store that ends with its last copy.
    package let path: String
    let queue: DatabaseQueue
    /// Why it can only be read: the file, its folder or the disk can't be written; nil where it can be written.
    package let refusal: StoreError?
    /// Whether it can only be read.
    package var isReadOnly: Bool { refusal != nil }
    /// Whether it may be written once it is opened again, as a full disk has room again.
    package var isRefusedForNow: Bool { refusal.map { $0 != .readOnly(path: path) } ?? false }
    /// The file that was opened at `path`; nil for a store in memory.
    let identity: StoreFileIdentity?
    /// Whether it is in memory because the file can't be written now.
    let standsIn: Bool
    /// Seconds that a call waits while another program writes.
    static let patience = 10.0
    /// "Trsp" in SQLite's header, by which other programs' files are recognized.
    static let applicationID: Int32 = 0x5472_7370

    /// What to do where there is no file.
    package enum Missing: Sendable {
        /// Make a new store. Its folder must be there.
        case create
        /// Throw `notFound`.
        case refuse
    }

    /// Opens a store, and migrates one of an older version.
    ///
    /// A store of a newer version, a file of another program and a damaged one are refused, and do not change. A store
    /// that can't be written can still be read; each change is then refused, with `refusal`.
    package init(path: String, missing: Missing = .create) throws(StoreError) {
        let isThere = FileManager.default.fileExists(atPath: path)
        if !isThere {
            guard missing == .create else { throw .notFound(path: path) }
            guard Self.isFolder(URL(fileURLWithPath: path).deletingLastPathComponent().path) else {
                throw .noFolder(path: path)
            }
        } else if Self.isFolder(path) {
            throw .unsuitable(path: path, reason: "expected a file, found a folder")
        }
        self.path = path
        do {
            if !isThere { try Self.makeFile(path) }
            (queue, refusal) = try Self.connection(to: path)
        } catch {
            throw StoreError.opening(error, path: path)
        }
        identity = StoreFileIdentity(path)
        standsIn = false
    }

    /// A store with a connection that was opened elsewhere.
    init(path: String, queue: DatabaseQueue, isReadOnly: Bool, standsIn: Bool = false) {
        (self.path, self.queue, identity) = (path, queue, nil)
        refusal = isReadOnly ? .readOnly(path: path) : nil
        self.standsIn = standsIn
    }

    /// Makes the empty file that SQLite then fills, so that other users can read neither it nor the files beside it.
    private static func makeFile(_ path: String) throws(StoreError) {
        guard try PrivateFiles.makeFile(path) else { return }
        // They belong to a store that was removed while a program used it: that program has them open, and no other
        // needs them.
        for suffix in ["-wal", "-shm", "-journal"] { unlink(path + suffix) }
    }

    /// A store in memory, for tests and for programs without a disk.
    package init(inMemory name: String? = nil) throws(StoreError) {
        path = ":memory:"
        (refusal, identity, standsIn) = (nil, nil, false)
        do {
            queue = try DatabaseQueue(named: name, configuration: Self.configuration)
            try Self.prepare(queue, path: path, keepsBackup: false)
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// `$XDG_DATA_HOME/trainspotter/runs.sqlite` below a data folder, whose folders are made where they are missing.
    ///
    /// - Parameter dataFolder: what the XDG base directory specification gives; nil where there is none.
    package static func standardPath(dataFolder: String?, makingFolders: Bool) throws(StoreError) -> String {
        guard let dataFolder else { throw .noPlace }
        let folder = dataFolder + "/trainspotter"
        if makingFolders { try PrivateFiles.makeFolder(folder) }
        return folder + "/runs.sqlite"
    }

    /// A value that differs after this or another program has written. Takes microseconds.
    package func changeMark() throws(StoreError) -> ChangeMark {
        try read { database in
            ChangeMark(
                others: try Int.fetchOne(database, sql: "PRAGMA data_version") ?? 0,
                own: database.totalChangesCount)
        }
    }

    /// See `RunStore.changeMark()`.
    package struct ChangeMark: Sendable, Equatable {
        let others: Int
        let own: Int
    }

    // MARK: - The connection

    static var configuration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(patience)
        configuration.label = "runs"
        configuration.prepareDatabase { database in
            guard store_distrust_schema(database.sqliteConnection) else {
                throw DatabaseError(resultCode: .SQLITE_ERROR, message: "this SQLite can't be told to distrust a file")
            }
        }
        return configuration
    }

    /// Throws for a file that is not a store of a known layout.
    ///
    /// - Parameter database: in a transaction, as another program may migrate the file between two statements.
    static func refuseOther(_ database: Database, path: String) throws {
        try refuseForeign(database, path: path)
        // Before any of the file's own tables is read, as one could be a view.
        _ = try StoreSchema(of: database, path: path)
        try refuseNewer(database, path: path)
        try StoreSchema.refuseOther(database, path: path)
    }

    /// Refuses a file that is not a store, and brings one of an older layout up to date.
    ///
    /// - Parameter keepsBackup: whether a file of an older layout is copied before it is brought up to date.
    package static func prepare(_ queue: DatabaseQueue, path: String, keepsBackup: Bool) throws {
        try queue.read { try refuseOther($0, path: path) }
        guard keepsBackup else { return try bringUp(queue) }
        try backingUp(queue, path: path) { try bringUp(queue) }
    }

    /// Sets a store's file up, and migrates it.
    private static func bringUp(_ queue: DatabaseQueue) throws {
        try queue.inDatabase { database in
            // Free pages can then be given back to the disk a few at a time. Only an empty file takes it.
            if try Int.fetchOne(database, sql: "PRAGMA page_count") == 0 {
                try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
            }
            // GRDB's own mode for this leaves `synchronous` at NORMAL, and a commit could be lost with the power.
            _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "PRAGMA journal_size_limit = 16777216")
            // Room for a checkpoint of some millions of weights: pages that spill over before the commit are written twice.
            try database.execute(sql: "PRAGMA cache_size = -16384")
            // Debian's SQLite would overwrite freed pages with zeros. There are no secrets here.
            _ = try Int.fetchOne(database, sql: "PRAGMA secure_delete = OFF")
        }
        try migrate(queue)
    }

    static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    // MARK: - Transactions

    func read<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
        try requireFile()
        do {
            return try queue.read { database in
                defer { Self.releaseCache(database) }
                do { return try body(database) } catch let error as DatabaseError {
                    throw StoreError.telling(error, database, path: path)
                }
            }
        } catch { throw StoreError(error, path: path) }
    }

    /// Bytes of the file that stay in memory between two transactions. A checkpoint leaves its pages behind, and several
    /// programs and threads have a connection; the system keeps the file in its own memory.
    private static let keptPages: Int32 = 2 << 20

    private static func releaseCache(_ database: Database) {
        store_release_cache(database.sqliteConnection, keptPages)
    }

    /// Throws `gone` where the file is no longer at its path: what is written to it then is lost.
    func requireFile() throws(StoreError) {
        guard identity == nil || identity == StoreFileIdentity(path) else { throw .gone(path: path) }
    }

    func write<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
        if let refusal { throw refusal }
        try requireFile()
        do {
            return try queue.writeWithoutTransaction { database in
                defer { Self.releaseCache(database) }
                var result: Result?
                do {
                    // Takes the lock at once: SQLite can't wait for a lock that is needed only at the first write.
                    try database.inTransaction(.immediate) {
                        result = try body(database)
                        return .commit
                    }
                } catch let error as DatabaseError {
                    throw StoreError.telling(error, database, path: path)
                }
                guard let result else { throw StoreError.failed(path: path, reason: "the transaction gave nothing") }
                return result
            }
        } catch {
            throw StoreError(error, path: path)
        }
    }
}

extension RunStore {
    /// For tests: how the connection is set up (journal, synchronous, foreign keys).
    package func pragmas() throws -> [String] {
        try queue.read { database in
            try ["journal_mode", "synchronous", "foreign_keys"].map { name in
                try String.fetchOne(database, sql: "PRAGMA \(name)") ?? ""
            }
        }
    }

    /// For tests: bytes of the file that the connection has in memory.
    package func cachedBytes() -> Int {
        queue.inDatabase { Int(store_cached_bytes($0.sqliteConnection)) }
    }

    /// For tests: a statement on the file, to damage it.
    package func execute(_ sql: String) throws { try queue.write { try $0.execute(sql: sql) } }

    /// For tests: a statement that reads.
    package func read(_ sql: String) throws(StoreError) { _ = try read { try Row.fetchAll($0, sql: sql) } }

    /// For tests: a file that can't grow beyond so many pages, as on a full disk. It never shrinks.
    package func limitPages(to count: Int) throws {
        try queue.inDatabase { _ = try Int.fetchOne($0, sql: "PRAGMA max_page_count = \(count)") }
    }
}
