import CStore
import Foundation
import GRDB
import Memory

extension RunStore {
    /// Damages of the store, a line each; empty where all of it can be read.
    package func faults() throws(StoreError) -> [String] {
        var faults: [String] = []
        do throws(StoreError) {
            try checkWhole()
            let strays = try read { try Row.fetchAll($0, sql: "PRAGMA foreign_key_check").count }
            if strays > 0 { faults.append("\(path): \(strays) rows belong to no run") }
        } catch {
            faults.append(error.description)
        }
        do throws(StoreError) {
            for run in try summaries(.all) {
                do throws(StoreError) {
                    try checkParts(of: run.id)
                    if let gap = try epochGap(of: run.id) { faults.append("run \(run.id): \(gap)") }
                } catch {
                    faults.append(error.description)
                }
            }
        } catch {
            faults.append(error.description)
        }
        return faults
    }

    /// The missing epochs of a run, in words; nil where all epochs are there that its row counts.
    package func epochGap(of run: Int) throws(StoreError) -> String? {
        let (epochs, found) = try read { database in
            let row = try Row.fetchOne(database, sql: "SELECT epochs FROM run WHERE id = ?", arguments: [run])
            let numbers = try Row.fetchAll(
                database, sql: "SELECT epoch FROM epoch WHERE run = ? ORDER BY epoch", arguments: [run]
            ).map { try $0.count("epoch") }
            return (try row?.count("epochs") ?? 0, numbers)
        }
        guard found.count != epochs || found.last ?? 0 != epochs else { return nil }
        if let beyond = found.first(where: { $0 > epochs || $0 < 1 }) {
            return "it has an epoch \(beyond), and is said to have \(epochs)"
        }
        let missing = zip(found, 1...).first { $0 != $1 }?.1 ?? found.count + 1
        let others = epochs - found.count - 1
        return "epoch \(missing) of its \(epochs) is missing" + (others > 0 ? ", and \(others) more" : "")
    }

    /// The result of a salvage.
    package struct Salvage: Sendable, Equatable {
        /// Number of runs that were copied.
        package var runs = 0
        /// What could not be read, a line each.
        package var losses: [String] = []
    }

    /// Copies what can be read of a damaged store into a new one, run by run. The damaged one does not change.
    ///
    /// - Parameter budget: the memory that the data of a run may take; a run that takes more is lost.
    /// - Throws: `notFound` without a store, `unsuitable` where something is at `file` already, `corrupt` where no run
    ///   can be read at all, and errors of writing `file`, which then does not exist.
    package static func salvage(
        _ path: String, into file: String, budget: MemoryBudget = .current
    ) throws(StoreError) -> Salvage {
        guard FileManager.default.fileExists(atPath: path) else { throw .notFound(path: path) }
        guard !FileManager.default.fileExists(atPath: file) else {
            throw .unsuitable(path: file, reason: "there is something already")
        }
        let source: RunStore
        let room = RowRoom(budget: budget)
        do { source = try damaged(path, room) } catch { throw StoreError(error, path: path) }
        // A file that a full disk cut short would make the next try fail.
        return try withDraft(of: file) { draft in
            let target = try empty(draft, layout: source.layout)
            let salvage = try source.salvage(into: target, room)
            try telling(target.queue, path: draft) { try migrate(target.queue) }
            try target.closeWhole()
            return salvage
        } settle: { (draft) throws(StoreError) in
            try PrivateFiles.move(draft, to: file)
        }
    }

    /// The layout that a damaged store names; the newest where that can't be read.
    private var layout: String? {
        guard let applied = try? read({ try Self.migrator.appliedIdentifiers($0) }) else {
            return Self.migrator.migrations.last
        }
        return Self.migrator.migrations.last(where: applied.contains) ?? Self.migrator.migrations.last
    }

    /// A new store of an old layout, so that copied rows mean the same. It is migrated after the last run.
    private static func empty(_ path: String, layout: String?) throws -> RunStore {
        let queue = try opened(path)
        if let layout { try telling(queue, path: path) { try migrator.migrate(queue, upTo: layout) } }
        return RunStore(path: path, queue: queue, isReadOnly: false)
    }

