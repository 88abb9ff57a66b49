import CStore
import Foundation
import GRDB

extension RunStore {
    /// For tests: a store that is opened as if it could not be written.
    package init(reading path: String) throws(StoreError) {
        self.path = path
        refusal = .readOnly(path: path)
        do { queue = try Self.reading(path) } catch { throw StoreError.opening(error, path: path) }
        identity = StoreFileIdentity(path)
        standsIn = false
    }

    /// A connection to a file for reading and writing; or for reading alone where it can't be written, and why.
    static func connection(to path: String) throws -> (DatabaseQueue, refusal: StoreError?) {
        // SQLite would open it even so, and make files beside it that its owner can't write.
        if FileManager.default.fileExists(atPath: path), access(path, W_OK) != 0 {
            return (try reading(path), .readOnly(path: path))
        }
        do {
            let queue = try opened(path)
            // A file that can't be read is reported below.
            let isOlder = (try? queue.read { try isOfAnOlderProgram($0) }) ?? false
            // On a full disk SQLite can't create its journal.
            try telling(queue, path: path) { try prepare(queue, path: path, keepsBackup: true) }
            if isOlder { PrivateFiles.takeFromOthers(path) }
            return (queue, nil)
        } catch {
            guard let refusal = StoreError.refusal(error, path: path), hasContent(path),
                let queue = try? reading(path)
            else { throw error }
            return (queue, refusal)
        }
    }

    /// SQLite reads the file as it opens it, and on a full disk there is no room for the memory that it shares.
    ///
    /// - Parameter store: the path that errors name, where the file stands for another one.
    static func opened(
        _ path: String, _ configuration: Configuration = configuration, for store: String? = nil
    ) throws -> DatabaseQueue {
        errno = 0
        do {
            return try DatabaseQueue(path: plain(path), configuration: configuration)
        } catch let error as DatabaseError {
            throw StoreError.telling(error, system: errno, path: store ?? path)
        }
    }

    /// Has the errors of SQLite tell what the system said.
    static func telling<Result>(
        _ queue: DatabaseQueue, path: String, _ body: () throws -> Result
    ) throws -> Result {
        do { return try body() } catch let error as DatabaseError {
            throw queue.inDatabase { StoreError.telling(error, $0, path: path) }
        }
    }

    /// An empty file is a store that could not be made: there is nothing to read.
    private static func hasContent(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? Int ?? 0) > 0
    }

    /// A connection to a store that can't be written; the first of three ways that succeeds.
    ///
    /// A program that writes it now also shares what is not yet in the file with readers that may read beside it.
    /// Otherwise SQLite would make files there, unless it is told that no program changes the file, which is so where
    /// no journal is beside it. All others, and stores of older versions, are read from a copy.
    private static func reading(_ path: String) throws -> DatabaseQueue {
        var reading = configuration
        reading.readonly = true
        let isShared = FileManager.default.fileExists(atPath: path + "-shm")
        for name in (isShared ? [plain(path)] : []) + (hasJournal(path) ? [] : [unchanging(path)]) {
            do {
                let queue = try DatabaseQueue(path: name, configuration: reading)
                if try queue.read({ try isCurrent($0, path: path) }) { return queue }
            } catch let error as DatabaseError where error.isRefusedWriting || error.resultCode == .SQLITE_IOERR {
                // On a full disk there is no room for the memory that is shared.
                continue
            }
        }
        return try withTemporaryCopy(of: path) { copy in
            let queue = try DatabaseQueue(path: copy, configuration: configuration)
            try prepare(queue, path: path, keepsBackup: false)
            return queue
        }
    }

    /// A path that SQLite reads as a file's, whatever the name: some have another meaning, such as `:memory:`.
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

    /// The name by which SQLite opens a file that no program changes (https://sqlite.org/uri.html). A SQLite built
    /// without such names finds no file of this name.
    static func unchanging(_ path: String) -> String {
        URL(fileURLWithPath: path).absoluteString + "?immutable=1"
    }
}

extension DatabaseError {
    /// Whether the file or its folder can't be written.
    var isRefusedWriting: Bool {
        [.SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM].contains(resultCode)
    }
}

extension StoreError {
    /// SQLite's error with that of the system: SQLite itself says only "disk I/O error".
    static func telling(_ error: DatabaseError, _ database: Database, path: String) -> any Error {
        telling(error, system: store_system_error(database.sqliteConnection), path: path)
    }

    /// - Parameter system: errno; 0 where that is not known.
    static func telling(_ error: DatabaseError, system: Int32, path: String) -> any Error {
        guard [.SQLITE_IOERR, .SQLITE_CANTOPEN].contains(error.resultCode) else { return error }
        switch system {
        case ENOSPC, EDQUOT: return StoreError.full(path: path)
        case EFBIG: return StoreError.tooLarge(path: path)
        case ENOMEM: return StoreError.noMemory(path: path)
        // The system gives no error where a write is cut short.
        case 0 where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: return StoreError.full(path: path)
        case EIO, EMFILE, ENFILE:
            guard error.resultCode == .SQLITE_CANTOPEN else { return error }
            return StoreError.failed(path: path, reason: "it can't be opened: \(String(cString: strerror(system)))")
        default: return error
        }
    }

    /// Why a store can't be written that may still be read; nil for other errors.
    static func refusal(_ error: any Error, path: String) -> StoreError? {
        if let error = error as? DatabaseError {
            if error.isRefusedWriting { return refused(error, path: path) }
            return error.resultCode == .SQLITE_IOERR ? opening(error, path: path) : nil
        }
        return switch error as? StoreError {
        case .full, .tooLarge, .failed: error as? StoreError
        default: nil
        }
    }

    /// The error of opening: a file that can't be opened is one that can't be read or made.
    static func opening(_ error: any Error, path: String) -> StoreError {
        guard let error = error as? DatabaseError else { return StoreError(error, path: path) }
        if error.resultCode == .SQLITE_IOERR, let reason = PrivateFiles.lackOfRoom(at: path) { return reason }
        guard error.isRefusedWriting else { return StoreError(error, path: path) }
        guard FileManager.default.fileExists(atPath: path) else {
            return .unsuitable(path: path, reason: "the file can't be made")
        }
        guard access(path, R_OK) == 0 else { return .unsuitable(path: path, reason: "the file can't be read") }
        return refused(error, path: path)
    }

    /// Why SQLite can't write beside a file that it can read. It does not say so: where it can't make a file, it tries to
    /// read one of that name, and tells that there is none.
    private static func refused(_ error: DatabaseError, path: String) -> StoreError {
        if let reason = PrivateFiles.lackBeside(path) { return reason }
        guard error.resultCode == .SQLITE_CANTOPEN else { return .readOnly(path: path) }
        return .failed(path: path, reason: "a file beside it can't be made")
    }
}
