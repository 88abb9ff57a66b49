import Specs
import TerminalUI

/// Where the presets are listed.
struct PresetsLayout {
    let popup: Popup
    private let inner: Rect

    init(_ shared: Shared) {
        let theme = shared.look.theme
        let width = min(66, shared.width - 2)
        // The border, a column at each side, and two before the spec. The longest one decides, so that the list stays
        // where it is as the cursor moves.
        let lines = Presets.all.map { WrappedText.lines(shared.fitted($0).description, width: width - 6).count }
        popup = Popup(
            title: "presets", width: width,
            height: min(Presets.all.count + 3 + (lines.max() ?? 1), shared.height - 2),
            detail: [
                Span("enter", theme.style(.key)), Span(" compose  ", theme.style(.dim)),
                Span("esc", theme.style(.key)), Span(" back", theme.style(.dim)),
            ])
        inner = popup.frame(in: Rect(x: 0, y: 0, width: shared.width, height: shared.height)).inset(by: 1)
    }

    /// The preset at a place on the screen.
    func row(atX x: Int, y: Int) -> Int? {
        guard inner.contains(x: x, y: y), Presets.all.indices.contains(y - inner.y) else { return nil }
        return y - inner.y
    }
}
