import TerminalUI

/// A report of the mouse: `ESC [ < button ; column ; row M`, with `m` for a release (xterm's mode 1006), or in the
/// older form `ESC [ M` and three characters.
///
/// Where several reports come at once, as over a slow line, ncurses would make one of them and lose the others.
package struct MouseReport: Equatable {
    /// Nil for a button without a meaning here.
    package var event: MouseEvent?
    /// Number of its characters.
    package var length: Int

    /// The greatest length of a sequence.
    private static let longest = 24
    /// Columns and rows of the largest terminal: its size is told in 16 bits. A place beyond it is none.
    private static let mostCells = 1 << 16

    /// - Parameter input: the input that came at once, from the escape character on.
    /// - Returns: nil where it is no report.
    package init?(_ input: ArraySlice<RawInput>) {
        let characters = MouseReport.characters(input)
        guard characters.starts(with: "\u{1B}[".unicodeScalars), characters.count > 2 else { return nil }
        switch characters[2] {
        case "<": self.init(numbered: characters)
        case "M": self.init(characters)
        default: return nil
        }
    }

    /// Whether the input ends with the start of a report whose rest has not come yet.
    package static func isCutOff(_ input: [RawInput]) -> Bool {
        guard let start = input.suffix(longest).lastIndex(of: .scalar(0x1B)) else { return false }
        let characters = characters(input[start...])
        guard characters.count == input.count - start, characters.count > 1, characters[1] == "[" else { return false }
        return characters.dropFirst(2).first ?? "<" == "<" && characters.dropFirst(3).allSatisfy(isParameter)
    }

    private init?(numbered characters: [Unicode.Scalar]) {
        let parameters = characters.dropFirst(3).prefix(while: Self.isParameter)
        guard let final = characters.dropFirst(3 + parameters.count).first, final == "M" || final == "m" else {
            return nil
        }
        let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false)
            .map { Int(String(String.UnicodeScalarView($0))) }
        guard numbers.count == 3, let button = numbers[0], let x = numbers[1], let y = numbers[2], x > 0, y > 0 else {
            return nil
        }
        event = Self.event(button: button, x: x - 1, y: y - 1, isRelease: final == "m")
        length = 4 + parameters.count
    }

    /// The older form: each number plus 32, with places from 1.
    private init?(_ characters: [Unicode.Scalar]) {
        guard characters.count >= 6, characters[3...5].allSatisfy({ $0.value >= 0x20 }) else { return nil }
        let numbers = characters[3...5].map { Int($0.value) - 32 }
        guard numbers[1] > 0, numbers[2] > 0 else { return nil }
        let isRelease = numbers[0] & 0b110_0011 == 3
        event = Self.event(
            button: isRelease ? 0 : numbers[0], x: numbers[1] - 1, y: numbers[2] - 1, isRelease: isRelease)
        length = 6
    }

    /// The bits of Shift, Meta and Control, 4 to 16, are ignored.
    private static func event(button: Int, x: Int, y: Int, isRelease: Bool) -> MouseEvent? {
        guard x < mostCells, y < mostCells else { return nil }
        return switch button & ~0b1_1100 {
        case 0: MouseEvent(kind: isRelease ? .release : .press, x: x, y: y)
        case 32: MouseEvent(kind: .drag, x: x, y: y)
        case 64: MouseEvent(kind: .scrollUp, x: x, y: y)
        case 65: MouseEvent(kind: .scrollDown, x: x, y: y)
        default: nil
        }
    }

    private static func isParameter(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x3B).contains(scalar.value) }

    private static func characters(_ input: ArraySlice<RawInput>) -> [Unicode.Scalar] {
        input.prefix(longest).prefix { if case .scalar = $0 { true } else { false } }
            .compactMap { if case .scalar(let value) = $0 { Unicode.Scalar(value) } else { nil } }
    }
}