    /// A store that may be damaged, opened without bringing it up to date. A copy is read: even opening could change a
    /// damaged file's journal.
    private static func damaged(_ path: String, _ room: RowRoom) throws -> RunStore {
        try withTemporaryCopy(of: path) { copy in
            fill(copy)
            var careful = configuration
            careful.prepareDatabase {
                store_limit_statements($0.sqliteConnection)
                room.limitValues($0)
            }
            let queue = try opened(copy, careful, for: path)
            _ = try telling(queue, path: path) {
                try queue.inDatabase { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") }
            }
            return RunStore(path: path, queue: queue, isReadOnly: true)
        }
    }

    /// Fills a truncated file with zeros: SQLite reads nothing of a file that is shorter than its header says.
    private static func fill(_ path: String) {
        guard let file = try? FileHandle(forUpdating: URL(fileURLWithPath: path)) else { return }
        defer { try? file.close() }
        // Bytes 16 and 17 are the size of a page, 1 for 65,536; bytes 28 to 31 the number of pages (SQLite's format).
        guard let header = try? file.read(upToCount: 32), header.count == 32 else { return }
        let bytes = [UInt8](header)
        let size = Int(bytes[16]) << 8 | Int(bytes[17])
        let pages = bytes[28..<32].reduce(0) { $0 << 8 | Int($1) }
        let whole = UInt64((size == 1 ? 65_536 : size) * pages)
        if let end = try? file.seekToEnd(), end < whole { try? file.truncate(atOffset: whole) }
    }

    private func salvage(into target: RunStore, _ room: RowRoom) throws(StoreError) -> Salvage {
        let numbers = try read { try Int.fetchAll($0, sql: "SELECT id FROM run ORDER BY id") }
        let parts = try target.read { try Self.presentParts($0) }
        var salvage = Salvage()
        for number in numbers {
            let found: ReadableRun
            do throws(StoreError) { found = try ReadableRun(number, parts, in: self, room) } catch {
                guard !error.isOfTheSystem else { throw error }
                salvage.losses.append("run \(number): \(error)")
                continue
            }
            salvage.losses += found.losses
            // Rows that do not fit are lost; any other failure is the disk's, and not the damaged store's.
            do throws(StoreError) {
                salvage.losses += try target.write { database in
                    do { return try found.insert(database) } catch let error as DatabaseError where error.isOfRows {
                        throw StoreError.damaged(run: number, what: "its row", reason: error.message ?? "\(error)")
                    }
                }
                salvage.runs += 1
            } catch .damaged(let run, let what, let reason) {
                salvage.losses.append("run \(run): \(what) can't be read: \(reason)")
            } catch .corrupt(_, let reason) {
                salvage.losses.append("run \(number): \(reason)")
            }
        }
        salvage.losses += try salvageShared(into: target, room)
        return salvage
    }
}

extension DatabaseError {
    /// Whether it is the rows that do not fit, and not the disk that fails.
    fileprivate var isOfRows: Bool {
        [.SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_TOOBIG].contains(resultCode)
    }
}

/// The readable parts of a run of a damaged store.
private struct ReadableRun {
    private let number: Int
    private let run: Row
    private var parts: [(table: String, rows: [Row])] = []
    /// The unreadable parts, a line each.
    private(set) var losses: [String] = []

    init(_ number: Int, _ parts: [String], in store: RunStore, _ room: RowRoom) throws(StoreError) {
        self.number = number
        // Its columns depend on its layout: they are chosen by name, and no name becomes part of a statement.
        let rows = try store.read { try room.rows("SELECT * FROM run WHERE id = ?", [number], what: "its row", $0) }
        guard let row = rows.first else { throw .noRun("\(number)", nearest: nil) }
        run = row
        for table in parts {
            do throws(StoreError) {
                let rows = try store.read {
                    try room.rows("SELECT * FROM \(table) WHERE run = ?", [number], what: "it", $0)
                }
                self.parts.append((table, rows))
            } catch {
                let reason = if case .unsuitable(_, let reason) = error { ": \(reason)" } else { "" }
                losses.append("run \(number): its \(table) can't be read\(reason)")
            }
        }
    }

    /// - Returns: what could not be copied, a line each.
    func insert(_ database: Database) throws -> [String] {
        let mended = run.mended(to: try ColumnKind.all(of: "run", database))
        var losses = mended.replaced.map { "run \(number): its \($0) can't be read" }
        try RunStore.insert([mended.row], into: "run", replacing: [:], database)
        for (table, rows) in parts {
            let columns = try ColumnKind.all(of: table, database)
            let whole = rows.filter { $0.mended(to: columns).replaced.isEmpty }
            if whole.count < rows.count {
                losses.append("run \(number): \(rows.count - whole.count) of its \(table) can't be read")
            }
            try RunStore.insert(whole, into: table, replacing: [:], database)
        }
        // It has the epochs that were saved, whatever its row counted.
        try database.execute(
            sql: "UPDATE run SET epochs = (SELECT ifnull(max(epoch), 0) FROM epoch WHERE run = :run) WHERE id = :run",
            arguments: ["run": number])
        return losses
    }
}
