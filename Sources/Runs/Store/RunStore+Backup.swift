import Foundation
import GRDB

extension RunStore {
    /// Copies a store of an older layout before `migrate` changes it. A new store, one without runs, and one of the
    /// newest layout are not copied. The copy's name ends in `.before-layout-` and the new layout; an older copy of that name stays, and the
    /// new one gets a number after it. Of several connections, of one program or of many, that do so at once, one makes the copy, and the
    /// others wait for it.
    ///
    /// - Throws: the error of `migrate`; the copy is then removed, unless something was changed. `full` where there is no
    ///   room for the copy; then nothing is changed.
    package static func backingUp(_ queue: DatabaseQueue, path: String, migrate: () throws -> Void) throws {
        func applied() throws -> Set<String> { try queue.read { try migrator.appliedIdentifiers($0) } }
        func isOld(_ applied: Set<String>) throws -> Bool {
            try !applied.isEmpty && applied.count < migrator.migrations.count && queue.read(hasRuns)
        }
        guard try isOld(applied()) else { return try migrate() }
        // A lock of the folder: one of the file would take SQLite's own with it when it is closed.
        let folder = open(
            URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { if folder >= 0 { close(folder) } }
        while folder >= 0, flock(folder, LOCK_EX) != 0, errno == EINTR {}
        let before = try applied()
        guard try isOld(before) else { return try migrate() }
        let backup = try backUp(queue, to: "\(path).before-layout-\(migrator.migrations.count)")
        do {
            try migrate()
        } catch {
            let after = try queue.read { try migrator.appliedIdentifiers($0) }
            if after == before { unlink(backup) }
            throw error
        }
    }

    /// Whether there is anything to be copied: a program that ended as it made a store leaves one without runs.
    private static func hasRuns(_ database: Database) throws -> Bool {
        guard try database.tableExists("run") else { return false }
        return try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM run)") ?? false
    }

    /// Copies a whole store into a file of its own, or leaves no file.
    ///
    /// - Returns: the path of the copy, with a number after `file` where that exists already.
    /// - Throws: `full` and other errors of the disk.
    package static func backUp(_ queue: DatabaseQueue, to file: String) throws(StoreError) -> String {
        var placed = file
        try withDraft(of: file) { draft in
            let copy = try DatabaseQueue(path: draft)
            try queue.backup(to: copy)
            // The copied header says that there is a journal beside the file.
            try copy.inDatabase { _ = try String.fetchOne($0, sql: "PRAGMA journal_mode = DELETE") }
            try copy.close()
        } settle: { (draft) throws(StoreError) in
            placed = try place(draft, at: file)
        }
        return placed
    }

    /// Gives a file its name, or that name with a number where there is a file already: nothing is replaced.
    private static func place(_ draft: String, at file: String) throws(StoreError) -> String {
        var (name, number) = (file, 1)
        while try !PrivateFiles.makeFile(name) {
            number += 1
            name = "\(file).\(number)"
        }
        // The name is reserved by an empty file of ours, which the copy now replaces.
        do throws(StoreError) {
            try PrivateFiles.move(draft, to: name)
        } catch {
            unlink(name)
            throw error
        }
        return name
    }
}
