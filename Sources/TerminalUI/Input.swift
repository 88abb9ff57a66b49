/// An event from the terminal: a key, the mouse, a paste, a new size.
package enum InputEvent: Equatable, Sendable {
    case key(Key)
    case mouse(MouseEvent)
    /// A pasted text, where the terminal marks it as one.
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

/// A press, a movement or a turn of the wheel at a cell.
package struct MouseEvent: Equatable, Sendable {
    /// `drag` is a movement with the button held.
    package enum Kind: Equatable, Sendable { case press, release, drag, scrollUp, scrollDown }
    /// What the mouse did.
    package var kind: Kind
    /// Column of the cell, from 0.
    package var x: Int
    /// Row of the cell, from 0.
    package var y: Int

    package init(kind: Kind, x: Int, y: Int) {
        self.kind = kind
        self.x = x
        self.y = y
    }
}

/// The richest glyphs that the terminal can show: braille, half blocks or ASCII.
package enum GlyphLevel: String, Sendable, CaseIterable, Codable { case braille, block, ascii }

/// The colours that the terminal can show: 24 bits, 256, 16 or none.
package enum ColorLevel: String, Sendable, CaseIterable, Codable {
    case truecolor, palette256 = "256", palette16 = "16", mono
}

/// Theme, glyphs and colours that widgets draw with.
package struct Look: Equatable, Sendable {
    /// The colours by role.
    package var theme: Theme
    /// The characters that may be drawn.
    package var glyphs: GlyphLevel
    /// The colours that may be drawn.
    package var colors: ColorLevel

    package init(theme: Theme = .standard, glyphs: GlyphLevel = .braille, colors: ColorLevel = .truecolor) {
        self.theme = theme
        self.glyphs = glyphs
        self.colors = colors
    }
}
