/// Reads the header of a `.npy` file: a Python dictionary of `descr`, `fortran_order` and `shape`, each exactly once.
struct NPYHeaderScanner {
    /// More axes than any NumPy array has.
    private static let mostAxes = 64

    let bytes: [UInt8]
    let end: Int
    let path: String
    private var position: Int

    /// - Parameter range: of the header's text within the file's bytes.
    init(bytes: [UInt8], range: Range<Int>, path: String) {
        self.bytes = bytes
        end = range.upperBound
        position = range.lowerBound
        self.path = path
    }

    /// The shape, and the position of its first byte.
    ///
    /// - Throws: `NumPyError` where the values are no little-endian float32 in C order, or the header is none.
    mutating func shape() throws(NumPyError) -> (shape: [Int], offset: Int) {
        let start = position
        var found: (shape: [Int], offset: Int)?
        var seen: Set<String> = []
        try expect("{")
        while !take("}") {
            skipBlanks()
            let offset = position
            let key = try string(expected: "a key in quotes")
            guard seen.insert(key).inserted else { throw fault(offset, "each key once", "'\(key)' again") }
            try expect(":")
            skipBlanks()
            switch key {
            case "descr": try checkType()
            case "fortran_order": try checkOrder()
            case "shape":
                let place = position
                found = (shape: try tuple(), offset: place)
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
        return found ?? ([], start)
    }

    // MARK: - Values

    private func excerptOfType(_ text: String) -> String {
        text.hasPrefix(">") ? "'\(text)', which is big-endian" : "'\(text)'"
    }

    private mutating func checkType() throws(NumPyError) {
        let expected = "'<f4' (float32, little-endian)"
        let offset = position
        let text = try string(expected: expected)
        guard text == "<f4" else { throw fault(offset, expected, excerptOfType(text)) }
    }

    private mutating func checkOrder() throws(NumPyError) {
        let offset = position
        if take("False") { return }
        let isFortran = take("True")
        throw fault(
            offset, "'fortran_order': False (row-major)", isFortran ? "True (column-major)" : excerpt)
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
