/// The richest glyphs that the terminal can show: braille, half blocks or ASCII.
package enum GlyphLevel: String, Sendable, CaseIterable, Codable { case braille, block, ascii }

/// The colours that the terminal can show: 24 bits, 256, 16 or none.
package enum ColorLevel: String, Sendable, CaseIterable, Codable {
    case truecolor, palette256 = "256", palette16 = "16", mono
}

/// Theme, glyphs and colours that widgets draw with.
package struct Look: Equatable, Sendable {
    /// The theme as it was chosen, in all of its colours.
    package private(set) var chosenTheme: Theme
    /// The chosen theme in the colours that there are.
    private var shownTheme: Theme
    /// The characters that may be drawn.
    package var glyphs: GlyphLevel
    /// The colours that may be drawn.
    package var colors: ColorLevel { didSet { shownTheme = chosenTheme.shown(in: colors) } }

    package init(theme: Theme = .standard, glyphs: GlyphLevel = .braille, colors: ColorLevel = .truecolor) {
        chosenTheme = theme
        shownTheme = theme.shown(in: colors)
        self.glyphs = glyphs
        self.colors = colors
    }

    /// The look of what lies over a view: its ground is a little nearer to the text, where the colours can show that.
    package var raised: Look {
        let hasShades = colors == .truecolor || colors == .palette256
        guard hasShades, !shownTheme[.background].isTerminalDefault else { return self }
        var raised = self
        raised.shownTheme.colors[.background] = shownTheme[.background].mixed(with: shownTheme[.text], 0.06)
        return raised
    }

    /// The colours by role; with 16 colours each of them is one of these. Setting it chooses another theme.
    package var theme: Theme {
        get { shownTheme }
        set {
            chosenTheme = newValue
            shownTheme = newValue.shown(in: colors)
        }
    }
}
