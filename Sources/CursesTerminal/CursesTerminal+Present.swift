import CNcurses
import CTerminal
import TerminalUI

extension CursesTerminal {
    /// Shows a frame: only changed cells are sent, at once. A frame that is larger than the screen is cut.
    ///
    /// - Parameter cursor: column and row where the terminal's own cursor is shown; nil hides it.
    package func present(_ buffer: Buffer, cursor: (x: Int, y: Int)? = nil) {
        newest = buffer
        newestCursor = cursor
        guard isOpen else { return }
        terminal_yield_to_end()
        if painter.dependsOnPage(buffer) {
            let page = buffer.pageBackground
            if page != painter.page {
                painter.turn(to: page)
                shown = nil
            }
        }
        if !draw(buffer) {
            painter.recycle()
            shown = nil
            curses_repaint()
            _ = draw(buffer)
        }
        shown = buffer
        place(cursor)
        curses_flush()
    }

    /// Makes the next frame send every cell, as after a change of the screen by another program.
    package func forget() {
        shown = nil
        if isOpen { curses_repaint() }
    }

    private func place(_ cursor: (x: Int, y: Int)?) {
        if (cursor != nil) != showsCursor {
            showsCursor = cursor != nil
            curses_show_cursor(showsCursor)
        }
        if let cursor { curses_place_cursor(Int32(cursor.y), Int32(cursor.x)) }
    }

    /// False: the colour pairs ran out on the way.
    private func draw(_ buffer: Buffer) -> Bool {
        let old = shown.flatMap { $0.width == buffer.width && $0.height == buffer.height ? $0 : nil }
        if old == nil { curses_erase() }
        var last: (style: Style, isText: Bool)?
        var paint = StylePainter.Paint(attributes: 0, pair: 0)
        var complete = true
        for y in 0..<min(buffer.height, size.height) {
            for x in 0..<min(buffer.width, size.width) {
                let index = y * buffer.width + x
                let cell = buffer.cells[index]
                if let old, old.cells[index] == cell, !isHalfKept(x, y, old, buffer) { continue }
                let isText = cell.isText
                if last?.style != cell.style || last?.isText != isText {
                    if let found = painter.paint(cell.style, isText: isText) { paint = found } else { complete = false }
                    last = (cell.style, isText)
                }
                guard let scalar = shownGlyph(buffer, x, y) else { continue }
                curses_put(Int32(y), Int32(x), scalar.value, paint.attributes, paint.pair)
            }
        }
        return complete
    }

    /// Whether an unchanged cell is, or was, beside the changed half of a wide character.
    private func isHalfKept(_ x: Int, _ y: Int, _ old: Buffer, _ new: Buffer) -> Bool {
        // Nearly all cells have no wide character near them.
        guard new.cells[y * new.width + x].scalar.value >= 0x1100 || new.cells[y * new.width + x].scalar.value == 0
        else {
            return false
        }
        return old.glyph(x: x, y: y) != new.glyph(x: x, y: y)
    }

    /// Nil for the right half of a wide character. Without UTF-8 each half has a character of its own.
    private func shownGlyph(_ buffer: Buffer, _ x: Int, _ y: Int) -> Unicode.Scalar? {
        if glyphs == .ascii { return Buffer.ascii(buffer[x, y].scalar) }
        return buffer.glyph(x: x, y: y)
    }
}
