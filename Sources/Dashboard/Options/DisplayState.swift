import TerminalUI

/// The user's wishes for the terminal; `look` has what it really shows.
package struct DisplayState: Equatable, Sendable {
    /// The richest glyphs; nil lets the locale decide.
    package var glyphs: GlyphLevel?
    /// The colours; nil lets the terminal decide.
    package var colors: ColorLevel?
    /// Whether the terminal reports the mouse.
    package var mouse: Bool
    /// Whether the plain screen, lines of text for a screen reader, replaces the drawn one.
    package var plain: Bool

    package init(glyphs: GlyphLevel? = nil, colors: ColorLevel? = nil, mouse: Bool = true, plain: Bool = false) {
        self.glyphs = glyphs
        self.colors = colors
        self.mouse = mouse
        self.plain = plain
    }
}
