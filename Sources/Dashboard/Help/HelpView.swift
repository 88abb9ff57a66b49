import TerminalUI

/// Every command with its keys, by context, from the table that dispatches them. Typing filters them.
enum HelpView {
    private static let keyWidth = 12

    static func draw(_ state: DashboardState, _ help: HelpState, on buffer: inout Buffer) {
        let layout = HelpLayout(state, help)
        layout.popup.draw(in: buffer.bounds, on: &buffer, look: state.look)
        help.filter.draw(
            in: layout.field.inset(left: 1), on: &buffer, look: state.look,
            placeholder: "type to filter, such as: mark   enter runs what is selected")
        for (area, lines) in layout.columns {
            for (row, line) in lines.enumerated() {
                draw(
                    line, layout, state, help, in: Rect(x: area.x, y: area.y + row, width: area.width, height: 1),
                    &buffer)
            }
        }
        guard layout.bindings.isEmpty, let (area, _) = layout.columns.first else { return }
        buffer.write(
            "no command has this", x: area.x + 1, y: area.y, state.look.theme.style(.dim), maxWidth: area.width - 1)
    }

    private static func draw(
        _ line: HelpLayout.Line, _ layout: HelpLayout, _ state: DashboardState, _ help: HelpState, in row: Rect,
        _ buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let selected = line.binding == help.cursor
        let background = theme[selected ? .selectedBackground : .background]
        let text = theme.style(selected ? .selectedText : .text).on(background)
        if selected { buffer.fill(row, Cell(style: text)) }
        let start = row.x + 2 + keyWidth
        let names = state.shared.classNames
        switch line {
        case .blank: break
        case .heading(let context):
            let title = names.worded(context.rawValue)
            buffer.write(title, x: row.x + 1, y: row.y, theme.style(.title).bold(), maxWidth: row.width - 1)
        case .binding(let index, let words):
            if selected { buffer.write("▸", x: row.x, y: row.y, theme.style(.key).on(background)) }
            buffer.write(
                layout.bindings[index].name(state.shared.keys), x: row.x + 2, y: row.y,
                theme.style(.key).on(background), maxWidth: keyWidth - 1)
            buffer.write(names.worded(words), x: start, y: row.y, text, maxWidth: row.maxX - start)
        case .rest(_, let words):
            buffer.write(names.worded(words), x: start, y: row.y, text, maxWidth: row.maxX - start)
        }
    }
}
