import TerminalUI

/// The rows of the options in sight, scrolled so that the cursor is among them, and below them a foot where there is room.
struct OptionsLayout {
    let popup: Popup
    private let inner: Rect
    let list: Rect
    let rows: Range<Int>
    let foot: Rect?

    init(_ shared: Shared, cursor: Int) {
        let theme = shared.look.theme
        popup = Popup(
            title: "options", width: min(86, shared.width - 2),
            height: min(Preference.allCases.count + 7, shared.height - 2),
            detail: [
                Span("enter", theme.style(.key)), Span(" apply ", theme.style(.dim)),
                Span("●", theme.style(.warning)), Span("  ", theme.style(.dim)),
                Span("esc", theme.style(.key)), Span(" cancel", theme.style(.dim)),
            ])
        inner = popup.contents(in: Rect(x: 0, y: 0, width: shared.width, height: shared.height))
        let count = Preference.allCases.count
        if inner.height >= 9 {
            let (list, foot) = inner.splitBottom(5)
            (self.list, self.foot) = (list, foot)
        } else {
            (list, foot) = (inner, nil)
        }
        let height = max(0, min(list.height, count))
        let first = min(max(0, cursor - height + 1), max(0, count - height))
        rows = first..<min(count, first + height)
    }

    /// The row at a place on the screen.
    func row(atX x: Int, y: Int) -> Int? {
        guard inner.contains(x: x, y: y), y >= list.y, y - list.y < rows.count else { return nil }
        return rows.lowerBound + y - list.y
    }
}
