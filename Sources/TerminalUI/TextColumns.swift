/// How many columns a terminal needs for a character, and whether it shows it at all.
extension Unicode.Scalar {
    /// Columns on a terminal: 2 for the wide characters of East Asia and for pictures, 0 for combining marks (Unicode
    /// Standard Annex 11, and the general categories).
    package var columns: Int {
        if value < 0x300 || isHarmful { return 1 }
        // Frames, blocks and braille: most characters of a screen beyond ASCII.
        if (0x2500...0x25FC).contains(value) || (0x2800...0x28FF).contains(value) { return 1 }
        if Self.wide.contains(where: { $0.contains(value) }) { return 2 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        // The second half of a Korean syllable that is written in parts.
        if (0x1160...0x11FF).contains(value) { return 0 }
        let isFlagLetter = (0x1F1E6...0x1F1FF).contains(value)
        return properties.isEmojiPresentation && !isFlagLetter ? 2 : 1
    }

    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3,
        0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF,
        0x1AFF0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x3FFFD,
    ]

    /// Whether a terminal would act on it, or show the text after it in another order or not at all: control
    /// characters, line separators, direction marks (https://trojansource.codes), and invisible characters.
    package var isHarmful: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0: true
        case 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
        case 0xE0000...0xE007F: true
        default: false
        }
    }
}

extension StringProtocol {
    /// Columns of the text on a terminal. A harmful character counts as the mark that replaces it.
    package var columns: Int {
        if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
        return unicodeScalars.reduce(0) { $0 + $1.columns }
    }

    /// The text in one line that is safe for a terminal: a blank for a line end and a tab, `?` for every other harmful
    /// character. Characters keep their positions.
    package var harmlessLine: String { harmless { $0 == "\n" || $0 == "\t" || $0 == "\r" ? " " : "?" } }

    /// Like `harmlessLine`, but line ends and tabs stay.
    package var harmlessLines: String { harmless { $0 == "\n" || $0 == "\t" ? $0 : "?" } }

    private func harmless(_ replacing: (Unicode.Scalar) -> Unicode.Scalar) -> String {
        guard unicodeScalars.contains(where: \.isHarmful) else { return String(self) }
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars { result.append(scalar.isHarmful ? replacing(scalar) : scalar) }
        return String(result)
    }
}
