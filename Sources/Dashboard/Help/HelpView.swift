import TerminalUI

/// Every key, by context, from the table that dispatches them.
enum HelpView {
    private enum Line { case heading(String), binding(Binding), rest(String, of: Binding), blank }

    private static let columnWidth = 74
    /// Columns between two columns of keys.
    private static let gap = 2

    static func draw(_ state: DashboardState, scroll: Int, on buffer: inout Buffer) {
        let lines = lines(state)
        let inner = popup(state).draw(in: buffer.bounds, on: &buffer, look: state.look)
        for (index, column) in columns(of: inner, state).enumerated() {
            for (row, line) in lines.dropFirst(scroll + index * column.height).prefix(column.height).enumerated() {
                draw(line, state, in: column, y: column.y + row, on: &buffer)
            }
        }
    }

    private static func draw(_ line: Line, _ state: DashboardState, in column: Rect, y: Int, on buffer: inout Buffer) {
        let theme = state.look.theme
        switch line {
        case .blank: break
        case .heading(let text): buffer.write(text, x: column.x + 1, y: y, theme.style(.title).bold())
        case .binding(let binding):
            buffer.write(binding.name, x: column.x + 2, y: y, theme.style(.key), maxWidth: 11)
            let text = text(binding, state)[0]
            buffer.write(text, x: column.x + 14, y: y, theme.style(.text), maxWidth: column.width - 15)
        case .rest(let text, _):
            buffer.write(text, x: column.x + 15, y: y, theme.style(.text), maxWidth: column.width - 15)
        }
    }

    /// The key of the line at a place on the screen.
    static func key(at x: Int, _ y: Int, _ state: DashboardState, scroll: Int) -> Key? {
        let inner = popup(state).frame(in: Rect(x: 0, y: 0, width: state.width, height: state.height)).inset(by: 1)
        let columns = columns(of: inner, state)
        guard let index = columns.firstIndex(where: { $0.contains(x: x, y: y) }) else { return nil }
        let line = y - inner.y + index * inner.height + scroll
        let lines = lines(state)
        guard lines.indices.contains(line) else { return nil }
        switch lines[line] {
        case .binding(let binding), .rest(_, let binding): return binding.keys.first
        case .heading, .blank: return nil
        }
    }

    static func lastScroll(_ state: DashboardState) -> Int {
        if state.display.plain { return PlainOverlays.helpCount(state) - 1 }
        let frame = popup(state).frame(in: Rect(x: 0, y: 0, width: state.width, height: state.height))
        return max(0, lines(state).count - columnCount(state) * max(1, frame.height - 2))
    }

    private static func popup(_ state: DashboardState) -> Popup {
        let count = columnCount(state)
        return Popup(
            title: "keys", width: count == 1 ? width(state) + 4 : count * columnWidth + gap + 4,
            height: min((lines(state).count + count - 1) / count + 2, state.height - 2),
            detail: [Span("↑↓ scroll  any key closes", state.look.theme.style(.dim))])
    }

    /// In a wide window the lines go on at the top of a second column, as in a newspaper.
    private static func columnCount(_ state: DashboardState) -> Int {
        state.width >= 2 * columnWidth + gap + 6 ? 2 : 1
    }

    private static func columns(of inner: Rect, _ state: DashboardState) -> [Rect] {
        guard columnCount(state) == 2 else { return [inner] }
        let (left, rest) = inner.splitLeft(columnWidth + gap)
        return [left.inset(right: gap), rest]
    }

    /// How wide a column is, in characters.
    private static func width(_ state: DashboardState) -> Int { min(columnWidth, state.width - 6) }

    /// What a key does, in lines as wide as there is room; never none.
    private static func text(_ binding: Binding, _ state: DashboardState) -> [String] {
        WrappedText.lines(binding.help, width: width(state) - 15)
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
