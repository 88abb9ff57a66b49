import TerminalUI

/// Which key stands on which line of the help.
struct HelpLayout {
    enum Line {
        case heading(String)
        /// A key, and the first line of what it does.
        case binding(Binding, String)
        /// What it does goes on.
        case rest(String, of: Binding)
        case blank
    }

    private static let columnWidth = 74
    /// Columns between two columns of keys.
    private static let gap = 2

    let lines: [Line]
    let popup: Popup
    private let columnCount: Int
    private let frame: Rect

    init(_ state: DashboardState) {
        // In a wide window the lines go on at the top of a second column, as in a newspaper.
        columnCount = state.width >= 2 * Self.columnWidth + Self.gap + 6 ? 2 : 1
        let width = min(Self.columnWidth, state.width - 6)
        lines = Self.lines(state, width: width)
        popup = Popup(
            title: "keys", width: columnCount == 1 ? width + 4 : columnCount * Self.columnWidth + Self.gap + 4,
            height: min((lines.count + columnCount - 1) / columnCount + 2, state.height - 2),
            detail: [Span("↑↓ scroll  any key closes", state.look.theme.style(.dim))])
        frame = popup.frame(in: Rect(x: 0, y: 0, width: state.width, height: state.height))
    }

    /// How far it can be scrolled.
    var lastScroll: Int { max(0, lines.count - columnCount * max(1, frame.height - 2)) }

    func columns(of inner: Rect) -> [Rect] {
        guard columnCount == 2 else { return [inner] }
        let (left, rest) = inner.splitLeft(Self.columnWidth + Self.gap)
        return [left.inset(right: Self.gap), rest]
    }

    /// The key of the line at a place on the screen.
    func key(atX x: Int, y: Int, scroll: Int) -> Key? {
        let inner = frame.inset(by: 1)
        guard let index = columns(of: inner).firstIndex(where: { $0.contains(x: x, y: y) }) else { return nil }
        let line = y - inner.y + index * inner.height + scroll
        guard lines.indices.contains(line) else { return nil }
        switch lines[line] {
        case .binding(let binding, _), .rest(_, let binding): return binding.keys.first
        case .heading, .blank: return nil
        }
    }

    /// The contexts that hold now come first.
    private static func lines(_ state: DashboardState, width: Int) -> [Line] {
        let now = state.keyContexts
        let contexts = now + KeyContext.allCases.filter { !now.contains($0) }
        var lines: [Line] = []
        for context in contexts {
            if !lines.isEmpty { lines.append(.blank) }
            lines.append(.heading(context.rawValue))
            for binding in KeyMap.bindings where binding.context == context {
                let texts = WrappedText.lines(binding.help, width: width - 15)
                lines.append(.binding(binding, texts[0]))
                lines += texts.dropFirst().map { .rest($0, of: binding) }
            }
        }
        return lines
    }
}

extension DashboardState {
    var lastHelpScroll: Int { shared.display.plain ? PlainOverlays.helpCount(self) - 1 : HelpLayout(self).lastScroll }
}
