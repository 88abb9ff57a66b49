import TerminalUI

/// What the person wants of the terminal; what it really gives stands in the look.
package struct DisplayState: Equatable, Sendable {
    /// nil leaves the choice to the locale.
    package var glyphs: GlyphLevel?
    /// nil leaves the choice to the terminal.
    package var colors: ColorLevel?
    package var mouse: Bool
    /// Lines of words for a screen reader in place of the screen.
    package var plain: Bool

    package init(glyphs: GlyphLevel? = nil, colors: ColorLevel? = nil, mouse: Bool = true, plain: Bool = false) {
        self.glyphs = glyphs
        self.colors = colors
        self.mouse = mouse
        self.plain = plain
    }
}
