/// Reads the header of a safetensors file: a JSON object with an object for each array, and perhaps `__metadata__`, whose
/// members are texts. Nothing else is taken, so that no header nests deeper, and what is skipped takes no memory.
struct SafetensorsScanner {
    /// The longest name, in bytes, and the most axes.
    private static let (longestName, mostAxes) = (255, 64)

    let bytes: [UInt8]
    /// Where the header ends.
    let end: Int
    let path: String
    /// The most arrays.
    let most: Int
    private var position = 8

    init(bytes: [UInt8], end: Int, path: String, most: Int) {
        (self.bytes, self.end, self.path, self.most) = (bytes, end, path, most)
    }

    /// All arrays, in the header's order.
    mutating func entries() throws(WeightImportError) -> [SafetensorsFile.Entry] {
        var entries: [SafetensorsFile.Entry] = []
        var names: Set<String> = []
        try members { (scanner, name, offset) throws(WeightImportError) in
            guard names.insert(name).inserted else {
                throw scanner.fault(offset, "each name once", "\"\(name)\" again")
            }
            if name == "__metadata__" { return try scanner.metadata() }
            guard entries.count < scanner.most else {
                throw scanner.fault(offset, "at most \(scanner.most) arrays", "more")
            }
            entries.append(try scanner.entry(name, offset))
        }
        skipBlanks()
        guard position == end else { throw fault(position, "the end of the header", excerpt) }
        return entries
    }

    private mutating func entry(_ name: String, _ offset: Int) throws(WeightImportError) -> SafetensorsFile.Entry {
        var (type, shape, range) = (nil as String?, nil as [Int]?, nil as [Int]?)
        try members { (scanner, key, place) throws(WeightImportError) in
            switch key {
            case "dtype" where type == nil: type = try scanner.text()
            case "shape" where shape == nil: shape = try scanner.sizes(most: Self.mostAxes)
            case "data_offsets" where range == nil: range = try scanner.sizes(most: 2)
            default:
                throw scanner.fault(place, "\"dtype\", \"shape\" and \"data_offsets\", each once", "\"\(key)\"")
            }
        }
        guard let type, let shape, let range else {
            throw fault(offset, "\"\(name)\" with dtype, shape and data_offsets", "fewer of them")
        }
        guard range.count == 2, range[0] <= range[1] else {
            throw fault(offset, "\"\(name)\" with data_offsets from a place to a later one", "\(range)")
        }
        return SafetensorsFile.Entry(
            name: name, type: type, shape: shape, start: range[0], end: range[1], offset: offset)
    }

    /// Texts that are not used.
    private mutating func metadata() throws(WeightImportError) {
        try expect("{")
        if take("}") { return }
        repeat {
            try skipText()
            try expect(":")
            try skipText()
        } while take(",")
        try expect("}")
    }

    // MARK: - Values

    /// Calls `body` behind the colon of each member of an object, with its name and where that stands.
    private mutating func members(
        _ body: (inout SafetensorsScanner, String, Int) throws(WeightImportError) -> Void
    ) throws(WeightImportError) {
        try expect("{")
        if take("}") { return }
        repeat {
            skipBlanks()
            let offset = position
            let name = try text()
            try expect(":")
            try body(&self, name, offset)
        } while take(",")
        try expect("}")
    }

    private mutating func sizes(most: Int) throws(WeightImportError) -> [Int] {
        try expect("[")
        if take("]") { return [] }
        var sizes: [Int] = []
        repeat {
            skipBlanks()
            let start = position
            while position < end, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) { position += 1 }
            let digits = String(decoding: bytes[start..<position].prefix(40), as: UTF8.self)
            guard let size = Int(digits), digits == "\(size)" else {
                throw fault(start, "a whole number from 0 on", digits.isEmpty ? excerpt : digits)
            }
            guard sizes.count < most else { throw fault(start, "at most \(most) numbers", "more") }
            sizes.append(size)
        } while take(",")
        try expect("]")
        return sizes
    }

    private mutating func text() throws(WeightImportError) -> String {
        skipBlanks()
        let start = position
        var text: [UInt8] = []
        try characters { (scanner, unit) throws(WeightImportError) in
            text += unit
            guard text.count <= Self.longestName else {
                throw scanner.fault(start, "a text of at most \(Self.longestName) bytes", "a longer one")
            }
        }
        guard let valid = String(validating: text, as: UTF8.self) else {
            throw fault(start, "a text in UTF-8", "other bytes")
        }
        return valid
    }

    private mutating func skipText() throws(WeightImportError) { try characters { _, _ in } }

    /// The bytes of each character of a text in quotation marks.
    private mutating func characters(
        _ body: (inout SafetensorsScanner, ArraySlice<UInt8>) throws(WeightImportError) -> Void
    ) throws(WeightImportError) {
        try expect("\"")
        while position < end, bytes[position] != UInt8(ascii: "\"") {
            guard bytes[position] >= 0x20 else { throw fault(position, "a character of a text", excerpt) }
            if bytes[position] == UInt8(ascii: "\\") {
                let escaped = try escape()
                try body(&self, escaped)
            } else {
                position += 1
                try body(&self, bytes[(position - 1)..<position])
            }
        }
        guard position < end else { throw fault(position, "a closing quotation mark", excerpt) }
        position += 1
    }

    /// What stands behind a backslash: a character, or four hexadecimal digits, which must not be half of a pair.
    private mutating func escape() throws(WeightImportError) -> ArraySlice<UInt8> {
        let start = position
        position += 2
        let letters: [Character: UInt8] = [
            "\"": 0x22, "\\": 0x5C, "/": 0x2F, "b": 0x08, "f": 0x0C, "n": 0x0A, "r": 0x0D, "t": 0x09,
        ]
        guard position <= end else { throw fault(start, "a character behind the backslash", "the end of the header") }
        let letter = Character(Unicode.Scalar(bytes[position - 1]))
        if let byte = letters[letter] { return [byte] }
        let digits = String(decoding: bytes[position..<min(end, position + 4)], as: UTF8.self)
        guard letter == "u", digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit), digits.allSatisfy(\.isASCII),
            let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code)
        else { throw fault(start, "an escape of JSON for one character", excerpt) }
        position += 4
        return Array(String(scalar).utf8)[...]
    }

    // MARK: - Words

    private mutating func skipBlanks() {
        while position < end, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
    }

    private mutating func take(_ word: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard position < end, bytes[position] == UInt8(ascii: word) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ word: Unicode.Scalar) throws(WeightImportError) {
        guard take(word) else { throw fault(position, "\(word)", excerpt) }
    }

    private func fault(_ offset: Int, _ expected: String, _ found: String) -> WeightImportError {
        .malformed(
            path: path, offset: offset, expected: WeightPlanError.short(expected),
            found: WeightPlanError.short(found))
    }

    /// What comes next, for one line of a terminal.
    private var excerpt: String {
        guard position < end else { return "the end of the header" }
        let shown = bytes[position..<min(end, position + 20)].map {
            (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?")
        }
        return String(decoding: shown, as: UTF8.self)
    }
}
