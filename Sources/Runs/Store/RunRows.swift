import Foundation
import GRDB

/// One run with all its data, as the rows of a store, and what it has in common with others.
struct RunRows {
    private let run: Row
    private let parts: [(table: String, rows: [Row])]
    private let shared: SharedRows

    /// - Throws: `noRun` if it does not exist.
    init(of number: Int, _ database: Database) throws {
        guard let run = try RunStore.rows(of: "run", database, where: "id = ?", [number]).first else {
            throw StoreError.noRun("\(number)", nearest: nil)
        }
        self.run = run
        shared = try SharedRows(of: run, database)
        parts = try RunStore.parts.map { table in
            (table, try RunStore.rows(of: table, database, where: "run = ?", [number]))
        }
    }

    /// Inserts the run into another store.
    ///
    /// - Parameters:
    ///   - number: nil for the next free one.
    ///   - replacing: columns of the run that get another value.
    /// - Returns: its number.
    func insert(
        as number: Int?, replacing values: [String: (any DatabaseValueConvertible)?], _ database: Database
    ) throws -> Int {
        let values = values.merging(["id": number]) { _, id in id }
        try RunStore.insert([run], into: "run", replacing: values, database)
        let number = Int(database.lastInsertedRowID)
        for (table, rows) in parts { try RunStore.insert(rows, into: table, replacing: ["run": number], database) }
        try shared.insert(run: number, database)
        return number
    }
}

extension RunRows {
    /// Whether both have the same data, apart from the place of their files and their process.
    func isSame(as other: RunRows) -> Bool {
        let kept: Set = [
            "id", "state", "deleted", "heartbeat", "owner_process", "owner_host", "owner_boot", "owner_start",
        ]
        return Self.values(run, without: kept) == Self.values(other.run, without: kept)
            && zip(parts, other.parts).allSatisfy { mine, others in
                mine.rows.count == others.rows.count
                    && zip(mine.rows, others.rows).allSatisfy {
                        Self.values($0, without: ["run", "sha256"]) == Self.values($1, without: ["run", "sha256"])
                    }
            }
    }

    private static func values(_ row: Row, without names: Set<String>) -> [DatabaseValue] {
        row.filter { !names.contains($0.0) }.map(\.1)
    }
}

extension RunStore {
    /// Rows of a table with the columns that it has here. Its schema must have been checked.
    static func rows(
        of table: String, _ database: Database, where condition: String = "1", _ arguments: StatementArguments = []
    ) throws -> [Row] {
        let names = try ColumnKind.all(of: table, database).map(\.name).joined(separator: ", ")
        return try Row.fetchAll(
            database, sql: "SELECT \(names) FROM \(table) WHERE \(condition)", arguments: arguments)
    }

    /// Inserts rows. The names of columns are those that the table has in this store, not those of the rows.
    ///
    /// - Throws: `MisplacedValue` where a column may not have its value.
    static func insert(
        _ rows: [Row], into table: String, replacing values: [String: (any DatabaseValueConvertible)?],
        _ database: Database
    ) throws {
        guard !rows.isEmpty else { return }
        let columns = try ColumnKind.all(of: table, database)
        let names = columns.map(\.name).joined(separator: ", ")
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let statement = try database.makeStatement(sql: "INSERT INTO \(table) (\(names)) VALUES (\(marks))")
        for row in rows {
            let arguments = try columns.map { column -> (any DatabaseValueConvertible)? in
                if let value = values[column.name] { return value }
                // A digest that another file names is not believed: it is computed from the weights.
                if column.name == "sha256" { return nil }
                let value: DatabaseValue = row[column.name] ?? .null
                guard column.takes(value) else { throw MisplacedValue(column: column.name, row: place(of: row, table)) }
                return value
            }
            try statement.execute(arguments: StatementArguments(arguments))
        }
    }

    /// The row in words: `the row of confusion with run 1, epoch 7`.
    private static func place(of row: Row, _ table: String) -> String {
        let names = ["id", "run", "digest", "search", "number", "epoch", "position", "kind"]
        let keys = names.compactMap { name -> String? in
            guard let value: DatabaseValue = row[name] else { return nil }
            return switch value.storage {
            case .int64(let number): "\(name) \(number)"
            case .double(let number): "\(name) \(number)"
            case .string(let text): "\(name) \(text.prefix(40))"
            case .null, .blob: nil
            }
        }
        return "the row of \(table) with \(keys.joined(separator: ", "))"
    }
}
