import CNcurses
import TerminalUI

/// Finds the ncurses attributes and colour pairs of styles, and remembers them.
struct StylePainter {
    struct Paint {
        var attributes: attr_t
        var pair: Int32
    }

    private struct Pair: Hashable {
        var foreground: Int32
        var background: Int32
    }

    private let level: ColorLevel
    /// Number of colours of the 16: 8 where bold makes the bright ones.
    private let basicCount: Int
    private let hasDefaults: Bool
    private let pairLimit: Int32
    /// The background of most cells.
    private(set) var page = Color.terminalDefault
    private var paints: [Style: Paint] = [:]
    private var pairs: [Pair: Int32] = [:]

    /// To be created after ncurses was opened; starts its colours.
    init(level: ColorLevel) {
        self.level = level
        if level == .mono {
            (basicCount, hasDefaults, pairLimit) = (0, true, 1)
            return
        }
        start_color()
        hasDefaults = use_default_colors() != curses_error
        basicCount = curses_color_count() >= 16 ? 16 : 8
        pairLimit = max(1, curses_pair_count())
    }

    /// Whether styles depend on the page's colour, as with few colours.
    var dependsOnPage: Bool { level == .palette16 || level == .mono }

    /// Forgets all styles, as the page has changed.
    mutating func turn(to page: Color) {
        self.page = page
        paints = [:]
    }

    /// Frees all pairs; the whole screen has to be painted again.
    mutating func recycle() {
        paints = [:]
        pairs = [:]
        reset_color_pairs()
    }

    /// Nil where no pair is free: recycle then.
    mutating func paint(_ style: Style) -> Paint? {
        if let known = paints[style] { return known }
        // Many styles can share one pair.
        if paints.count > 1 << 16 { paints = [:] }
        let palette: PaletteStyle
        switch level {
        case .truecolor:
            palette = PaletteStyle(
                foreground: Self.direct(style.foreground), background: Self.direct(style.background),
                attributes: style.attributes)
        case .palette256: palette = ColorQuantizer.palette256(style)
        case .palette16: palette = ColorQuantizer.palette16(style, page: page, count: basicCount)
        case .mono: palette = PaletteStyle(attributes: ColorQuantizer.mono(style, page: page))
        }
        guard let pair = pair(for: palette) else { return nil }
        let paint = Paint(attributes: Self.attributes(palette.attributes), pair: pair)
        paints[style] = paint
        return paint
    }

    private mutating func pair(for style: PaletteStyle) -> Int32? {
        let wanted = Pair(
            foreground: style.foreground.map(Int32.init) ?? (hasDefaults ? -1 : 7),
            background: style.background.map(Int32.init) ?? (hasDefaults ? -1 : 0))
        if level == .mono || wanted == Pair(foreground: -1, background: -1) { return 0 }
        if let known = pairs[wanted] { return known }
        let next = Int32(pairs.count) + 1
        guard next < pairLimit, init_extended_pair(next, wanted.foreground, wanted.background) != curses_error else {
            return nil
        }
        pairs[wanted] = next
        return next
    }

    private static func direct(_ color: Color) -> Int? {
        color.isTerminalDefault ? nil : Int(color.red) << 16 | Int(color.green) << 8 | Int(color.blue)
    }

    private static func attributes(_ attributes: Style.Attributes) -> attr_t {
        var result: attr_t = 0
        if attributes.contains(.bold) { result |= curses_bold }
        if attributes.contains(.dim) { result |= curses_dim }
        if attributes.contains(.underline) { result |= curses_underline }
        if attributes.contains(.reverse) { result |= curses_reverse }
        return result
    }
}
