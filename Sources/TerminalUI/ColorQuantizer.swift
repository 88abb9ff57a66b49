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

/// Maps styles to what a terminal has: 24 bits, 256, 16 or 8 colours, or attributes alone.
///
/// Whoever drew a cell, and in whatever theme: its text has a contrast of 4.5 with what is behind it, as the terminal
/// shows both. What is no text (`Cell.isText`) keeps its colour.
package enum ColorQuantizer {
    /// The nearest of the colours 16 to 255: the cube or the greys. Colours 0 to 15 are the user's own.
    package static func index256(_ color: Color) -> Int {
        func level(_ channel: UInt8) -> Int {
            let (cube, value) = (ColorPalette.cube, Int(channel))
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
        nearest16(color, among: (0..<count).filter { $0 != excluded })
    }

    static func nearest16(_ color: Color, among candidates: [Int]) -> Int {
        // A grey stays grey: without black, the nearest colour by plain distance would be brown.
        let spread = max(color.red, color.green, color.blue) - min(color.red, color.green, color.blue)
        let greys = spread < 16 ? candidates.filter { [0, 7, 8, 15].contains($0) } : []
        return (greys.isEmpty ? candidates : greys)
            .min { distance(color, rgb(index: $0)) < distance(color, rgb(index: $1)) } ?? 0
    }

    /// The colour of a palette index, 0 to 255.
    package static func rgb(index: Int) -> Color {
        ColorPalette.colors.indices.contains(index) ? ColorPalette.colors[index] : Color(0, 0, 0)
    }

    /// A shade as one of the colours 16 to 255, near in lightness, and never of another hue.
    ///
    /// - Parameter hue: the colour whose hue it has.
    static func shade256(_ color: Color, hue: Color) -> Color {
        let (wanted, tint) = (PerceivedColor(color), PerceivedColor(hue))
        // The cube's colours are vivid: beside what is nearly grey they would glow.
        guard tint.chroma >= 0.05 else { return rgb(index: index256(color)) }
        func cost(_ index: Int) -> Double {
            let candidate = ColorPalette.perceived[index]
            guard candidate.chroma >= 0.03 else { return .infinity }
            let step = (candidate.lightness - wanted.lightness) / 0.05
            let turn = PerceivedColor.angle(candidate.hue, tint.hue) / 12
            let more = candidate.chroma - max(wanted.chroma, min(0.1, tint.chroma))
            let vivid = more / (more > 0 ? 0.08 : 0.2)
            return step * step + turn * turn + vivid * vivid
        }
        var best = (index: 16, cost: Double.infinity)
        for index in 16..<232 {
            let cost = cost(index)
            if cost < best.cost { best = (index, cost) }
        }
        return rgb(index: best.index)
    }

    /// A style in 24 bits: its text can be read on what is behind it.
    ///
    /// - Parameter page: what lies behind where the background is the terminal's own (`Buffer.pageBackground`).
    package static func direct(_ style: Style, page: Color = .terminalDefault, isText: Bool) -> Style {
        var style = style
        style.attributes.remove(.mark)
        guard isText, !style.foreground.isTerminalDefault else { return style }
        style.foreground = style.foreground.lifted(on: ground(style, page: page), to: Theme.leastContrast)
        return style
    }

    /// A style in 256 colours.
    ///
    /// - Parameters:
    ///   - page: what lies behind where the background is the terminal's own (`Buffer.pageBackground`).
    ///   - isText: whether it is to be read; the nearest colour then is the nearest that can be.
    package static func palette256(
        _ style: Style, page: Color = .terminalDefault, isText: Bool = true
    ) -> PaletteStyle {
        var result = PaletteStyle(
            foreground: style.foreground.isTerminalDefault ? nil : index256(style.foreground),
            background: style.background.isTerminalDefault ? nil : index256(style.background),
            attributes: style.attributes.subtracting(.mark))
        guard isText, let text = result.foreground else { return result }
        let behind = result.background ?? index256(ground(style, page: page))
        if ColorPalette.contrast(text, on: behind) < Theme.leastContrast {
            result.foreground = readable256(style.foreground, on: behind)
        }
        return result
    }

    private static func readable256(_ color: Color, on background: Int) -> Int {
        let wanted = PerceivedColor(color)
        var best = (index: 231, distance: Double.infinity)
        for index in 16..<256 where ColorPalette.contrast(index, on: background) >= Theme.leastContrast {
            let distance = wanted.distance(to: ColorPalette.perceived[index])
            if distance < best.distance { best = (index, distance) }
        }
        return best.index
    }

    /// What is behind text. On the terminal's own background it is what the text was chosen for: black behind light
    /// text, white behind dark text.
    static func ground(_ style: Style, page: Color) -> Color {
        if !style.background.isTerminalDefault { return style.background }
        return page.isTerminalDefault ? (style.foreground.isLight ? Color(0, 0, 0) : Color(255, 255, 255)) : page
    }

    /// A style without colour: another background than the page's becomes reverse, what is faint dim.
    package static func mono(_ style: Style, page: Color) -> Style.Attributes {
        var attributes = style.attributes.subtracting(.mark)
        let page = page.isTerminalDefault ? Color(0, 0, 0) : page
        let stands = !style.background.isTerminalDefault && style.background.contrast(with: page) > 1.25
        if stands { attributes.formSymmetricDifference(.reverse) }
        guard !style.foreground.isTerminalDefault, !stands else { return attributes }
        let contrast = style.foreground.contrast(with: page)
        if contrast < 5.5 { attributes.insert(.dim) }
        return attributes
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
    /// The background of most cells: what 16 colours and mono call the page. Where it is the terminal's own, it is taken
    /// to be black when most text is light, and white when it is dark.
    package var pageBackground: Color {
        var counts: [Color: Int] = [:]
        var light = 0
        // Every seventh cell is enough, as 7 shares no factor with the usual widths.
        for index in stride(from: 0, to: cells.count, by: 7) {
            let cell = cells[index]
            counts[cell.style.background, default: 0] += 1
            guard cell.style.background.isTerminalDefault, !cell.style.foreground.isTerminalDefault else { continue }
            guard cell.isText, cell.scalar != " " else { continue }
            light += cell.style.foreground.isLight ? 1 : -1
        }
        let most = counts.max { ($0.value, $0.key.packed) < ($1.value, $1.key.packed) }?.key ?? .terminalDefault
        guard most.isTerminalDefault, light != 0 else { return most }
        return light > 0 ? Color(0, 0, 0) : Color(255, 255, 255)
    }
}
