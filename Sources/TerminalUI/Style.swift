/// A colour in sRGB, or the terminal's own default.
public struct Color: Equatable, Hashable, Sendable {
    /// 0xRRGGBB, or `UInt32.max` for the terminal's default.
    let packed: UInt32

    /// The terminal's own foreground or background.
    public static let terminalDefault = Color(packed: .max)

    private init(packed: UInt32) { self.packed = packed }

    public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        packed = UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
    }

    /// - Parameter rgb: 0xRRGGBB.
    public init(rgb: UInt32) { packed = rgb & 0xFF_FFFF }

    public var isTerminalDefault: Bool { packed == .max }
    public var red: UInt8 { UInt8(truncatingIfNeeded: packed >> 16) }
    public var green: UInt8 { UInt8(truncatingIfNeeded: packed >> 8) }
    public var blue: UInt8 { UInt8(truncatingIfNeeded: packed) }

    /// Linear mix in sRGB: `self` at 0, `other` at 1. A terminal default mixes as it is: whichever is nearer wins.
    public func mixed(with other: Color, _ share: Double) -> Color {
        let share = min(1, max(0, share))
        if isTerminalDefault || other.isTerminalDefault { return share < 0.5 ? self : other }
        func mix(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8(Double(a) + (Double(b) - Double(a)) * share + 0.5) }
        return Color(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
    }
}

/// How a cell is drawn.
public struct Style: Equatable, Hashable, Sendable {
    public var foreground: Color
    public var background: Color
    public var attributes: Attributes

    public init(
        foreground: Color = .terminalDefault, background: Color = .terminalDefault, attributes: Attributes = []
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    public struct Attributes: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        public static let bold = Attributes(rawValue: 1)
        public static let dim = Attributes(rawValue: 2)
        public static let underline = Attributes(rawValue: 4)
        public static let reverse = Attributes(rawValue: 8)
    }

    public func bold() -> Style { with(.bold) }
    public func with(_ attribute: Attributes) -> Style {
        var copy = self
        copy.attributes.insert(attribute)
        return copy
    }
    public func on(_ background: Color) -> Style {
        var copy = self
        copy.background = background
        return copy
    }
}
