import CursesTerminal

/// A reader of compiled entries beside ncurses' own, after term(5).
enum CompiledTerminfo {
    /// The standard capabilities of each kind that ncurses knows.
    private static let counts = (booleans: 44, numbers: 39, strings: 414)

    static func empty(named name: String) -> TerminfoEntry {
        TerminfoEntry(
            name: name, booleans: Array(repeating: false, count: counts.booleans),
            numbers: Array(repeating: nil, count: counts.numbers),
            strings: Array(repeating: nil, count: counts.strings))
    }

    /// The entry; nil where the bytes are none.
    static func read(_ bytes: [UInt8]) -> TerminfoEntry? {
        var reader = Reader(bytes: bytes)
        guard let header = reader.words(6), header[0] == 0o1036 || header[0] == 0o432 else { return nil }
        let isWide = header[0] == 0o1036
        guard header.dropFirst().allSatisfy({ $0 >= 0 }), header[2] <= counts.booleans, header[3] <= counts.numbers,
            header[4] <= counts.strings, let names = reader.bytes(header[1]), let flags = reader.bytes(header[2])
        else { return nil }
        var entry = empty(named: String(decoding: names.prefix { $0 != UInt8(ascii: "|") && $0 != 0 }, as: UTF8.self))
        for (index, flag) in flags.enumerated() { entry.booleans[index] = flag == 1 }
        reader.align()
        guard let numbers = isWide ? reader.longs(header[3]) : reader.words(header[3]),
            let offsets = reader.words(header[4]), let table = reader.bytes(header[5])
        else { return nil }
        for (index, number) in numbers.enumerated() where number >= 0 { entry.numbers[index] = number }
        for (index, offset) in offsets.enumerated() where offset >= 0 {
            guard let text = Self.text(in: table, at: offset) else { return nil }
            entry.strings[index] = text
        }
        reader.align()
        return reader.isAtEnd ? entry : extended(entry, &reader, isWide)
    }

    private static func extended(_ entry: TerminfoEntry, _ reader: inout Reader, _ isWide: Bool) -> TerminfoEntry? {
        var entry = entry
        guard let header = reader.words(5), header.allSatisfy({ $0 >= 0 }), let flags = reader.bytes(header[0])
        else { return nil }
        reader.align()
        let names = header[0] + header[1] + header[2]
        guard let numbers = isWide ? reader.longs(header[1]) : reader.words(header[1]),
            let offsets = reader.words(header[2] + names), let table = reader.bytes(header[4])
        else { return nil }
        var values: [[UInt8]] = []
        var base = 0
        for offset in offsets.prefix(header[2]) {
            guard offset >= 0, let value = text(in: table, at: offset) else { return nil }
            values.append(value)
            base = max(base, offset + value.count + 1)
        }
        var keys: [String] = []
        for offset in offsets.dropFirst(header[2]) {
            guard offset >= 0, let key = text(in: table, at: base + offset) else { return nil }
            keys.append(String(decoding: key, as: UTF8.self))
        }
        for (index, key) in keys.enumerated() {
            if index < header[0] {
                if flags[index] == 1 { entry.extended.booleans.insert(key) }
            } else if index < header[0] + header[1] {
                if numbers[index - header[0]] >= 0 { entry.extended.numbers[key] = numbers[index - header[0]] }
            } else {
                entry.extended.strings[key] = values[index - header[0] - header[1]]
            }
        }
        return entry
    }

    private static func text(in table: [UInt8], at offset: Int) -> [UInt8]? {
        guard offset < table.count, let end = table[offset...].firstIndex(of: 0) else { return nil }
        return Array(table[offset..<end])
    }

    private struct Reader {
        let bytes: [UInt8]
        var place = 0
        var isAtEnd: Bool { place >= bytes.count }

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func align() { place += place % 2 }

        mutating func bytes(_ count: Int) -> [UInt8]? {
            guard count <= bytes.count - place else { return nil }
            defer { place += count }
            return Array(bytes[place..<(place + count)])
        }

        mutating func words(_ count: Int) -> [Int]? {
            guard let raw = bytes(2 * count) else { return nil }
            return (0..<count).map { Int(Int16(bitPattern: raw.word16(at: 2 * $0))) }
        }

        mutating func longs(_ count: Int) -> [Int]? {
            guard let raw = bytes(4 * count) else { return nil }
            return (0..<count).map { Int(Int32(bitPattern: raw.word32(at: 4 * $0))) }
        }
    }
}
