import Foundation
import GRDB

extension RunStore {
    /// For tests: a store that is read as one that can't be written.
    package init(reading path: String) throws(StoreError) {
        self.path = path
        isReadOnly = true
        do { queue = try Self.reading(path) } catch { throw StoreError.opening(error, path: path) }
    }

    /// A connection to a file, for reading and writing; where it takes no writing, for reading alone.
    static func connection(to path: String) throws -> (DatabaseQueue, isReadOnly: Bool) {
        // SQLite would open it all the same, and leave files beside it that its owner can't write.
        if FileManager.default.fileExists(atPath: path), access(path, W_OK) != 0 { return (try reading(path), true) }
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try prepare(queue, path: path)
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
        for name in (isShared ? [path] : []) + (hasJournal(path) ? [] : [unchanging(path)]) {
            do {
                let queue = try DatabaseQueue(path: name, configuration: reading)
                if try queue.inDatabase({ try isCurrent($0, path: path) }) { return queue }
            } catch let error as DatabaseError where error.isRefusedWriting {
                continue
            }
        }
        let copy = try temporaryCopy(of: path)
        // What is open is read on; nothing is left behind.
        defer { remove(copy) }
        let queue = try DatabaseQueue(path: copy, configuration: configuration)
        try prepare(queue, path: path)
        return queue
    }

    private static func hasJournal(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path + "-wal")
        return (attributes?[.size] as? Int ?? 0) > 0
    }

    private static func isCurrent(_ database: Database, path: String) throws -> Bool {
        try refuseForeign(database, path: path)
        try refuseNewer(database, path: path)
        return try migrator.hasCompletedMigrations(database)
    }

    /// The name by which SQLite opens a file that nobody changes (https://sqlite.org/uri.html). Where it was built without
    /// such names, there is no file of this one.
    private static func unchanging(_ path: String) -> String {
        URL(fileURLWithPath: path).absoluteString + "?immutable=1"
    }

    /// A copy of a store's file and journal, in the folder for temporary files, that can be written.
    ///
    /// - Throws: `notFound`, or `unsuitable` where it can't be read.
    package static func temporaryCopy(of path: String) throws(StoreError) -> String {
        guard FileManager.default.fileExists(atPath: path) else { throw .notFound(path: path) }
        guard !isFolder(path) else { throw .unsuitable(path: path, reason: "expected a file, found a folder") }
        let copy = NSTemporaryDirectory() + "trainspotter-\(UUID().uuidString).sqlite"
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: path + suffix) {
            do {
                try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: copy + suffix)
            } catch {
                remove(copy)
                throw access(path + suffix, R_OK) == 0
                    ? .failed(path: path, reason: "it can't be copied to \(NSTemporaryDirectory()) to be read")
                    : .unsuitable(path: path, reason: "the file can't be read")
            }
        }
        return copy
    }
}

extension DatabaseError {
    /// Whether the file or its folder does not take what was to be written.
    fileprivate var isRefusedWriting: Bool {
        [.SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM].contains(resultCode)
    }
}

extension StoreError {
    /// What opening met: a file that can't be opened is one that can't be read or made.
    static func opening(_ error: any Error, path: String) -> StoreError {
        guard let error = error as? DatabaseError, error.isRefusedWriting else { return StoreError(error, path: path) }
        let isThere = FileManager.default.fileExists(atPath: path)
        return .unsuitable(path: path, reason: "the file can't be \(isThere ? "read" : "made")")
    }
}
