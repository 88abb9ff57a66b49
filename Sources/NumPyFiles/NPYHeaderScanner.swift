/// Reads the header of a `.npy` file: a Python dictionary of `descr`, `fortran_order` and `shape`, each exactly once.
struct NPYHeaderScanner {
    /// More axes than any NumPy array has.
    private static let mostAxes = 64

    let bytes: [UInt8]
    let end: Int
    let path: String
    private let takesAllTypes: Bool
    private var position: Int

    /// - Parameters:
    ///   - range: of the header's text within the file's bytes.
    ///   - takesAllTypes: whether other values than little-endian float32 in C order are taken.
    init(bytes: [UInt8], range: Range<Int>, path: String, takesAllTypes: Bool = false) {
        self.bytes = bytes
        self.takesAllTypes = takesAllTypes
        end = range.upperBound
        position = range.lowerBound
        self.path = path
    }

    /// What the header says.
    ///
    /// - Throws: `NumPyError` where the values are of a type that is not taken, or the header is none.
    mutating func header() throws(NumPyError) -> NPYHeader {
        let start = position
        var shape: (sizes: [Int], offset: Int) = ([], start)
        var type = (text: "", offset: start)
        var isFortran = false
        var seen: Set<String> = []
        try expect("{")
        while !take("}") {
            skipBlanks()
            let offset = position
            let key = try string(expected: "a key in quotes")
            guard seen.insert(key).inserted else { throw fault(offset, "each key once", "'\(key)' again") }
            try expect(":")
            skipBlanks()
            let place = position
            switch key {
            case "descr": type = (try typeText(), place)
            case "fortran_order": isFortran = try order()
            case "shape": shape = (try tuple(), place)
            default: throw fault(offset, "'descr', 'fortran_order' or 'shape'", "'\(key)'")
            }
            if !take(",") {
                try expect("}")
                break
            }
        }
        skipBlanks()
        guard position == end else { throw fault(position, "the end of the header", excerpt) }
        for key in ["descr", "fortran_order", "shape"] where !seen.contains(key) {
            throw fault(start, "a header with '\(key)'", "none")
        }
        return NPYHeader(
            type: type.text, isFortran: isFortran, shape: shape.sizes, typeOffset: type.offset,
            shapeOffset: shape.offset, valuesStart: end)
    }

    // MARK: - Values

    private func excerptOfType(_ text: String) -> String {
        text.hasPrefix(">") ? "'\(text)', which is big-endian" : "'\(text)'"
    }

    private mutating func typeText() throws(NumPyError) -> String {
        let expected = takesAllTypes ? "the type of numbers, such as '|u1' or '<f4'" : "'<f4' (float32, little-endian)"
        let offset = position
        let text = try string(expected: expected)
        guard takesAllTypes || text == "<f4" else { throw fault(offset, expected, excerptOfType(text)) }
        return text
    }

    /// Whether the order is column-major.
    private mutating func order() throws(NumPyError) -> Bool {
        let offset = position
        if take("False") { return false }
        let isFortran = take("True")
        if isFortran, takesAllTypes { return true }
        throw fault(
            offset, takesAllTypes ? "'fortran_order': False or True" : "'fortran_order': False (row-major)",
            isFortran ? "True (column-major)" : excerpt)
    }

    private mutating func tuple() throws(NumPyError) -> [Int] {
        try expect("(")
        var sizes: [Int] = []
        while !take(")") {
            let offset = position
            sizes.append(try size())
            guard sizes.count <= Self.mostAxes else {
                throw fault(offset, "a shape of at most \(Self.mostAxes) axes", "more")
            }
            if take(",") { continue }
            // Without a comma, parentheses hold a number, not a tuple.
            guard sizes.count > 1 else { throw fault(position, "a comma after the only size", excerpt) }
            try expect(")")
            break
        }
        return sizes
    }

    private mutating func size() throws(NumPyError) -> Int {
        skipBlanks()
        let start = position
        while position < end, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) { position += 1 }
        let digits = String(decoding: bytes[start..<position], as: UTF8.self)
        guard !digits.isEmpty else { throw fault(start, "a whole number from 0 on", excerpt) }
        guard let size = Int(digits) else { throw fault(start, "a size of at most \(Int.max)", digits.prefix(40) + "") }
        return size
    }

    // MARK: - Words

    private mutating func string(expected: String) throws(NumPyError) -> String {
        skipBlanks()
        guard position < end, bytes[position] == UInt8(ascii: "'") || bytes[position] == UInt8(ascii: "\"") else {
            throw fault(position, expected, excerpt)
        }
        let start = position + 1
        guard let close = bytes[start..<end].firstIndex(of: bytes[position]) else {
            throw fault(position, "a closing quotation mark", excerpt)
        }
        position = close + 1
        return Self.printable(bytes[start..<close].prefix(40))
    }

    private mutating func skipBlanks() {
        while position < end, bytes[position] == UInt8(ascii: " ") || bytes[position] == UInt8(ascii: "\n") {
            position += 1
        }
    }

    private mutating func take(_ word: String) -> Bool {
        skipBlanks()
        guard bytes[position..<end].starts(with: word.utf8) else { return false }
        position += word.utf8.count
        return true
    }

    private mutating func expect(_ word: String) throws(NumPyError) {
        guard take(word) else { throw fault(position, word, excerpt) }
    }

    private func fault(_ offset: Int, _ expected: String, _ found: String) -> NumPyError {
        .malformed(path: path, offset: offset, expected: expected, found: found)
    }

    private var excerpt: String {
        position == end ? "the end of the header" : Self.printable(bytes[position..<end].prefix(20))
    }

    /// For one line of a terminal: characters beyond visible ASCII become question marks.
    private static func printable(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }
}
