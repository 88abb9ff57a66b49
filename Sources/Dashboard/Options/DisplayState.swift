import TerminalUI

/// What the person wants of the terminal; what it really gives stands in the look.
public struct DisplayState: Equatable, Sendable {
    /// nil leaves the choice to the locale.
    public var glyphs: GlyphLevel?
    /// nil leaves the choice to the terminal.
    public var colors: ColorLevel?
    public var mouse: Bool

    public init(glyphs: GlyphLevel? = nil, colors: ColorLevel? = nil, mouse: Bool = true) {
        self.glyphs = glyphs
        self.colors = colors
        self.mouse = mouse
    }
}
