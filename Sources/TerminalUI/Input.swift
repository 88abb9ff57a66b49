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
