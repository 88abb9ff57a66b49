import CStore
import GRDB
import Memory

/// How much memory the rows of a file from elsewhere may take: that is found out before they are held.
struct RowRoom {
    let budget: MemoryBudget
    /// Values are held as they were read, and as they are decoded or written.
    private static let copies = 2
    /// What a row takes beside its values, and each value beside its bytes.
    private static let perRow = 100, perValue = 40
    /// The longest value that SQLite can hold at all, in bytes.
    private static let longest = 1_000_000_000

    /// Has SQLite refuse a value that alone takes too much.
    func limitValues(_ database: Database) {
        store_limit_values(database.sqliteConnection, Int32(min(Self.longest, budget.bytes / Self.copies)))
    }

    /// Refuses rows that take too much. Their schema must have been checked.
    ///
    /// - Parameters:
    ///   - tables: all of them together.
    ///   - what: the rows in words, for the error.
    /// - Throws: `RowRefusal`.
    func check(
        _ tables: [String], where condition: String = "1", _ arguments: StatementArguments = [], what: String,
        _ database: Database
    ) throws {
        var bytes = 0
        for table in tables { bytes += try Self.bytes(of: table, where: condition, arguments, database) }
        do throws(MemoryRefusal) { try budget.check(Self.copies * min(bytes, .max / Self.copies)) } catch {
            throw RowRefusal(what: what, refusal: error)
        }
    }

    /// Reads rows of a file whose schema can be anything, as that of a damaged store: they are counted as they come, and
    /// what would be too much is not held.
    ///
    /// - Parameter what: the rows in words, for the error.
    /// - Throws: `RowRefusal`.
    func rows(
        _ sql: String, _ arguments: StatementArguments = [], what: String, _ database: Database
    ) throws -> [Row] {
        var rows: [Row] = []
        var bytes = 0
        var checked = 0
        let cursor = try Row.fetchCursor(database, sql: sql, arguments: arguments)
        while let row = try cursor.next() {
            bytes += Self.perRow + Self.perValue * row.count
            for index in 0..<row.count {
                bytes += Self.bytes(of: row[index])
                guard bytes - checked > Self.unchecked else { continue }
                checked = bytes
                do throws(MemoryRefusal) { try budget.check(Self.copies * bytes) } catch {
                    throw RowRefusal(what: what, refusal: error)
                }
            }
            rows.append(row.copy())
        }
        return rows
    }

    /// So many bytes more are read without a look at the memory.
    private static let unchecked = 1 << 20

    private static func bytes(of value: DatabaseValue) -> Int {
        switch value.storage {
        case .blob(let data): data.count
        case .string(let text): 4 * text.utf8.count
        default: 0
        }
    }

    /// Bytes of the rows in memory. SQLite knows the length of a blob without reading it.
    private static func bytes(
        of table: String, where condition: String, _ arguments: StatementArguments, _ database: Database
    ) throws -> Int {
        let names = try ColumnKind.all(of: table, database).map(\.name)
        let lengths = names.map {
            "total(CASE typeof(\($0)) WHEN 'blob' THEN length(\($0)) WHEN 'text' THEN 4 * length(\($0)) ELSE 0 END)"
        }
        let sql = "SELECT count(*), \(lengths.joined(separator: ", ")) FROM \(table) WHERE \(condition)"
        guard let row = try Row.fetchOne(database, sql: sql, arguments: arguments) else { return 0 }
        let sums = (1...names.count).map { (row[$0] as Double?) ?? 0 }
        return Int(clamping: Int64(min(0x1p62, sums.reduce(0, +))))
            + (row[0] as Int? ?? 0) * (perRow + perValue * names.count)
    }
}

/// Rows take more memory than there is for them.
struct RowRefusal: Error {
    /// The rows in words: `the data of its run 3`.
    let what: String
    let refusal: MemoryRefusal
}
