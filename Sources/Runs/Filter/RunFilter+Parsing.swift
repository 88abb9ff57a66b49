import Specs

/// Why a filter, an order or a list of columns is refused; its description is one line.
package enum RunFilterError: Error, Equatable, Sendable, CustomStringConvertible {
    case unknownField(String, nearest: String?)
    /// The field's values can't be compared in this way.
    case comparison(word: String, field: String, expected: String)
    case number(word: String, value: String)
    case noValue(word: String)

    package var description: String {
        switch self {
        case .unknownField(let name, let nearest):
            "\(Self.quoted(name)): no such field of a run"
                + (nearest.map { "; did you mean \($0)?" } ?? "; expected \(Self.examples)")
        case .comparison(let word, let field, let expected): "\(Self.quoted(word)): \(field) takes \(expected)"
        case .number(let word, let value): "\(Self.quoted(word)): \(Self.quoted(value)) is not a number"
        case .noValue(let word): "\(Self.quoted(word)): expected a value after it"
        }
    }

    /// What was typed, as a part of one short line.
    private static func quoted(_ text: String) -> String {
        let line = String(text.prefix(longest).map { $0.isNewline ? " " : $0 })
        return line.isEmpty ? "\"\"" : text.count > longest ? line + "…" : line
    }

    /// In characters.
    private static let longest = 60

    private static let examples = "one such as lr, optimizer, state, tag, val_accuracy or test_errors"
}

extension RunFilter {
    /// Reads conditions separated by blanks. A value with blanks is put in quotation marks: `name~"wide net"`.
    ///
    /// - Throws: `RunFilterError` for an unknown field, a comparison that does not suit it, or a missing value.
    package init(parsing text: String) throws(RunFilterError) {
        var conditions: [Condition] = []
        for word in Self.words(text) { conditions.append(try Self.condition(word)) }
        self.conditions = conditions
    }

    private static func condition(_ word: String) throws(RunFilterError) -> Condition {
        let signs: Set<Character> = ["<", ">", "=", "!", "~"]
        guard let start = word.firstIndex(where: signs.contains),
            // Longer ones come first in the enumeration, so that `<=` is not `<`.
            let comparison = Comparison.allCases.first(where: { word[start...].hasPrefix($0.rawValue) })
        else { return .anywhere(word.lowercased()) }
        let field = try RunField.find(String(word[..<start]))
        let value = String(word[word.index(start, offsetBy: comparison.rawValue.count)...])
        guard !value.isEmpty else { throw .noValue(word: word) }
        guard field.kind == .number else {
            guard [.equals, .isNot, .contains, .lacks].contains(comparison) else {
                throw .comparison(word: word, field: field.name, expected: "= != ~ or !~")
            }
            return .text(field, comparison, value.lowercased())
        }
        guard comparison != .contains, comparison != .lacks else {
            throw .comparison(word: word, field: field.name, expected: "= != < <= > or >=")
        }
        let isSize = field.name == RunField.sizeName
        guard let number = isSize ? ByteAmount.bytes(value).map(Double.init) : number(value) else {
            throw .number(word: word, value: value)
        }
        return .number(field, comparison, number)
    }

    /// A plain number, or a share in per cent: `98%`.
    private static func number(_ text: String) -> Double? {
        guard text.hasSuffix("%") else { return Double(text) }
        // Reads the digits with an exponent: 34.1 / 100 is not the `Double` nearest to 0.341.
        return Double(text.dropLast() + "e-2") ?? Double(text.dropLast()).map { $0 / 100 }
    }

    /// Splits at blanks outside of quotation marks, and removes the marks.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word: String?
        var isQuoted = false
        for character in text {
            if character == "\"" {
                isQuoted.toggle()
                word = word ?? ""
            } else if character.isWhitespace, !isQuoted {
                if let word { words.append(word) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        return words + (word.map { [$0] } ?? [])
    }
}

extension RunField {
    /// The field of that name.
    ///
    /// - Throws: `unknownField` with the nearest valid name.
    package static func find(_ name: String) throws(RunFilterError) -> RunField {
        if let field = named(name) { return field }
        throw .unknownField(name, nearest: Spelling.nearest(to: name, among: names))
    }
}
