import Foundation
import GRDB

extension RunStore {
    /// What of the store is damaged, a line each; empty where all of it can be read.
    public func faults() throws(StoreError) -> [String] {
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
                do throws(StoreError) { try checkParts(of: run.id) } catch { faults.append(error.description) }
            }
        } catch {
            faults.append(error.description)
        }
        return faults
    }

    /// What a salvage brought.
    public struct Salvage: Sendable, Equatable {
        public var runs = 0
        /// What could not be read, a line each.
        public var losses: [String] = []
    }

    /// Copies what can be read of a damaged store into a new one, run by run; the damaged one is not changed.
    ///
    /// - Throws: `notFound` without a store, `failed` where something is at `file` already, `corrupt` where no run can
    ///   be read at all.
    public static func salvage(_ path: String, into file: String) throws(StoreError) -> Salvage {
        guard FileManager.default.fileExists(atPath: path) else { throw .notFound(path: path) }
        guard !FileManager.default.fileExists(atPath: file) else {
            throw .unsuitable(path: file, reason: "there is something already")
        }
        // A copy is read: even opening could change a damaged file's journal.
        let copy = try temporaryCopy(of: path)
        defer { remove(copy) }
        fill(copy)
        do throws(StoreError) {
            let source = try RunStore(unchecked: copy)
            let target = try RunStore(path: file)
            return try source.salvage(into: target)
        } catch {
            if case .corrupt(copy, let reason) = error { throw .corrupt(path: path, reason: reason) }
            throw error
        }
    }

    /// Puts zeros in the place of an end that is cut off: SQLite reads nothing of a file shorter than its header says.
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

    private func salvage(into target: RunStore) throws(StoreError) -> Salvage {
        let numbers = try read { try Int.fetchAll($0, sql: "SELECT id FROM run ORDER BY id") }
        var salvage = Salvage()
        for number in numbers {
            do throws(StoreError) {
                try salvage.losses += Self.copyReadable(run: number, from: self, to: target)
                salvage.runs += 1
            } catch {
                salvage.losses.append("run \(number): \(error)")
            }
        }
        return salvage
    }

    /// - Returns: what was lost of the run.
    private static func copyReadable(
        run: Int, from source: RunStore, to target: RunStore
    ) throws(StoreError) -> [String] {
        let row = try source.read { try Row.fetchOne($0, sql: "SELECT * FROM run WHERE id = ?", arguments: [run]) }
        guard let row else { throw .noRun("\(run)", nearest: nil) }
        var losses: [String] = []
        var found: [(table: String, rows: [Row])] = []
        for table in parts {
            do throws(StoreError) {
                let rows = try source.read {
                    try Row.fetchAll($0, sql: "SELECT * FROM \(table) WHERE run = ?", arguments: [run])
                }
                found.append((table, rows))
            } catch {
                losses.append("run \(run): its \(table) can't be read")
            }
        }
        try target.write { database in
            let columns = try ColumnKind.all(of: "run", database)
            let mended = row.mended(to: columns)
            losses += mended.replaced.map { "run \(run): its \($0) can't be read" }
            try insert(mended.row, into: "run", replacing: [:], database)
            for (table, rows) in found {
                let columns = try ColumnKind.all(of: table, database)
                let whole = rows.filter { $0.mended(to: columns).replaced.isEmpty }
                if whole.count < rows.count {
                    losses.append("run \(run): \(rows.count - whole.count) of its \(table) can't be read")
                }
                for part in whole { try insert(part, into: table, replacing: [:], database) }
            }
        }
        return losses
    }
}
