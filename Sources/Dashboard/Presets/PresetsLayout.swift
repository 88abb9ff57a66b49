import Specs
import TerminalUI

/// Where the presets are listed, scrolled so that the cursor is among those that are shown.
struct PresetsLayout {
    let popup: Popup
    /// Numbers of the presets that are shown.
    let rows: Range<Int>
    private let inner: Rect

    init(_ shared: Shared, cursor: Int) {
        let theme = shared.look.theme
        let width = min(66, shared.width - 2)
        // The border, a column at each side, and two before the spec. The longest one decides, so that the list stays
        // where it is as the cursor moves.
        let lines = Presets.all.map { WrappedText.lines(shared.fitted($0).description, width: width - 6).count }
        let (count, height) = (Presets.all.count, min(Presets.all.count + 3 + (lines.max() ?? 1), shared.height - 2))
        let shown = min(count, max(0, height - 2))
        let first = min(max(0, cursor - shown + 1), count - shown)
        rows = first..<(first + shown)
        popup = Popup(
            title: "presets", width: width, height: height,
            detail: [
                Span("enter", theme.style(.key)), Span(" compose  ", theme.style(.dim)),
                Span("esc", theme.style(.key)), Span(" back", theme.style(.dim)),
            ], footer: LeftOut.spans(above: rows.lowerBound, below: count - rows.upperBound, shared.look))
        inner = popup.frame(in: Rect(x: 0, y: 0, width: shared.width, height: shared.height)).inset(by: 1)
    }

    /// The preset at a place on the screen.
    func row(atX x: Int, y: Int) -> Int? {
        guard inner.contains(x: x, y: y), y - inner.y < rows.count else { return nil }
        return rows.lowerBound + y - inner.y
    }
}
