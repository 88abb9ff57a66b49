import Foundation
import GRDB

/// The values that a column of a table may have.
struct ColumnKind {
    enum Storage: String { case integer = "INTEGER", real = "REAL", text = "TEXT", blob = "BLOB" }

    let name: String
    let storage: Storage
    let isRequired: Bool

    /// The columns of a table, as it was made.
    static func all(of table: String, _ database: Database) throws -> [ColumnKind] {
        try database.columns(in: table).map { column in
            ColumnKind(
                name: column.name, storage: Storage(rawValue: column.type) ?? .blob,
                isRequired: column.isNotNull || column.primaryKeyIndex > 0)
        }
    }

    /// A count: exact as a double, so that sums and shares never overflow.
    static let counts = 0...1 << 48
    /// A duration in seconds, or a position in epochs.
    static let amounts = 0...Double(1 << 48)
    /// A norm of a gradient that is finite.
    static let norms = 0...Double.greatestFiniteMagnitude
    /// Seconds since 1970, up to the end of the year 9999.
    static let moments = 0...253_402_300_799.0

    /// Bytes of a text: a note or a report of many classes is far shorter.
    static let longestText = 1 << 24

    /// Whether the column may have a value.
    func takes(_ value: DatabaseValue) -> Bool {
        switch (value.storage, storage) {
        case (.null, _): !isRequired
        case (.int64(let count), .integer): Self.counts.contains(Int(count))
        case (.int64(let number), .real): takes(Double(number))
        case (.double(let number), .real): takes(number)
        case (.string(let text), .text): text.utf8.count <= Self.longestText
        case (.blob, .blob): true
        default: false
        }
    }

    private func takes(_ number: Double) -> Bool {
        switch name {
        case "started", "ended", "deleted", "heartbeat", "time": Self.moments.contains(number)
        case "seconds", "wall_seconds", "position": Self.amounts.contains(number)
        case "pixel_mean", "pixel_deviation": (0...255).contains(number)
        case "gradient_norm": Self.norms.contains(number)
        default: true
        }
    }

    /// The substitute for a lost value.
    fileprivate var substitute: DatabaseValue {
        guard isRequired else { return .null }
        return switch storage {
        case .integer, .real: 0.databaseValue
        case .text: "".databaseValue
        case .blob: Data().databaseValue
        }
    }
}

extension Row {
    /// The row with a substitute for every value that its column may not have, and the names of those columns.
    func mended(to columns: [ColumnKind]) -> (row: Row, replaced: [String]) {
        var values: [(String, (any DatabaseValueConvertible)?)] = []
        var replaced: [String] = []
        for column in columns {
            let value: DatabaseValue = self[column.name] ?? .null
            if column.takes(value) {
                values.append((column.name, value))
            } else {
                values.append((column.name, column.substitute))
                replaced.append(column.name)
            }
        }
        return (Row(Dictionary(values) { first, _ in first }), replaced)
    }
}
