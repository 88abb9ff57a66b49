import CStore
import Foundation
import GRDB

/// Every run that was saved, in one SQLite file.
///
/// A value: its copies use the same connection, which serves one thread at a time. Whoever must not wait for a large
/// save, such as a thread that draws, opens a store of its own on the same file. Several programs can do the same: each
/// call is one transaction, which waits for others' up to `patience`.
///
/// A commit is on the disk when the call returns (`synchronous = FULL`). No list reads weights, confusions or
/// predictions. All calls throw `StoreError` alone, each of which is a line for the user.
package struct RunStore: Sendable {
    /// The file; ":memory:" for a store that is gone with its last copy.
    package let path: String
    let queue: DatabaseQueue
    /// Whether it can be read alone: the file, its folder or the disk takes no writing.
    package let isReadOnly: Bool
    /// Which file was opened at `path`; nil for a store that has none there.
    let identity: StoreFileIdentity?
    /// Whether it is in memory because the file can't be written now.
    let standsIn: Bool
    /// Seconds that a call waits while another program writes.
    static let patience = 10.0
    /// "Trsp": in SQLite's header, so that another program's file is told apart.
    static let applicationID: Int32 = 0x5472_7370

    /// What to do where there is no file.
    package enum Missing: Sendable {
        /// Make a new store. Its folder must be there.
        case create
        /// Throw `notFound`.
        case refuse
    }

    /// Opens a store, and brings one of an older program up to date.
    ///
    /// A store of a newer program, of another program, or a damaged one is refused and left as it is. One that can't be
    /// written can still be read; each change is then refused with `readOnly`.
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
            (queue, isReadOnly) = try Self.connection(to: path)
        } catch {
            throw StoreError.opening(error, path: path)
        }
        identity = StoreFileIdentity(path)
        standsIn = false
    }

    /// A store that another part has opened.
    init(path: String, queue: DatabaseQueue, isReadOnly: Bool, standsIn: Bool = false) {
        (self.path, self.queue, self.isReadOnly, identity) = (path, queue, isReadOnly, nil)
        self.standsIn = standsIn
    }

    /// Makes the empty file that SQLite then fills, so that it and what SQLite lays beside it are nobody else's to read.
    private static func makeFile(_ path: String) throws(StoreError) {
        guard try PrivateFiles.makeFile(path) else { return }
        // They belong to a store that was removed while a program used it: that program has them open, and nobody else may.
        for suffix in ["-wal", "-shm", "-journal"] { unlink(path + suffix) }
    }

    /// A store in memory, for tests and for programs without a disk.
    package init(inMemory name: String? = nil) throws(StoreError) {
        path = ":memory:"
        (isReadOnly, identity, standsIn) = (false, nil, false)
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

    /// What changes whenever this or another program has written: compared, not read. Costs microseconds.
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

    /// Throws for a file that is not a store of a layout that is known here.
    static func refuseOther(_ database: Database, path: String) throws {
        try refuseForeign(database, path: path)
        // Before anything of the file's own tables is read: one could be a view.
        _ = try StoreSchema(of: database, path: path)
        try refuseNewer(database, path: path)
        try StoreSchema.refuseOther(database, path: path)
    }

    /// - Parameter keepsBackup: whether a file of an older layout is copied before it is brought up to date.
    static func prepare(_ queue: DatabaseQueue, path: String, keepsBackup: Bool) throws {
        try queue.inDatabase { try refuseOther($0, path: path) }
        guard keepsBackup else { return try bringUp(queue) }
        try backingUp(queue, path: path) { try bringUp(queue) }
    }

    /// Sets a store's file up, and brings it up to date.
    private static func bringUp(_ queue: DatabaseQueue) throws {
        try queue.inDatabase { database in
            // GRDB's own mode for this leaves `synchronous` at NORMAL, and a commit could be lost with the power.
            _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "PRAGMA journal_size_limit = 16777216")
            // Room for a checkpoint of some millions of weights: pages that spill over before the commit are written twice.
            try database.execute(sql: "PRAGMA cache_size = -16384")
            // Debian's SQLite would fill what is freed with zeros, and write that, too. There are no secrets here.
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
        do { return try queue.read(body) } catch { throw StoreError(error, path: path) }
    }

    /// Throws `gone` where the file is not at its place any more: whatever is written to it then, nobody finds again.
    func requireFile() throws(StoreError) {
        guard identity == nil || identity == StoreFileIdentity(path) else { throw .gone(path: path) }
    }

    func write<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
        guard !isReadOnly else { throw .readOnly(path: path) }
        try requireFile()
        do {
            return try queue.writeWithoutTransaction { database in
                var result: Result?
                do {
                    // Takes the lock at once: one that is only wanted at the first write can't be waited for.
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

    /// For tests: a statement on the file, to damage it.
    package func execute(_ sql: String) throws { try queue.write { try $0.execute(sql: sql) } }

    /// For tests: a statement that reads.
    package func read(_ sql: String) throws(StoreError) { _ = try read { try Row.fetchAll($0, sql: sql) } }

    /// For tests: a file that can't grow beyond so many pages, as on a full disk. It never shrinks.
    package func limitPages(to count: Int) throws {
        try queue.inDatabase { _ = try Int.fetchOne($0, sql: "PRAGMA max_page_count = \(count)") }
    }
}
