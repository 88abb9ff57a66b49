extension Cell {
    /// Whether it is read: a letter, a digit, a sign, an arrow between two words. Frames, lines of charts, bars, dots and
    /// shapes are seen, not read, and may be fainter. A blank counts as text.
    package var isText: Bool { !scalar.isStroke && !style.attributes.contains(.mark) }
}

extension Unicode.Scalar {
    /// A character that is a piece of a picture: a dot, box drawing, blocks, geometric shapes, braille.
    var isStroke: Bool {
        // Nearly all characters of a screen are below.
        guard value >= 0xB7 else { return false }
        switch value {
        case 0xB7, 0x2022: return true
        case 0x2500...0x25FF, 0x2800...0x28FF: return true
        default: return false
        }
    }
}
