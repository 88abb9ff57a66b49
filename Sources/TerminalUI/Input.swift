/// What the terminal reports: a key, the mouse, a new size.
package enum InputEvent: Equatable, Sendable {
    case key(Key)
    case mouse(MouseEvent)
    /// A text that was pasted, where the terminal tells it from what is typed.
    case paste(PastedText)
    /// New size in columns and rows.
    case resize(width: Int, height: Int)
}

/// A key as the user names it.
package enum Key: Equatable, Hashable, Sendable {
    case character(Unicode.Scalar)
    /// Ctrl and a lower-case letter.
    case control(Unicode.Scalar)
    case enter, escape, tab, backTab, backspace, delete, insert
    case up, down, left, right
    case home, end, pageUp, pageDown
    /// F1 is 1.
    case function(Int)
}

package struct MouseEvent: Equatable, Sendable {
    package enum Kind: Equatable, Sendable { case press, release, drag, scrollUp, scrollDown }
    package var kind: Kind
    package var x: Int
    package var y: Int

    package init(kind: Kind, x: Int, y: Int) {
        self.kind = kind
        self.x = x
        self.y = y
    }
}

/// How rich the glyphs are.
package enum GlyphLevel: String, Sendable, CaseIterable, Codable { case braille, block, ascii }

/// How rich the colours are.
package enum ColorLevel: String, Sendable, CaseIterable, Codable {
    case truecolor, palette256 = "256", palette16 = "16", mono
}

/// What every widget needs to know of the look.
package struct Look: Equatable, Sendable {
    package var theme: Theme
    package var glyphs: GlyphLevel
    package var colors: ColorLevel

    package init(theme: Theme = .standard, glyphs: GlyphLevel = .braille, colors: ColorLevel = .truecolor) {
        self.theme = theme
        self.glyphs = glyphs
        self.colors = colors
    }
}
