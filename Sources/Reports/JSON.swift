/// A JSON value whose objects keep the order of their keys.
package enum JSON: Equatable, Sendable {
    case null
    case integer(Int)
    case unsigned(UInt64)
    /// A value that is not finite is written as null.
    case number(Double)
    case text(String)
    case array([JSON])
    case object([Member])

    /// A key of an object with its value.
    package struct Member: Equatable, Sendable {
        /// The unescaped key.
        package let key: String
        /// The value of the key.
        package let value: JSON

        package init(key: String, value: JSON) { (self.key, self.value) = (key, value) }
    }

    /// A number, or null without one.
    package static func number(_ value: Double?) -> JSON { value.map { .number($0) } ?? .null }

    /// An object with its keys in this order.
    package static func object(_ members: KeyValuePairs<String, JSON>) -> JSON {
        .object(members.map { Member(key: $0.key, value: $0.value) })
    }

    /// The text; a value that fits into `width` characters is on one line.
    package func text(width: Int = 100) -> String { text(indentation: 0, width: width) }

    private func text(indentation: Int, width: Int) -> String {
        let line = oneLine
        guard indentation + line.count > width else { return line }
        let inner = String(repeating: " ", count: indentation + 2)
        let parts: [String]
        let (open, close): (String, String)
        switch self {
        case .array(let values):
            (open, close) = ("[", "]")
            parts = values.map { inner + $0.text(indentation: indentation + 2, width: width) }
        case .object(let members):
            (open, close) = ("{", "}")
            parts = members.map { member in
                "\(inner)\(Self.quoted(member.key)): \(member.value.text(indentation: indentation + 2, width: width))"
            }
        default: return line
        }
        return "\(open)\n\(parts.joined(separator: ",\n"))\n\(String(repeating: " ", count: indentation))\(close)"
    }

    private var oneLine: String {
        switch self {
        case .null: "null"
        case .integer(let value): "\(value)"
        case .unsigned(let value): "\(value)"
        case .number(let value): value.isFinite ? "\(value)" : "null"
        case .text(let value): Self.quoted(value)
        case .array(let values): "[\(values.map(\.oneLine).joined(separator: ", "))]"
        case .object(let members):
            "{\(members.map { "\(Self.quoted($0.key)): \($0.value.oneLine)" }.joined(separator: ", "))}"
        }
    }

    /// RFC 8259, section 7: quotation mark, reverse solidus and control characters are escaped. So are other characters
    /// that a terminal acts on, and direction marks, which could make a text look like another.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where isInvisible(scalar): result += escaped(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
        return switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// One code unit of UTF-16, or a pair.
    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        String(scalar).utf16.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }
}
