import TerminalUI

/// An escape sequence that the terminal's terminfo entry doesn't have.
///
/// Without this it would be the key Escape and then a row of letters, each of which does something.
package struct EscapeSequence: Equatable {
    /// Nil for a sequence that is no key of ours, and is dropped.
    package var key: Key?
    /// Number of its characters.
    package var length: Int

    /// - Parameter input: the input that came at once, from the escape character on.
    /// - Returns: nil where it is the key Escape, perhaps with typed keys after it.
    package init?(_ input: ArraySlice<RawInput>) {
        let characters = input.prefix(64).dropFirst().prefix { if case .scalar = $0 { true } else { false } }
            .compactMap { if case .scalar(let value) = $0 { Unicode.Scalar(value) } else { nil } }
        guard let first = characters.first, characters.count > 1 else { return nil }
        switch first {
        case "O":
            guard let key = Self.application[characters[1]] else { return nil }
            self.init(key: key, length: 3)
        case "[":
            let body = characters.dropFirst()
            let parameters = body.prefix { (0x20...0x3F).contains($0.value) }
            guard let final = body.dropFirst(parameters.count).first else {
                // Incomplete.
                self.init(key: nil, length: 2 + parameters.count)
                return
            }
            let length = 3 + parameters.count
            guard (0x40...0x7E).contains(final.value) else {
                self.init(key: nil, length: length - 1)
                return
            }
            self.init(key: Self.key(parameters: parameters, final: final), length: length)
        default: return nil
        }
    }

    /// Whether input ends within a sequence, by its form.
    package static func isOpen(_ input: ArraySlice<RawInput>) -> Bool {
        guard let start = input.lastIndex(of: .scalar(0x1B)) else { return false }
        let body = input[(start + 1)...]
        switch body.first {
        case nil: return true
        case .scalar(0x4F): return body.count < 2
        case .scalar(0x5B):
            let parameters = body.dropFirst()
            // The older form of mouse reports: three characters follow.
            if parameters.first == .scalar(0x4D) { return parameters.count < 4 }
            return parameters.allSatisfy { if case .scalar(0x20...0x3F) = $0 { true } else { false } }
        default: return false
        }
    }

    private init(key: Key?, length: Int) {
        self.key = key
        self.length = length
    }

    private static func key(parameters: ArraySlice<Unicode.Scalar>, final: Unicode.Scalar) -> Key? {
        let digits = parameters.prefix { (0x30...0x39).contains($0.value) }
        let number = Int(String(String.UnicodeScalarView(digits))) ?? 1
        if final == "~" { return numbered[number] }
        if let first = parameters.first, !(0x30...0x39).contains(first.value) { return nil }
        return final == "Z" ? .backTab : application[final]
    }

    private static let application: [Unicode.Scalar: Key] = [
        "A": .up, "B": .down, "C": .right, "D": .left, "H": .home, "F": .end, "M": .enter,
        "P": .function(1), "Q": .function(2), "R": .function(3), "S": .function(4),
    ]

    private static let numbered: [Int: Key] = [
        1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
        11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5), 17: .function(6),
        18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10), 23: .function(11), 24: .function(12),
    ]
}
