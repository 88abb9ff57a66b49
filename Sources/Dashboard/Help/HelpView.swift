import TerminalUI

/// Every key, by context, from the table that dispatches them.
enum HelpView {
    private enum Line { case heading(String), binding(Binding), rest(String, of: Binding), blank }

    static func draw(_ state: DashboardState, scroll: Int, on buffer: inout Buffer) {
        let theme = state.look.theme
        let lines = lines(state)
        let inner = popup(state).draw(in: buffer.bounds, on: &buffer, look: state.look)
        for (row, line) in lines.dropFirst(scroll).prefix(inner.height).enumerated() {
            let y = inner.y + row
            switch line {
            case .blank: break
            case .heading(let text): buffer.write(text, x: inner.x + 1, y: y, theme.style(.title).bold())
            case .binding(let binding):
                buffer.write(binding.name, x: inner.x + 2, y: y, theme.style(.key), maxWidth: 11)
                let text = text(binding, state)[0]
                buffer.write(text, x: inner.x + 14, y: y, theme.style(.text), maxWidth: inner.width - 15)
            case .rest(let text, _):
                buffer.write(text, x: inner.x + 16, y: y, theme.style(.text), maxWidth: inner.width - 17)
            }
        }
    }

    /// The key of the line at a place on the screen.
    static func key(at x: Int, _ y: Int, _ state: DashboardState, scroll: Int) -> Key? {
        let inner = popup(state).frame(in: Rect(x: 0, y: 0, width: state.width, height: state.height)).inset(by: 1)
        let line = y - inner.y + scroll
        let lines = lines(state)
        guard inner.contains(x: x, y: y), lines.indices.contains(line) else { return nil }
        switch lines[line] {
        case .binding(let binding), .rest(_, let binding): return binding.keys.first
        case .heading, .blank: return nil
        }
    }

    static func lastScroll(_ state: DashboardState) -> Int {
        if state.display.plain { return PlainOverlays.helpCount(state) - 1 }
        let frame = popup(state).frame(in: Rect(x: 0, y: 0, width: state.width, height: state.height))
        return max(0, lines(state).count - max(1, frame.height - 2))
    }

    private static func popup(_ state: DashboardState) -> Popup {
        Popup(
            title: "keys", width: width(state), height: min(lines(state).count + 2, state.height - 2),
            detail: [Span("↑↓ scroll  any key closes", state.look.theme.style(.dim))])
    }

    private static func width(_ state: DashboardState) -> Int { min(78, state.width - 2) }

    /// What a key does, in lines as wide as there is room; never none.
    private static func text(_ binding: Binding, _ state: DashboardState) -> [String] {
        WrappedText.lines(binding.help, width: width(state) - 2 - 17)
    }

    /// The contexts that hold now come first.
    private static func lines(_ state: DashboardState) -> [Line] {
        let now = state.keyContexts
        let contexts = now + KeyContext.allCases.filter { !now.contains($0) }
        var lines: [Line] = []
        for context in contexts {
            if !lines.isEmpty { lines.append(.blank) }
            lines.append(.heading(context.rawValue))
            for binding in KeyMap.bindings where binding.context == context {
                lines.append(.binding(binding))
                lines += text(binding, state).dropFirst().map { .rest($0, of: binding) }
            }
        }
        return lines
    }
}
