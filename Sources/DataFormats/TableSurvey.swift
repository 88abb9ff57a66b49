import Kernels
import Memory

/// What a table holds, found by reading it once without keeping its pixels.
struct TableSurvey: Sendable {
    let path: String
    let dialect: TableDialect
    /// Columns that may be the one with the labels: one that is known, or the first and the last.
    private(set) var labels: [LabelColumn]
    /// The range of the numbers in all other columns.
    private(set) var range = NumberRange()
    private(set) var rows = 0

    /// The first line with values.
    var firstLine: Int { dialect.names == nil ? 1 : 2 }
    /// How often room for what is read is looked at, in rows.
    private static let checkedRows = 1 << 16
    /// A place is a line and a column in one number.
    private static let columnBits = 21

    static func place(_ place: Int) -> (line: Int, column: Int) {
        (place >> columnBits, place & (1 << columnBits - 1))
    }

    /// - Parameter label: what the user says of the labels' column.
    /// - Throws: `DataError.malformedText` at the first bad line, `badOption` for a column that is not there.
    init(_ path: String, label: DatasetOptions.LabelColumn?) throws(DataError) {
        let dialect = try Self.dialect(path)
        try self.init(path, dialect, labels: try Self.candidates(dialect, label, path))
    }

    /// A table of the same columns.
    ///
    /// - Parameter labels: the column with the labels.
    init(_ path: String, like other: TableSurvey, labels: Int) throws(DataError) {
        let dialect = try Self.dialect(path)
        guard dialect.columns == other.dialect.columns, dialect.indexColumn == other.dialect.indexColumn else {
            throw .malformedText(
                path: path, line: 1, column: nil, expected: "\(other.dialect.columns) columns, as in \(other.path)",
                found: dialect.columns == other.dialect.columns ? "others" : "\(dialect.columns)")
        }
        try self.init(path, dialect, labels: [labels])
    }

    private init(_ path: String, _ dialect: TableDialect, labels candidates: [Int]) throws(DataError) {
        (self.path, self.dialect) = (path, dialect)
        labels = candidates.map { LabelColumn(index: $0) }
        var (labels, range, rows) = (labels, range, 0)
        try Self.forEachRow(path, dialect) { line, number throws(DataError) in
            if rows % Self.checkedRows == 0 { try Self.checkRoom(rows.times(dialect.columns), path) }
            try Self.read(line, number, path, dialect, &labels, &range)
            rows += 1
        }
        guard rows > 0 else {
            throw .malformedText(
                path: path, line: dialect.names == nil ? 1 : 2, column: nil, expected: "a row of values", found: "none")
        }
        (self.labels, self.range, self.rows) = (labels, range, rows)
    }

    /// Gives the lines with values. Lines without anything may end a file.
    static func forEachRow(
        _ path: String, _ dialect: TableDialect, _ body: (UnsafeBufferPointer<UInt8>, Int) throws(DataError) -> Void
    ) throws(DataError) {
        var empty: Int?
        try TextLines.forEach(path) { line, number throws(DataError) in
            if number == 1, dialect.names != nil { return true }
            if line.isEmpty {
                empty = empty ?? number
                return true
            }
            if let empty {
                throw .malformedText(
                    path: path, line: empty, column: nil, expected: "\(dialect.columns) fields", found: "an empty line")
            }
            try body(line, number)
            return true
        }
    }

    /// How the fields of a table are divided.
    static func dialect(_ path: String) throws(DataError) -> TableDialect {
        var dialect: TableDialect?
        try TextLines.forEach(path) { line, _ throws(DataError) in
            dialect = TableDialect(firstLine: line)
            return false
        }
        guard let dialect else {
            throw .malformedText(
                path: path, line: 1, column: nil, expected: "fields between commas, tabs or semicolons", found: "none")
        }
        return dialect
    }

    private static func candidates(
        _ dialect: TableDialect, _ label: DatasetOptions.LabelColumn?, _ path: String
    ) throws(DataError) -> [Int] {
        let first = dialect.indexColumn == 0 ? 1 : 0
        let last = dialect.columns - 1
        switch label {
        case .first: return [first]
        case .last: return [last]
        case .named(let name):
            guard let column = dialect.names?.firstIndex(of: name.lowercased()) else {
                throw .badOption(
                    source: path, word: "label=\(name)",
                    expected: dialect.names == nil
                        ? "label=first or label=last, as the columns have no names" : "the name of a column")
            }
            return [column]
        case nil: return dialect.labelColumn.map { [$0] } ?? (first < last ? [first, last] : [last])
        }
    }

    private static func read(
        _ line: UnsafeBufferPointer<UInt8>, _ number: Int, _ path: String, _ dialect: TableDialect,
        _ labels: inout [LabelColumn], _ range: inout NumberRange
    ) throws(DataError) {
        var scanner = FieldScanner(line, delimiter: dialect.delimiter)
        let skipped = dialect.indexColumn ?? -1
        let (first, last) = (labels[0].index, labels[labels.count - 1].index)
        var column = 0
        while !scanner.isAtEnd {
            let place = number << columnBits | (column + 1)
            if column == first || column == last {
                labels[column == first ? 0 : labels.count - 1].note(scanner.field(), at: place)
            } else if column == skipped {
                scanner.skip()
            } else {
                let start = scanner.position
                guard let value = scanner.number() else {
                    // A line that is too short or too long says more than what stands in it.
                    if column < dialect.columns { throw noNumber(line, start, number, column, path, dialect) }
                    break
                }
                range.note(value, at: place)
            }
            column += 1
        }
        guard column == dialect.columns, scanner.isAtEnd else {
            var all = FieldScanner(line, delimiter: dialect.delimiter)
            throw .malformedText(
                path: path, line: number, column: nil, expected: "\(dialect.columns) fields",
                found: "\(all.fields().count)")
        }
    }

    private static func noNumber(
        _ line: UnsafeBufferPointer<UInt8>, _ start: Int, _ number: Int, _ column: Int, _ path: String,
        _ dialect: TableDialect
    ) -> DataError {
        var scanner = FieldScanner(
            UnsafeBufferPointer(rebasing: line[min(start, line.count)...]), delimiter: dialect.delimiter)
        return .malformedText(
            path: path, line: number, column: column + 1, expected: "a number",
            found: scanner.field().map { $0.isEmpty ? "nothing" : FieldScanner.excerpt($0) }
                ?? "a quotation mark too many")
    }

    private static func checkRoom(_ bytes: Int, _ path: String) throws(DataError) {
        do throws(MemoryRefusal) { try MemoryBudget.current.check(bytes) } catch {
            throw .tooLarge(path: path, error)
        }
    }
}
