import TerminalUI

/// Where the lines of a list stand, scrolled so that the cursor is among them, and below them what is known of the
/// selected one.
struct ChooserLayout {
    let popup: Popup
    let inner: Rect
    /// Indices into the lines that are shown.
    let rows: Range<Int>
    /// A line of the selected one, or why what was typed was refused.
    let foot: Rect

    /// The least rows between the frames for a foot.
    private static let leastWithFoot = 8

    init(_ shared: Shared, _ chooser: Chooser) {
        let names = chooser.all.map { chooser.nameWidth + ($0.note.isEmpty ? 0 : 2 + $0.note.columns) }
        let width = min(max(44, (names.max() ?? 0) + 8), shared.width - 2)
        // The longest decides, so that the list stays where it is as the cursor moves.
        let details = chooser.all.map { choice in
            chooser.footText(choice, width: width).map { WrappedText.lines($0, width: width - 6).count } ?? 0
        }
        let footRows = 1 + max(1, details.max() ?? 0)
        // The filter and a blank line above the list.
        let height = min(chooser.all.count + footRows + 4, shared.height - 2)
        let inner = height - 2
        let hasFoot = inner >= Self.leastWithFoot
        let listRows = max(0, inner - 2 - (hasFoot ? footRows : 1))
        let count = chooser.shown.count
        let first = min(max(0, chooser.cursor - listRows + 1), max(0, count - listRows))
        rows = first..<min(count, first + listRows)
        popup = Popup(
            title: chooser.title, width: width, height: height,
            detail: [Span("\(count) of \(chooser.all.count)", shared.look.theme.style(.dim))],
            footer: LeftOut.spans(above: rows.lowerBound, below: count - rows.upperBound, shared.look))
        let contents = popup.contents(in: Rect(x: 0, y: 0, width: shared.width, height: shared.height))
        self.inner = contents
        foot = contents.splitBottom(hasFoot ? footRows - 1 : min(1, contents.height)).1.inset(left: 1, right: 0)
    }

    var top: Int { inner.y + 2 }

    /// The line at a place on the screen.
    func row(atX x: Int, y: Int) -> Int? {
        guard inner.contains(x: x, y: y), y >= top, y - top < rows.count else { return nil }
        return rows.lowerBound + y - top
    }
}

extension Chooser {
    /// What stands below the list of a popup of so many columns: what the value computes, else what it is, where the list
    /// has no room for all of that. Nil where there is nothing more to be told.
    func footText(_ choice: Choice, width: Int) -> String? {
        guard choice.detail.isEmpty else { return choice.detail }
        return nameWidth + 2 + choice.note.columns + 8 > width ? choice.note : nil
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
            draw(
                shown[index], selected: index == chooser.cursor, nameWidth: chooser.nameWidth, theme, in: row,
                on: &buffer)
        }
        if shown.isEmpty {
            let text = chooser.subject.takesTyped ? "none has this: enter applies it as typed" : "none has this"
            buffer.write(text, x: inner.x + 1, y: layout.top, theme.style(.dim), maxWidth: inner.width - 1)
        }
        drawFoot(state, chooser, width: layout.popup.width, in: layout.foot, on: &buffer)
    }

    /// Why what was typed was refused, or what the selected value computes.
    private static func drawFoot(
        _ state: DashboardState, _ chooser: Chooser, width: Int, in foot: Rect, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        if let reason = state.lineRefusal ?? chooser.refusal?.description {
            // Where all of it has no room, what is most useful.
            let whole = WrappedText.lines(reason, width: foot.width)
            let short = chooser.refusal?.description(width: foot.width) ?? reason
            for (row, text) in (whole.count <= foot.height ? whole : [short]).enumerated() {
                buffer.write(text, x: foot.x, y: foot.y + row, theme.style(.bad), maxWidth: foot.width)
            }
        } else if let detail = chooser.selected.flatMap({ chooser.footText($0, width: width) }) {
            for (row, text) in WrappedText.lines(detail, width: foot.width).prefix(foot.height).enumerated() {
                buffer.write(text, x: foot.x, y: foot.y + row, theme.style(.dim), maxWidth: foot.width)
            }
        }
    }

    private static func draw(
        _ choice: Chooser.Choice, selected: Bool, nameWidth: Int, _ theme: Theme, in row: Rect,
        on buffer: inout Buffer
    ) {
        let background = theme[selected ? .selectedBackground : .background]
        let text = theme.style(selected ? .selectedText : .text).on(background)
        buffer.fill(row, Cell(style: text))
        if selected { buffer.write("▸", x: row.x, y: row.y, theme.style(.key).on(background)) }
        buffer.write(choice.name, x: row.x + 2, y: row.y, text, maxWidth: row.width - 2)
        let note = row.x + 2 + nameWidth + 2
        guard row.maxX - note > 2 else { return }
        buffer.write(choice.note, x: note, y: row.y, theme.quiet(marked: selected), maxWidth: row.maxX - note)
    }
}
