/// A value of the configuration file, as TOML has them.
package enum ConfigurationValue: Equatable, Hashable, Sendable {
    case text(String)
    case whole(Int)
    case number(Double)
    case flag(Bool)

    /// Its text in the file: a string in quotes, a number with a decimal point.
    package var toml: String {
        switch self {
        case .text(let text): "\"" + text.unicodeScalars.map(Self.escaped).joined() + "\""
        case .whole(let value): "\(value)"
        case .number(let value): "\(value)"
        case .flag(let value): value ? "true" : "false"
        }
    }

    /// A key for an error: as it is, or quoted where it has characters that would not stay on one line.
    package static func key(_ word: String) -> String {
        word.unicodeScalars.allSatisfy { escaped($0) == String($0) } ? word : ConfigurationValue.text(word).toml
    }

    /// In a basic string only quotes, backslashes and control characters need an escape. The two separators of Unicode
    /// end a line here, too: this file is read line by line.
    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case _ where scalar.properties.generalCategory == .control || Character(scalar).isNewline:
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: return String(scalar)
        }
    }
}
