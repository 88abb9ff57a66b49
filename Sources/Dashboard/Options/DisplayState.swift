import TerminalUI

/// What the person wants of the terminal; what it really gives stands in the look.
public struct DisplayState: Equatable, Sendable {
    /// nil leaves the choice to the locale.
    public var glyphs: GlyphLevel?
    /// nil leaves the choice to the terminal.
    public var colors: ColorLevel?
    public var mouse: Bool
    /// Lines of words for a screen reader in place of the screen.
    public var plain: Bool

    public init(glyphs: GlyphLevel? = nil, colors: ColorLevel? = nil, mouse: Bool = true, plain: Bool = false) {
        self.glyphs = glyphs
        self.colors = colors
        self.mouse = mouse
        self.plain = plain
    }
}
