/// Reads the fields of one line of a table. A field may stand in quotation marks, in which two of them are one; it ends on
/// its line. Source: RFC 4180.
struct FieldScanner {
    private static let quote = UInt8(ascii: "\"")
    /// Powers of ten that are exact in double precision.
    private static let powers: [Double] = (0...22).reduce(into: []) { powers, _ in
        powers.append((powers.last ?? 0.1) * 10)
    }
    /// A field of a label, or of a number, has at most so many bytes.
    static let longest = 256

    let line: UnsafeBufferPointer<UInt8>
    let delimiter: UInt8
    /// Where the next field begins; beyond the line's end once all are read.
    private(set) var position = 0

    init(_ line: UnsafeBufferPointer<UInt8>, delimiter: UInt8) { (self.line, self.delimiter) = (line, delimiter) }

    /// Whether all fields are read. An empty line has one field, which is empty.
    var isAtEnd: Bool { position > line.count }

    /// The next field as a number; nil where it is none.
    @inline(__always)
    mutating func number() -> Double? {
        let start = position
        var (value, decimals, digits) = (0, 0, 0)
        var isFraction = false
        while position < line.count {
            let byte = line[position]
            if byte &- 0x30 < 10 {
                value = value &* 10 &+ Int(byte &- 0x30)
                digits += 1
                if isFraction { decimals += 1 }
            } else if byte == 0x2E, !isFraction {
                isFraction = true
            } else {
                break
            }
            position += 1
        }
        // Up to 15 digits are exact, and so is the power: one rounding gives the nearest number.
        if digits > 0, digits <= 15, position == line.count || line[position] == delimiter {
            position += 1
            return decimals == 0 ? Double(value) : Double(value) / Self.powers[decimals]
        }
        position = start
        return Self.number(of: field())
    }

    /// A number with a sign, an exponent, blanks or many digits.
    private static func number(of field: [UInt8]?) -> Double? {
        guard let field, !field.isEmpty, field.count <= longest else { return nil }
        // Not the names of what is no number, nor hexadecimal digits.
        guard field.allSatisfy({ $0 &- 0x30 < 10 || "+-.eE".utf8.contains($0) }) else { return nil }
        return Double(String(decoding: field, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
    }

    /// The next field without blanks around it; nil where its quotation marks are not as they should be.
    mutating func field() -> [UInt8]? {
        var (first, last) = (position, position)
        while first < line.count, line[first] == 0x20, line[first] != delimiter { first += 1 }
        if first < line.count, line[first] == Self.quote { return quoted(from: first + 1) }
        last = first
        while last < line.count, line[last] != delimiter { last += 1 }
        position = last + 1
        while last > first, line[last - 1] == 0x20 { last -= 1 }
        return Array(line[first..<last])
    }

    private mutating func quoted(from start: Int) -> [UInt8]? {
        var text: [UInt8] = []
        var place = start
        while place < line.count {
            if line[place] != Self.quote {
                text.append(line[place])
                place += 1
            } else if place + 1 < line.count, line[place + 1] == Self.quote {
                text.append(Self.quote)
                place += 2
            } else {
                place += 1
                while place < line.count, line[place] == 0x20, line[place] != delimiter { place += 1 }
                position = place + 1
                return place == line.count || line[place] == delimiter ? text : nil
            }
        }
        position = line.count + 1
        return nil
    }

    /// Leaves a field out.
    mutating func skip() { _ = field() }

    /// All fields.
    mutating func fields() -> [[UInt8]?] {
        var fields: [[UInt8]?] = []
        while !isAtEnd { fields.append(field()) }
        return fields
    }

    /// For one line of a terminal: at most 30 characters, others than visible ASCII as question marks.
    static func excerpt(_ bytes: some Collection<UInt8>) -> String {
        let visible = bytes.prefix(30).map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }
        return "\"" + String(decoding: visible, as: UTF8.self) + (bytes.count > 30 ? "…" : "") + "\""
    }
}
