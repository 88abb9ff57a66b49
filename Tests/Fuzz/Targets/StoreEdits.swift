import Compression
import Foundation
import GRDB
import Runs
import TestSupport

/// A store whose values an input changes: any column may become any value, and what has a checksum gets a right one.
///
/// An edit is four bytes and its value: the column, what is done with it, the kind of the value, its length.
final class StoreEdits: Sendable {
    /// The bytes of a store with one run.
    let whole: [UInt8]
    /// Every column of every table.
    let columns: [(table: String, name: String)]
    private static let mostEdits = 8

    init() throws {
        let folder = try TemporaryFolder()
        let store = try RunStore()
        let run = try StoreSamples.fill(store)
        try store.export(run: run, to: folder.path("whole.run"))
        whole = try folder.bytes(of: "whole.run")
        columns = try DatabaseQueue(path: folder.path("whole.run")).read { database in
            let tables = try String.fetchAll(
                database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            return try tables.flatMap { table in try database.columns(in: table).map { (table, $0.name) } }
        }
    }

    /// Writes the store with the edits of an input into a file.
    func write(_ input: [UInt8], to path: String) throws {
        try ScratchFile.write(whole, to: path)
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        try queue.inDatabase { try $0.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON") }
        try queue.write { database in
            var rest = input[...]
            for _ in 0..<Self.mostEdits {
                guard rest.count >= 4 else { return }
                let head = Array(rest.prefix(4))
                rest = rest.dropFirst(4)
                let value = Array(rest.prefix(Int(head[3])))
                rest = rest.dropFirst(value.count)
                // A constraint may keep the value out by itself.
                try? apply(columns[Int(head[0]) % columns.count], action: head[1], kind: head[2], value, database)
            }
        }
    }

    /// An edit as an input has it.
    func edit(_ table: String, _ column: String, action: UInt8 = 0, kind: UInt8, _ value: [UInt8]) throws -> [UInt8] {
        guard let place = columns.firstIndex(where: { $0 == (table, column) }) else {
            throw Finding("a store has no \(table).\(column)")
        }
        return [UInt8(place), action, kind, UInt8(value.count)] + value
    }

    private func apply(
        _ column: (table: String, name: String), action: UInt8, kind: UInt8, _ bytes: [UInt8], _ database: Database
    ) throws {
        let (table, name) = column
        if action % 8 == 7 { return try database.execute(sql: "DELETE FROM \(table)") }
        let old: DatabaseValue = try DatabaseValue.fetchOne(database, sql: "SELECT \(name) FROM \(table)") ?? .null
        let value = Self.value(kind, bytes, old)
        guard action % 8 == 6 else {
            return try database.execute(sql: "UPDATE \(table) SET \(name) = ?", arguments: [value])
        }
        // A further row that differs in this column.
        let names = try database.columns(in: table).map { $0.name == name ? "?" : $0.name }.joined(separator: ", ")
        try database.execute(sql: "INSERT INTO \(table) SELECT \(names) FROM \(table) LIMIT 1", arguments: [value])
    }

    private static func value(_ kind: UInt8, _ bytes: [UInt8], _ old: DatabaseValue) -> DatabaseValue {
        let word = bytes.prefix(8).enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << (8 * UInt64($1.offset)) }
        switch kind % 7 {
        case 0: return .null
        case 1: return Int64(bitPattern: word).databaseValue
        case 2: return Double(bitPattern: word).databaseValue
        case 3: return String(decoding: bytes, as: UTF8.self).databaseValue
        case 4: return Data(bytes).databaseValue
        case 5:
            return Data(bytes.count > 1 ? Blob.sealed(bytes[0], bytes[1], Array(bytes.dropFirst(2))) : []).databaseValue
        default: return Data(patched(old, bytes)).databaseValue
        }
    }

    /// The old blob with some of its bytes changed, each by two bytes of a place and one of a value, under a right
    /// checksum.
    private static func patched(_ old: DatabaseValue, _ bytes: [UInt8]) -> [UInt8] {
        guard case .blob(let data) = old.storage, data.count > Blob.headerLength else { return bytes }
        var blob = [UInt8](data)
        for start in stride(from: 0, to: bytes.count - 2, by: 3) {
            let place = Blob.headerLength + Int(bytes.word16(at: start)) % (blob.count - Blob.headerLength)
            blob[place] = bytes[start + 2]
        }
        let kind = Blob.magics.firstIndex(of: Array(blob.prefix(4)))
        return kind.map { Blob.sealed(UInt8($0), blob[4], Array(blob.dropFirst(Blob.headerLength))) } ?? blob
    }
}

/// The header of what a store keeps as blobs.
enum Blob {
    static let magics = ["TSCP", "TSWT", "TSEV"].map { Array($0.utf8) }
    static let headerLength = 20

    /// A content under a right header.
    static func sealed(_ kind: UInt8, _ version: UInt8, _ content: [UInt8]) -> [UInt8] {
        magics[Int(kind) % magics.count] + littleEndian(UInt32(version)) + littleEndian(UInt64(content.count))
            + littleEndian(CRC32.checksum(content)) + content
    }
}
