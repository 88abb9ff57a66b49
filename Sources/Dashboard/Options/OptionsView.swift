import TerminalUI

/// Every preference with its value and its meaning, and what the theme looks like.
enum OptionsView {
    private static let labelWidth = 11
    private static let valueWidth = 20

    static func draw(_ state: DashboardState, _ options: OptionsState, on buffer: inout Buffer) {
        let look = state.look
        let layout = OptionsLayout(state.shared, cursor: options.cursor)
        let inner = layout.popup.draw(in: buffer.bounds, on: &buffer, look: look)
        for (line, index) in layout.rows.enumerated() {
            let row = Rect(x: inner.x, y: layout.list.y + line, width: inner.width, height: 1)
            draw(Preference.allCases[index], state, options, in: row, on: &buffer)
        }
        drawFoot(state, options, in: layout.foot, on: &buffer)
    }

    private static func draw(
        _ preference: Preference, _ state: DashboardState, _ options: OptionsState, in row: Rect,
        on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let selected = options.selected == preference
        let background = theme[selected ? .selectedBackground : .background]
        buffer.fill(row, Cell(style: theme.style(.text).on(background)))
        if selected { buffer.write("▸", x: row.x, y: row.y, theme.style(.key).on(background)) }
        // What Enter would write down.
        if preference.value(in: state) != options.before[preference] {
            buffer.write("●", x: row.x + 1, y: row.y, theme.style(.warning).on(background))
        }
        let label = theme.quiet(marked: selected)
        buffer.write(preference.label, x: row.x + 3, y: row.y, label, maxWidth: min(labelWidth, row.width - 3))
        let start = row.x + 3 + labelWidth
        if selected, let field = options.field {
            let line = Rect(x: start, y: row.y, width: row.maxX - start, height: 1)
            return field.draw(in: line, on: &buffer, look: state.look, placeholder: "the folder of the start")
        }
        let room = min(valueWidth - 4, row.maxX - start - 4)
        let style = theme.style(selected ? .selectedText : .title).bold().on(background)
        buffer.write(value(of: preference, state), x: start + 2, y: row.y, style, maxWidth: room)
        if selected, !preference.isTyped {
            buffer.write("‹", x: start, y: row.y, theme.style(.key).on(background))
            buffer.write(
                "›", x: start + 3 + min(room, value(of: preference, state).count), y: row.y,
                theme.style(.key).on(background))
        }
        let meaning = start + valueWidth
        guard row.maxX - meaning >= 12 else { return }
        let text = theme.quiet(marked: selected)
        buffer.write(preference.brief, x: meaning, y: row.y, text, maxWidth: row.maxX - meaning)
    }

    /// Where the choice is left to the machine, what it chose.
    static func value(of preference: Preference, _ state: DashboardState) -> String {
        let value = preference.value(in: state).readable
        switch preference {
        case .colors where value == "auto": return "auto: \(state.look.colors.rawValue)"
        case .glyphs where value == "auto": return "auto: \(state.look.glyphs.rawValue)"
        case .threads where value == "auto": return "auto: \(state.threads)"
        case .saveFolder where value.isEmpty: return "this folder"
        default: return value
        }
    }

    /// The whole meaning of the selected row, and samples of the theme.
    private static func drawFoot(
        _ state: DashboardState, _ options: OptionsState, in foot: Rect, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let lines = WrappedText.lines(options.selected.meaning, width: foot.width - 2)
        for (line, text) in lines.prefix(max(0, foot.height - 1)).enumerated() {
            buffer.write(text, x: foot.x + 2, y: foot.y + 1 + line, theme.style(.text), maxWidth: foot.width - 2)
        }
        let rows = OptionsLayout.sampleRows
        guard foot.height > lines.count + rows else { return }
        drawSamples(
            state.look, in: Rect(x: foot.x + 2, y: foot.maxY - rows, width: foot.width - 2, height: rows), on: &buffer)
    }

    private static func drawSamples(_ look: Look, in area: Rect, on buffer: inout Buffer) {
        let theme = look.theme
        let words: [(String, Theme.Role)] = [
            ("train", .train), ("validation", .validation), ("good", .good), ("warning", .warning), ("bad", .bad),
            ("key", .key),
        ]
        buffer.write(
            groups: words.map { [Span($0, theme.style($1))] }, gap: 2, x: area.x, y: area.y, maxWidth: area.width)
        var x = area.x
        for role in Theme.runRoles {
            x = buffer.write("━━", x: x, y: area.y + 1, theme.style(role), maxWidth: area.maxX - x)
        }
        // Steps of the confusion's two scales and of a digit's greys.
        let scales: [(Double) -> Color] = [
            look.heat, look.diagonal, { theme[.digitStart].mixed(with: theme[.digitEnd], $0) },
        ]
        for scale in scales where look.colors != .mono {
            x += 2
            for step in 0..<8 where x < area.maxX {
                let color = scale(Double(step) / 7)
                buffer[x, area.y + 1] = Cell(" ", style: theme.style(.text).on(color))
                x += 1
            }
        }
    }
}
