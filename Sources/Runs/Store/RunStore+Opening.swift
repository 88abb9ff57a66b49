import CStore
import Foundation
import GRDB

extension RunStore {
    /// A store that is read alone, as one that can't be written: nothing of it changes, whatever program made it.
    package init(reading path: String) throws(StoreError) {
        self.path = path
        isReadOnly = true
        do { queue = try Self.reading(path) } catch { throw StoreError.opening(error, path: path) }
        identity = StoreFileIdentity(path)
        standsIn = false
    }

    /// A connection to a file, for reading and writing; where it takes no writing, for reading alone.
    static func connection(to path: String) throws -> (DatabaseQueue, isReadOnly: Bool) {
        // SQLite would open it all the same, and leave files beside it that its owner can't write.
        if FileManager.default.fileExists(atPath: path), access(path, W_OK) != 0 { return (try reading(path), true) }
        do {
            let queue = try DatabaseQueue(path: plain(path), configuration: configuration)
            // A file that can't be read is told below.
            let isOlder = (try? queue.read { try isOfAnOlderProgram($0) }) ?? false
            do {
                try prepare(queue, path: path, keepsBackup: true)
            } catch let error as DatabaseError {
                // A full disk takes no new file, either: SQLite can't open its journal then.
                throw queue.inDatabase { StoreError.telling(error, $0, path: path) }
            }
            if isOlder { PrivateFiles.takeFromOthers(path) }
            return (queue, false)
        } catch let error as DatabaseError where error.isRefusedWriting {
            guard FileManager.default.fileExists(atPath: path) else { throw error }
            return (try reading(path), true)
        }
    }

    /// A connection to a store that can't be written; the first of three ways that works.
    ///
    /// A program that writes it now shares what it has with whoever may read beside it. Otherwise SQLite would make files
    /// there, unless it is told that nobody changes the file, which holds where no journal lies beside it. Everything
    /// else, a store of an older program too, is read from a copy.
    private static func reading(_ path: String) throws -> DatabaseQueue {
        var reading = configuration
        reading.readonly = true
        let isShared = FileManager.default.fileExists(atPath: path + "-shm")
        for name in (isShared ? [plain(path)] : []) + (hasJournal(path) ? [] : [unchanging(path)]) {
            do {
                let queue = try DatabaseQueue(path: name, configuration: reading)
                if try queue.inDatabase({ try isCurrent($0, path: path) }) { return queue }
            } catch let error as DatabaseError where error.isRefusedWriting {
                continue
            }
        }
        return try withTemporaryCopy(of: path) { copy in
            let queue = try DatabaseQueue(path: copy, configuration: configuration)
            try prepare(queue, path: path, keepsBackup: false)
            return queue
        }
    }

    /// A path that SQLite takes for a file's, whatever the name: it has others of its own, such as `:memory:`.
    package static func plain(_ path: String) -> String { path.hasPrefix("/") ? path : "./" + path }

    static func hasJournal(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path + "-wal")
        return (attributes?[.size] as? Int ?? 0) > 0
    }

    private static func isOfAnOlderProgram(_ database: Database) throws -> Bool {
        guard try database.tableExists("grdb_migrations") else { return false }
        let applied = try migrator.appliedIdentifiers(database).count
        return applied > 0 && applied < migrator.migrations.count
    }

    private static func isCurrent(_ database: Database, path: String) throws -> Bool {
        try refuseOther(database, path: path)
        return try migrator.hasCompletedMigrations(database)
    }

    /// The name by which SQLite opens a file that nobody changes (https://sqlite.org/uri.html). Where it was built without
    /// such names, there is no file of this one.
    static func unchanging(_ path: String) -> String {
        URL(fileURLWithPath: path).absoluteString + "?immutable=1"
    }
}

extension DatabaseError {
    /// Whether the file or its folder does not take what was to be written.
    var isRefusedWriting: Bool {
        [.SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM].contains(resultCode)
    }
}

extension StoreError {
    /// What SQLite met, with what the system said to it: SQLite itself says no more than "disk I/O error".
    static func telling(_ error: DatabaseError, _ database: Database, path: String) -> any Error {
        guard [.SQLITE_IOERR, .SQLITE_CANTOPEN].contains(error.resultCode) else { return error }
        return switch store_system_error(database.sqliteConnection) {
        case ENOSPC, EDQUOT: StoreError.full(path: path)
        case EFBIG: StoreError.tooLarge(path: path)
        case ENOMEM: StoreError.noMemory(path: path)
        default: error
        }
    }

    /// What opening met: a file that can't be opened is one that can't be read or made.
    static func opening(_ error: any Error, path: String) -> StoreError {
        guard let error = error as? DatabaseError else { return StoreError(error, path: path) }
        if error.resultCode == .SQLITE_IOERR, let reason = PrivateFiles.lackOfRoom(at: path) { return reason }
        guard error.isRefusedWriting else { return StoreError(error, path: path) }
        let isThere = FileManager.default.fileExists(atPath: path)
        return .unsuitable(path: path, reason: "the file can't be \(isThere ? "read" : "made")")
    }
}
