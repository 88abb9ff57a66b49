import CNcurses
import TerminalUI

/// Finds the ncurses attributes and colour pairs of styles, and remembers them.
struct StylePainter {
    struct Paint {
        var attributes: attr_t
        var pair: Int32
    }

    /// Text can have another colour than a mark in the same style.
    private struct Kind: Hashable {
        var style: Style
        var isText: Bool
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
    private var paints: [Kind: Paint] = [:]
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

    /// Whether styles depend on the page's colour: with few colours, and where it is the terminal's own.
    func dependsOnPage(_ buffer: Buffer) -> Bool {
        level == .palette16 || level == .mono || buffer[0, 0].style.background.isTerminalDefault
    }

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
    mutating func paint(_ style: Style, isText: Bool) -> Paint? {
        let kind = Kind(style: style, isText: isText)
        if let known = paints[kind] { return known }
        // Many styles can share one pair.
        if paints.count > 1 << 16 { paints = [:] }
        let palette: PaletteStyle
        switch level {
        case .truecolor:
            let direct = ColorQuantizer.direct(style, page: page, isText: isText)
            palette = PaletteStyle(
                foreground: Self.direct(direct.foreground), background: Self.direct(direct.background),
                attributes: direct.attributes)
        case .palette256: palette = ColorQuantizer.palette256(style, page: page, isText: isText)
        case .palette16:
            palette = ColorQuantizer.palette16(style, page: page, count: basicCount, isText: isText)
        case .mono: palette = PaletteStyle(attributes: ColorQuantizer.mono(style, page: page))
        }
        guard let pair = pair(for: palette) else { return nil }
        let paint = Paint(attributes: Self.attributes(palette.attributes), pair: pair)
        paints[kind] = paint
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
