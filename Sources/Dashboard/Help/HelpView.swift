import TerminalUI

/// Every key, by context, from the table that dispatches them.
enum HelpView {
    static func draw(_ state: DashboardState, scroll: Int, on buffer: inout Buffer) {
        let layout = HelpLayout(state)
        let inner = layout.popup.draw(in: buffer.bounds, on: &buffer, look: state.look)
        for (index, column) in layout.columns(of: inner).enumerated() {
            for (row, line) in layout.lines.dropFirst(scroll + index * column.height).prefix(column.height).enumerated()
            {
                draw(line, state, in: column, y: column.y + row, on: &buffer)
            }
        }
    }

    private static func draw(
        _ line: HelpLayout.Line, _ state: DashboardState, in column: Rect, y: Int, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        switch line {
        case .blank: break
        case .heading(let text): buffer.write(text, x: column.x + 1, y: y, theme.style(.title).bold())
        case .binding(let binding, let text):
            buffer.write(binding.name, x: column.x + 2, y: y, theme.style(.key), maxWidth: 11)
            buffer.write(text, x: column.x + 14, y: y, theme.style(.text), maxWidth: column.width - 15)
        case .rest(let text, _):
            buffer.write(text, x: column.x + 15, y: y, theme.style(.text), maxWidth: column.width - 15)
        }
    }
}
