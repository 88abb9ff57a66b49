import TerminalUI

/// Where the lines of a list stand, scrolled so that the cursor is among them.
struct ChooserLayout {
    let popup: Popup
    let inner: Rect
    /// Indices into the lines that are shown.
    let rows: Range<Int>
    /// The column of the lines at which their notes begin.
    let noteColumn: Int

    init(_ shared: Shared, _ chooser: Chooser) {
        noteColumn = 4 + (chooser.all.map(\.name.columns).max() ?? 0)
        let notes = chooser.all.map(\.note.columns).max() ?? 0
        let width = min(max(44, noteColumn + notes + 4), shared.width - 2)
        let count = chooser.shown.count
        popup = Popup(
            title: chooser.title, width: width, height: min(chooser.all.count + 5, shared.height - 4, 24),
            detail: [Span("\(count) of \(chooser.all.count)", shared.look.theme.style(.dim))])
        inner = popup.contents(in: Rect(x: 0, y: 0, width: shared.width, height: shared.height))
        // The filter and a blank line above, a blank line and a refusal below.
        let height = max(0, inner.height - 3)
        let first = min(max(0, chooser.cursor - height + 1), max(0, count - height))
        rows = first..<min(count, first + height)
    }

    var top: Int { inner.y + 2 }

    /// The line at a place on the screen.
    func row(atX x: Int, y: Int) -> Int? {
        guard inner.contains(x: x, y: y), y >= top, y - top < rows.count else { return nil }
        return rows.lowerBound + y - top
    }
}

/// A list to choose from: what was typed, and below it the lines that have it.
enum ChooserView {
    static func draw(_ state: DashboardState, _ chooser: Chooser, on buffer: inout Buffer) {
        let theme = state.look.theme
        let layout = ChooserLayout(state.shared, chooser)
        let inner = layout.popup.draw(in: buffer.bounds, on: &buffer, look: state.look)
        guard inner.height > 0 else { return }
        chooser.filter.draw(
            in: Rect(x: inner.x + 1, y: inner.y, width: inner.width - 1, height: 1), on: &buffer, look: state.look,
            placeholder: "type to filter")
        let shown = chooser.shown
        for (line, index) in layout.rows.enumerated() {
            let row = Rect(x: inner.x, y: layout.top + line, width: inner.width, height: 1)
            draw(shown[index], selected: index == chooser.cursor, note: layout.noteColumn, theme, in: row, on: &buffer)
        }
        let y = shown.isEmpty ? layout.top : inner.maxY - 1
        let room = Rect(x: inner.x + 1, y: y, width: inner.width - 1, height: max(0, inner.maxY - y))
        if let reason = state.lineRefusal ?? chooser.refusal?.description {
            // Where all of it has no room, what is most useful.
            let whole = WrappedText.lines(reason, width: room.width)
            let short = chooser.refusal?.description(width: room.width) ?? reason
            for (row, text) in (whole.count <= room.height ? whole : [short]).enumerated() {
                buffer.write(text, x: room.x, y: room.y + row, theme.style(.bad), maxWidth: room.width)
            }
        } else if shown.isEmpty {
            let text = chooser.subject.takesTyped ? "none has this: enter takes it as typed" : "none has this"
            buffer.write(text, x: room.x, y: y, theme.style(.dim), maxWidth: room.width)
        }
    }

    private static func draw(
        _ choice: Chooser.Choice, selected: Bool, note column: Int, _ theme: Theme, in row: Rect,
        on buffer: inout Buffer
    ) {
        let background = theme[selected ? .selectedBackground : .background]
        let text = theme.style(selected ? .selectedText : .text).on(background)
        buffer.fill(row, Cell(style: text))
        if selected { buffer.write("▸", x: row.x, y: row.y, theme.style(.key).on(background)) }
        buffer.write(choice.name, x: row.x + 2, y: row.y, text, maxWidth: row.width - 2)
        guard row.width > column else { return }
        buffer.write(
            choice.note, x: row.x + column, y: row.y, theme.quiet(marked: selected), maxWidth: row.width - column)
    }
}
