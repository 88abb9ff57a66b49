import CNcurses
import TerminalUI

/// A terminfo entry in memory, to be changed and compiled again.
///
/// Most terminals show 24-bit colours, but their type's entry has only 256. The `-direct` types that have them are in a
/// package that few users install. So the user's own entry gets direct colours, and ncurses reads that.
package struct TerminfoEntry: Equatable {
    /// Capabilities beyond the standard ones, by name.
    package struct Extension: Equatable {
        /// Those that are true.
        package var booleans: Set<String> = []
        /// Numbers by name.
        package var numbers: [String: Int] = [:]
        /// Sequences by name, without the closing zero.
        package var strings: [String: [UInt8]] = [:]

        package init() {}
    }

    /// The type's name, such as `xterm-256color`.
    package var name: String
    /// In terminfo's own order, here and below.
    package var booleans: [Bool]
    /// Nil for an absent one.
    package var numbers: [Int?]
    /// Without the closing zero; nil for an absent one.
    package var strings: [[UInt8]?]
    /// Capabilities beyond terminfo's standard ones.
    package var extended = Extension()

    package init(name: String, booleans: [Bool], numbers: [Int?], strings: [[UInt8]?]) {
        self.name = name
        self.booleans = booleans
        self.numbers = numbers
        self.strings = strings
    }

    /// The compiled form with 32-bit numbers, as term(5) describes it.
    package var compiled: [UInt8] {
        var table: [UInt8] = []
        var bytes: [UInt8] = []
        func append(_ value: Int) {
            bytes.append(UInt8(truncatingIfNeeded: value))
            bytes.append(UInt8(truncatingIfNeeded: value >> 8))
        }
        func appendLong(_ value: Int) {
            append(value)
            append(value >> 16)
        }
        func align() { if bytes.count % 2 == 1 { bytes.append(0) } }
        func store(_ text: [UInt8]) -> Int {
            defer { table += text + [0] }
            return table.count
        }

        let offsets = strings.map { $0.map(store) ?? -1 }
        let names = Array("\(name)|a derived entry".utf8) + [0]
        for value in [0o1036, names.count, booleans.count, numbers.count, strings.count, table.count] { append(value) }
        bytes += names
        bytes += booleans.map { $0 ? 1 : 0 }
        align()
        for number in numbers { appendLong(number ?? -1) }
        for offset in offsets { append(offset) }
        bytes += table
        align()

        table = []
        let extendedBooleans = extended.booleans.sorted()
        let extendedNumbers = extended.numbers.sorted { $0.key < $1.key }
        let extendedStrings = extended.strings.sorted { $0.key < $1.key }
        let values = extendedStrings.map { store($0.value) }
        // Positions of names are counted from the end of the values.
        let base = table.count
        let keys = (extendedBooleans + extendedNumbers.map(\.key) + extendedStrings.map(\.key))
            .map { store(Array($0.utf8)) - base }
        append(extendedBooleans.count)
        append(extendedNumbers.count)
        append(extendedStrings.count)
        append(values.count + keys.count)
        append(table.count)
        bytes += extendedBooleans.map { _ in 1 }
        align()
        for number in extendedNumbers { appendLong(number.value) }
        for offset in values + keys { append(offset) }
        return bytes + table
    }

    /// The compiled form as two digits a byte.
    package var hexadecimal: String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(2 * compiled.count)
        for byte in compiled {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension TerminfoEntry {
    /// The entry of a type; nil where there is none.
    package static func installed(name: String) -> TerminfoEntry? {
        guard terminfo_load(name) else { return nil }
        defer { terminfo_unload() }
        return loaded(name: name)
    }

    /// The entry that terminfo has loaded.
    package static func loaded(name: String) -> TerminfoEntry {
        func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8]? { text.map(Self.bytes(of:)) }
        var entry = TerminfoEntry(
            name: name,
            booleans: (0..<terminfo_boolean_count).map { terminfo_boolean($0) },
            numbers: (0..<terminfo_number_count).map { index in
                let number = terminfo_number(index)
                return number < 0 ? nil : Int(number)
            },
            strings: (0..<terminfo_string_count).map { bytes(terminfo_string($0)) })
        for name in ["AX", "XT", "G0"] where terminfo_boolean_named(name) { entry.extended.booleans.insert(name) }
        let acsInUTF8 = terminfo_number_named("U8")
        if acsInUTF8 >= 0 { entry.extended.numbers["U8"] = Int(acsInUTF8) }
        for name in ["XM", "xm"] + KeyTranslator.modifiedKeyNames {
            if let value = bytes(terminfo_text(name)) { entry.extended.strings[name] = value }
        }
        return entry
    }

    /// The bytes before the closing zero. Not as text: a sequence may have bytes that are no UTF-8, such as 0x9B, the CSI of
    /// eight bits, and would come back as another.
    package static func bytes(of text: UnsafePointer<CChar>) -> [UInt8] {
        var (next, bytes): (UnsafePointer<CChar>, [UInt8]) = (text, [])
        while next.pointee != 0 {
            bytes.append(UInt8(bitPattern: next.pointee))
            next += 1
        }
        return bytes
    }

    /// The same terminal with other colours.
    package func with(colors level: ColorLevel) -> TerminfoEntry {
        var entry = self
        let color: String
        switch level {
        case .truecolor:
            color = "8;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%dm"
            entry["colors"] = 1 << 24
            entry.extended.booleans.insert("RGB")
        case .palette256:
            color = "8;5;%p1%dm"
            entry["colors"] = 256
        case .palette16, .mono: return self
        }
        entry["pairs"] = 1 << 16
        entry["setaf"] = "\u{1B}[3" + color
        entry["setab"] = "\u{1B}[4" + color
        if entry.string(named: "op") == nil { entry["op"] = "\u{1B}[39;49m" }
        for name in ["setf", "setb", "initc", "initp", "oc", "scp"] { entry[name] = String?.none }
        if let index = Self.booleanIndex["ccc"] { entry.booleans[index] = false }
        return entry
    }

    private static let booleanIndex = index(count: terminfo_boolean_count, terminfo_boolean_name)
    private static let numberIndex = index(count: terminfo_number_count, terminfo_number_name)
    private static let stringIndex = index(count: terminfo_string_count, terminfo_string_name)

    private static func index(count: Int32, _ name: (Int32) -> UnsafePointer<CChar>?) -> [String: Int] {
        var result: [String: Int] = [:]
        for place in 0..<count { if let name = name(place) { result[String(cString: name)] = Int(place) } }
        return result
    }

    /// A standard string capability by its terminfo name, such as `op`; nil where it is absent.
    package func string(named name: String) -> String? {
        guard let index = Self.stringIndex[name], let bytes = strings[index] else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private subscript(name: String) -> String? {
        get { string(named: name) }
        set { if let index = Self.stringIndex[name] { strings[index] = newValue.map { Array($0.utf8) } } }
    }

    private subscript(name: String) -> Int? {
        get { Self.numberIndex[name].flatMap { numbers[$0] } }
        set { if let index = Self.numberIndex[name] { numbers[index] = newValue } }
    }
}
