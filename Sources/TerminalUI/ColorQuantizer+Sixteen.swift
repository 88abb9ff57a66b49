extension ColorQuantizer {
    /// Black or white: the one with more contrast on a colour as 16 colours show it.
    static func text16(on background: Color) -> Color {
        let index = index16(background)
        let isWhite = ColorPalette.leastContrast(15, on: index) >= ColorPalette.leastContrast(0, on: index)
        return rgb(index: isWhite ? 15 : 0)
    }

    /// A style in 16 colours. What differed from the page still does, and text can be read.
    ///
    /// - Parameters:
    ///   - page: the colour behind most of the screen.
    ///   - count: 16, or 8 where bright text is had by bold and there are no bright backgrounds.
    ///   - isText: whether it is to be read; the nearest colour then is the nearest that can be.
    package static func palette16(_ style: Style, page: Color, count: Int = 16, isText: Bool = true) -> PaletteStyle {
        var result = PaletteStyle(attributes: style.attributes.subtracting(.mark))
        result.background = background16(style.background, page: page, count: count)
        guard !style.foreground.isTerminalDefault else { return result }
        let behind = result.background ?? index16(ground(style, page: page), count: count)
        if isText {
            var words = ColorPalette.readable(on: behind)
            // Bold black is dark grey in some terminals, and black in others.
            if count == 8 { words.removeAll { $0 == 8 } }
            let index = ColorPalette.alike(style.foreground, among: words)
            result.foreground = index
            // Many terminals show bold text in the bright colour of its kind, black as grey.
            if index < 8, ColorPalette.contrastOfXterm(index + 8, on: behind) < Theme.leastContrast || index == 0 {
                result.attributes.remove(.bold)
            }
        } else {
            result.foreground = mark16(style, behind: behind, page: page)
            if result.foreground == 0 { result.attributes.remove(.bold) }
        }
        if count == 8, let index = result.foreground, index >= 8 {
            let isGrey = index == 8
            result.foreground = isGrey ? (behind == 7 ? 0 : 7) : index - 8
            if !isGrey { result.attributes.insert(.bold) }
        }
        return result
    }

    private static func background16(_ color: Color, page: Color, count: Int) -> Int? {
        guard !color.isTerminalDefault else { return nil }
        let index = index16(color, count: count)
        guard color != page, !page.isTerminalDefault, color.contrast(with: page) > 1.25 else { return index }
        return index == index16(page, count: count) ? index16(color, count: count, excluding: index) : index
    }

    /// What could be seen can be seen.
    private static func mark16(_ style: Style, behind: Int, page: Color) -> Int {
        let index = index16(style.foreground)
        let ground = style.background.isTerminalDefault ? page : style.background
        let meant = ground.isTerminalDefault ? 21 : style.foreground.contrast(with: ground)
        guard meant >= 2.5, ColorPalette.leastContrast(index, on: behind) < 2.2 else { return index }
        let seen = (0..<16).filter { ColorPalette.leastContrast($0, on: behind) >= 3 }
        // On a middle grey nothing is far enough from all that it can be.
        return nearest16(style.foreground, among: seen.isEmpty ? ColorPalette.readable(on: behind) : seen)
    }
}
