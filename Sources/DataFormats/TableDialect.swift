/// How the fields of a table are divided, and what its first line is.
struct TableDialect: Sendable, Equatable {
    /// A comma, a tab or a semicolon.
    let delimiter: UInt8
    /// Names of the columns, in small letters; nil where the first line has values.
    let names: [String]?
    /// Columns of the first line.
    let columns: Int

    private static let delimiters = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]
    private static let labelNames: Set = ["label", "labels", "class", "target", "digit", "letter", "y", "species"]
    private static let indexNames: Set = ["", "id", "index", "unnamed: 0"]

    /// By the first line: nil where it can't be one of a table.
    init?(firstLine line: UnsafeBufferPointer<UInt8>) {
        let counts = Self.delimiters.map { delimiter in line.count { $0 == delimiter } }
        guard let most = counts.max(), most > 0, most <= DatasetLimits.pixels + 1, !line.contains(0),
            let index = counts.firstIndex(of: most)
        else { return nil }
        delimiter = Self.delimiters[index]
        var scanner = FieldScanner(line, delimiter: delimiter)
        let fields = scanner.fields()
        columns = fields.count
        let texts = fields.map { String(decoding: $0 ?? [], as: UTF8.self).lowercased() }
        let words = texts.filter { Double($0) == nil }
        // A line of values can have a word for its label. Numbers are names where they count the columns, as pandas has them.
        let isCounted = Self.areCounted(texts.compactMap(Double.init), least: words.isEmpty ? 10 : 3)
        names = words.count > 1 || (words.count < texts.count && isCounted) ? texts : nil
    }

    /// Whether they are whole numbers one after the other, from 0 or 1.
    ///
    /// - Parameter least: so many at least; fewer can be values by chance.
    private static func areCounted(_ numbers: [Double], least: Int) -> Bool {
        guard numbers.count >= least, let first = numbers.first, first == 0 || first == 1 else { return false }
        return numbers.enumerated().allSatisfy { $1 == first + Double($0) }
    }

    /// The column that is called as labels are; nil where none is, or several are.
    var labelColumn: Int? {
        let found = (names ?? []).indices.filter { Self.labelNames.contains((names ?? [])[$0]) }
        return found.count == 1 ? found[0] : nil
    }

    /// The column that only counts the rows, as pandas writes one.
    var indexColumn: Int? { names?.first.flatMap { Self.indexNames.contains($0) ? 0 : nil } }

    /// Whether a file that begins with these bytes is a table: of its first or its second line at least half of the fields
    /// are numbers.
    static func isTable(_ beginning: [UInt8]) -> Bool {
        let lines = beginning.split(separator: 0x0A, maxSplits: 2).prefix(2)
        guard let first = lines.first else { return false }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bare = first.starts(with: mark) ? first.dropFirst(mark.count) : first
        let found = bare.withUnsafeBufferPointer { TableDialect(firstLine: $0) }
        guard let found else { return false }
        return lines.contains { line in
            // The last field may be cut off.
            let fields = line.split(separator: found.delimiter, omittingEmptySubsequences: false)
            let numbers = fields.count { field in
                let text = field.filter { $0 != 0x22 && $0 != 0x20 && $0 != 0x0D }
                return Double(String(decoding: text, as: UTF8.self)) != nil
            }
            return fields.count > 2 && 2 * numbers >= fields.count
        }
    }
}
