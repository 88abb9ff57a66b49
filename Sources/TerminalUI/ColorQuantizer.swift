/// A style as a terminal with a palette shows it; nil is the terminal's own colour.
package struct PaletteStyle: Equatable, Hashable, Sendable {
    /// Palette index, 0 to 255, of the text; nil for the terminal's own colour.
    package var foreground: Int?
    /// Palette index, 0 to 255, behind the text; nil for the terminal's own colour.
    package var background: Int?
    /// Bold, dim, underline and reverse, which also replace missing colours.
    package var attributes: Style.Attributes

    package init(foreground: Int? = nil, background: Int? = nil, attributes: Style.Attributes = []) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }
}

/// Maps colours to what a terminal has: 256, 16 or 8 colours, or attributes alone.
package enum ColorQuantizer {
    /// The six levels of a channel in the 256-colour cube, as xterm defines them.
    private static let cube: [Int] = [0, 95, 135, 175, 215, 255]

    /// The colours 0 to 15 as most terminals draw them; people change them, so only the kind of colour counts.
    private static let ansi: [UInt32] = [
        0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA,
        0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF,
    ]

    /// The same as xterm draws them: its yellow is bright where others have a brown.
    private static let xterm: [UInt32] = [
        0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
        0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ]

    /// The contrast of two of the 16 colours, in whichever of the palettes it is worse.
    static func contrast16(_ text: Int, on background: Int) -> Double {
        [ansi, xterm].map { Color(rgb: $0[text]).contrast(with: Color(rgb: $0[background])) }.min() ?? 1
    }

    /// Black or white: the one with more contrast on a colour as 16 colours show it.
    static func text16(on background: Color) -> Color {
        let index = index16(background)
        return rgb(index: contrast16(15, on: index) >= contrast16(0, on: index) ? 15 : 0)
    }

    /// The nearest of the colours 16 to 255: the cube or the greys. Colours 0 to 15 are the user's own.
    package static func index256(_ color: Color) -> Int {
        func level(_ channel: UInt8) -> Int {
            let value = Int(channel)
            return cube.indices.min { abs(cube[$0] - value) < abs(cube[$1] - value) } ?? 0
        }
        let (r, g, b) = (level(color.red), level(color.green), level(color.blue))
        let inCube = 16 + 36 * r + 6 * g + b
        let mean = (Int(color.red) + Int(color.green) + Int(color.blue)) / 3
        let grey = 232 + min(23, max(0, (mean - 3) / 10))
        return distance(color, rgb(index: grey)) < distance(color, rgb(index: inCube)) ? grey : inCube
    }

    /// The nearest of the first `count` (8 or 16) colours, other than `excluded`.
    package static func index16(_ color: Color, count: Int = 16, excluding excluded: Int? = nil) -> Int {
        // A grey stays grey: without black, the nearest colour by plain distance would be brown.
        let spread = max(color.red, color.green, color.blue) - min(color.red, color.green, color.blue)
        let candidates = spread < 16 ? [0, 7, 8, 15].filter { $0 < count } : Array(0..<count)
        return candidates.filter { $0 != excluded }
            .min { distance(color, rgb(index: $0)) < distance(color, rgb(index: $1)) } ?? 0
    }

    /// The colour of a palette index, 0 to 255.
    package static func rgb(index: Int) -> Color {
        switch index {
        case 0..<16: return Color(rgb: ansi[index])
        case 16..<232:
            let place = index - 16
            return Color(
                UInt8(cube[place / 36]), UInt8(cube[place / 6 % 6]), UInt8(cube[place % 6]))
        case 232..<256:
            let grey = UInt8(8 + 10 * (index - 232))
            return Color(grey, grey, grey)
        default: return Color(0, 0, 0)
        }
    }

    /// A style in 256 colours.
    package static func palette256(_ style: Style) -> PaletteStyle {
        PaletteStyle(
            foreground: style.foreground.isTerminalDefault ? nil : index256(style.foreground),
            background: style.background.isTerminalDefault ? nil : index256(style.background),
            attributes: style.attributes)
    }

    /// A style in 16 colours. What differed from the page still does, and readable text stays readable.
    ///
    /// - Parameters:
    ///   - page: the colour behind most of the screen.
    ///   - count: 16, or 8 where bright text is had by bold and there are no bright backgrounds.
    package static func palette16(_ style: Style, page: Color, count: Int = 16) -> PaletteStyle {
        var result = PaletteStyle(attributes: style.attributes)
        var behind = page.isTerminalDefault ? 0 : index16(page, count: count)
        if !style.background.isTerminalDefault {
            var index = index16(style.background, count: count)
            if style.background != page, !page.isTerminalDefault {
                let pageIndex = index16(page, count: count)
                if index == pageIndex, style.background.contrast(with: page) > 1.25 {
                    index = index16(style.background, count: count, excluding: pageIndex)
                }
            }
            result.background = index
            behind = index
        }
        guard !style.foreground.isTerminalDefault else { return result }
        var index = index16(style.foreground)
        let wanted = style.background.isTerminalDefault ? page : style.background
        let meant = wanted.isTerminalDefault ? 21 : style.foreground.contrast(with: wanted)
        if meant >= 2.5, contrast16(index, on: behind) < 2.2 {
            index = readable(style.foreground, on: behind)
        }
        // Bold black is dark grey on most terminals.
        if index == 0 { result.attributes.remove(.bold) }
        if count == 8, index >= 8 {
            index -= 8
            result.attributes.insert(.bold)
        }
        result.foreground = index
        return result
    }

    /// A style without colour: another background than the page's becomes reverse, what is faint dim.
    package static func mono(_ style: Style, page: Color) -> Style.Attributes {
        var attributes = style.attributes
        let page = page.isTerminalDefault ? Color(0, 0, 0) : page
        let stands = !style.background.isTerminalDefault && style.background.contrast(with: page) > 1.25
        if stands { attributes.formSymmetricDifference(.reverse) }
        guard !style.foreground.isTerminalDefault, !stands else { return attributes }
        let contrast = style.foreground.contrast(with: page)
        if contrast < 5.5 { attributes.insert(.dim) }
        return attributes
    }

    private static func readable(_ color: Color, on background: Int) -> Int {
        let good = (0..<16).filter { contrast16($0, on: background) >= 3 }
        return good.min { distance(color, rgb(index: $0)) < distance(color, rgb(index: $1)) } ?? 15
    }

    /// Squared distance in which green counts most, as for the eye, with the difference in tint added. A bluish grey is
    /// better shown as grey than as green, which is nearer by plain distance.
    private static func distance(_ a: Color, _ b: Color) -> Int {
        let red = Int(a.red) - Int(b.red)
        let green = Int(a.green) - Int(b.green)
        let blue = Int(a.blue) - Int(b.blue)
        let tint = (red - green) * (red - green) + (green - blue) * (green - blue)
        return 3 * red * red + 4 * green * green + 2 * blue * blue + 2 * tint
    }
}

extension Buffer {
    /// The background of most cells: what 16 colours and mono call the page.
    package var pageBackground: Color {
        var counts: [Color: Int] = [:]
        // Every seventh cell is enough, as 7 shares no factor with the usual widths.
        for index in stride(from: 0, to: cells.count, by: 7) { counts[cells[index].style.background, default: 0] += 1 }
        return counts.max { ($0.value, $0.key.packed) < ($1.value, $1.key.packed) }?.key ?? .terminalDefault
    }
}
