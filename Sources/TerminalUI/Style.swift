/// A colour in sRGB, or the terminal's own default.
package struct Color: Equatable, Hashable, Sendable {
    /// 0xRRGGBB, or `UInt32.max` for the terminal's default.
    let packed: UInt32

    /// The terminal's own foreground or background.
    package static let terminalDefault = Color(packed: .max)

    private init(packed: UInt32) { self.packed = packed }

    package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        packed = UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
    }

    /// - Parameter rgb: 0xRRGGBB.
    package init(rgb: UInt32) { packed = rgb & 0xFF_FFFF }

    /// Whether it is the terminal's own foreground or background.
    package var isTerminalDefault: Bool { packed == .max }
    /// Red, 0 to 255; 255 for the terminal's own.
    package var red: UInt8 { UInt8(truncatingIfNeeded: packed >> 16) }
    /// Green, 0 to 255; 255 for the terminal's own.
    package var green: UInt8 { UInt8(truncatingIfNeeded: packed >> 8) }
    /// Blue, 0 to 255; 255 for the terminal's own.
    package var blue: UInt8 { UInt8(truncatingIfNeeded: packed) }

    /// Linear mix in sRGB: `self` at 0, `other` at 1. The terminal's own colour can't be mixed: the nearer of the two
    /// is the result.
    package func mixed(with other: Color, _ share: Double) -> Color {
        let share = min(1, max(0, share))
        if isTerminalDefault || other.isTerminalDefault { return share < 0.5 ? self : other }
        func mix(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8(Double(a) + (Double(b) - Double(a)) * share + 0.5) }
        return Color(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
    }
}

/// Colours and attributes of a cell.
package struct Style: Equatable, Hashable, Sendable {
    /// The colour of the text.
    package var foreground: Color
    /// The colour behind the text.
    package var background: Color
    /// Bold, dim, underline and reverse.
    package var attributes: Attributes

    package init(
        foreground: Color = .terminalDefault, background: Color = .terminalDefault, attributes: Attributes = []
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    /// Attributes that terminals have without colours.
    package struct Attributes: OptionSet, Hashable, Sendable {
        /// A bit for each attribute.
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }
        /// Bright or heavy text.
        package static let bold = Attributes(rawValue: 1)
        /// Faint text.
        package static let dim = Attributes(rawValue: 2)
        /// A line below the text.
        package static let underline = Attributes(rawValue: 4)
        /// Foreground and background exchanged.
        package static let reverse = Attributes(rawValue: 8)
        /// A stroke of a frame or a picture that ASCII has only a punctuation mark for. A terminal is not sent it: it
        /// says that the cell is no text, and may be fainter.
        package static let mark = Attributes(rawValue: 16)
    }

    /// The style with `bold` added.
    package func bold() -> Style { with(.bold) }
    /// The style with an attribute added.
    package func with(_ attribute: Attributes) -> Style {
        var copy = self
        copy.attributes.insert(attribute)
        return copy
    }
    /// The style with another background.
    package func on(_ background: Color) -> Style {
        var copy = self
        copy.background = background
        return copy
    }
}
