import TerminalUI

/// The rows of the options in sight, scrolled so that the cursor is among them, and below them a foot where there is room.
struct OptionsLayout {
    let popup: Popup
    private let inner: Rect
    let list: Rect
    let rows: Range<Int>
    /// A blank line, the whole meaning of the selected row, and samples of the theme; what has no room is cut below.
    let foot: Rect

    /// Rows of the samples.
    static let sampleRows = 2

    init(_ shared: Shared, cursor: Int) {
        let look = shared.look
        let theme = look.theme
        let count = Preference.allCases.count
        let width = min(86, shared.width - 2)
        // The longest decides, so that the rows stay where they are as the cursor moves.
        let meanings = Preference.allCases.map { WrappedText.lines($0.meaning, width: width - 6).count }
        let rows = count + 1 + (meanings.max() ?? 1) + Self.sampleRows
        // A message stands in the row above the footer.
        let height = min(rows + 2, shared.height - 4)
        let shown = max(0, min(height - 2, count))
        let first = min(max(0, cursor - shown + 1), max(0, count - shown))
        self.rows = first..<min(count, first + shown)
        popup = Popup(
            title: "options", width: width, height: height,
            detail: [
                Span("enter", theme.style(.key)), Span(" apply ", theme.style(.dim)),
                Span("●", theme.style(.warning)), Span("  ", theme.style(.dim)),
                Span("esc", theme.style(.key)), Span(" cancel", theme.style(.dim)),
            ], footer: LeftOut.spans(above: first, below: count - first - shown, look))
        inner = popup.contents(in: Rect(x: 0, y: 0, width: shared.width, height: shared.height))
        (list, foot) = inner.splitTop(shown)
    }

    /// The row at a place on the screen.
    func row(atX x: Int, y: Int) -> Int? {
        guard inner.contains(x: x, y: y), y >= list.y, y - list.y < rows.count else { return nil }
        return rows.lowerBound + y - list.y
    }
}
