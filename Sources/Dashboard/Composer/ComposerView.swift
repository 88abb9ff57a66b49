import Specs
import TerminalUI

/// The composer: layers, then settings, then what the network costs.
enum ComposerView {
    private static let labelWidth = 11

    /// - Parameter editing: the value of the selected row while it is typed.
    static func draw(_ state: Shared, _ editing: TextField?, focused: Bool, in area: Rect, on buffer: inout Buffer) {
        let look = state.look
        let composer = state.composer
        let layout = ComposerLayout(area, composer)
        let (list, foot, lines) = (layout.list, layout.foot, layout.lines)
        let cost = ComposerCost(state, width: foot.width)
        let below = LeftOut.spans(above: 0, below: layout.below, look)
        Panel(
            title: "network", detail: LeftOut.spans(above: layout.above, below: 0, look), focused: focused,
            footer: cost.rest(before: below, look.theme)
        ).draw(in: area, on: &buffer, look: look)
        guard list.height > 0 else { return }
        for (line, entry) in lines.enumerated() {
            let rect = Rect(x: list.x, y: list.y + line, width: list.width, height: 1)
            switch entry {
            case .blank: break
            case .row(let index):
                draw(
                    composer.rows[index], index == composer.cursor ? editing : nil,
                    selected: index == composer.cursor, focused: focused, state, in: rect, on: &buffer)
            case .equalLayers(let rows):
                guard let first = rows.first, let last = rows.last else { break }
                draw(composer.rows[first], nil, selected: false, focused: focused, state, in: rect, on: &buffer)
                let label = "\(composer.rows[first].label)-\(composer.rows[last].label)"
                buffer.write(label, x: rect.x + 1, y: rect.y, look.theme.style(.dim), maxWidth: labelWidth)
            case .defaults(let rows):
                let forms = ["more: all at their default", "more at default", "more"].map { "\(rows.count) \($0)" }
                let text = forms.first { $0.columns < rect.width } ?? forms[forms.count - 1]
                buffer.write(
                    text, x: rect.x + 1, y: rect.y, look.theme.style(.dim), maxWidth: rect.width - 1)
            }
        }
        cost.draw(in: foot, on: &buffer, look.theme)
    }

    private static func draw(
        _ row: ComposerRow, _ editing: TextField?, selected: Bool, focused: Bool, _ state: Shared, in line: Rect,
        on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let background = theme[selected && focused ? .selectedBackground : .background]
        buffer.fill(line, Cell(style: theme.style(.text).on(background)))
        if selected { buffer.write("▸", x: line.x, y: line.y, theme.style(focused ? .key : .dim).on(background)) }
        let value = line.x + 1 + labelWidth
        let room = line.maxX - value
        if let field = editing {
            let isRefused = state.composer.refusal != nil
            buffer.write(
                isRefused ? "✗" : "▸", x: line.x, y: line.y, theme.style(isRefused ? .bad : .key).on(background))
            buffer.write(row.label, x: line.x + 1, y: line.y, theme.style(isRefused ? .bad : .key).on(background))
            field.draw(
                in: Rect(x: value, y: line.y, width: room, height: 1), on: &buffer, look: state.look,
                role: isRefused ? .bad : .title)
            return
        }
        let label =
            row == .addLayer && selected ? theme.style(.text).on(background) : theme.quiet(marked: selected && focused)
        buffer.write(
            row.label, x: line.x + 1, y: line.y, label, maxWidth: row == .addLayer ? line.width - 1 : labelWidth)
        var (number, words) = parts(row, state)
        let hasArrows = selected && focused && row.hasSteps
        let marks = (hasArrows ? 4 : 0) + (state.timing(of: row) == .waits ? 2 : 0)
        // The spec language's spelling is shorter.
        if case .layer = row, number.count + words.count + marks > room {
            (number, words) = ("", row.typed(in: state.composer.spec))
        }
        if row == .output, number.count + 8 + words.count <= room { words = " classes" + words }
        let end = buffer.write(number, x: value, y: line.y, theme.style(.title).bold().on(background), maxWidth: room)
        buffer.write(words, x: end, y: line.y, theme.style(.text).on(background), maxWidth: line.maxX - end)
        let left = room - number.count - words.count
        drawMarks(row, state, hasArrows: hasArrows, in: line, room: left, background, &buffer)
    }

    /// What the arrows do, and when a change takes effect: a dot for what waits for the next start.
    private static func drawMarks(
        _ row: ComposerRow, _ state: Shared, hasArrows: Bool, in line: Rect, room: Int, _ background: Color,
        _ buffer: inout Buffer
    ) {
        let theme = state.look.theme
        var end = line.maxX
        let timing = state.timing(of: row)
        // That a change waits is said before how to change it.
        if hasArrows, room >= (timing == .waits ? 6 : 4) {
            buffer.write("‹ ›", rightAlignedAt: end, y: line.y, theme.style(.key).on(background))
            end -= 4
        }
        switch timing {
        case .waits where room >= line.maxX - end + 2:
            buffer.write("●", rightAlignedAt: end, y: line.y, theme.style(.warning).on(background))
        case .live where hasArrows && room >= 9:
            buffer.write("live", rightAlignedAt: end, y: line.y, theme.style(.good).on(background))
        default: break
        }
    }

    /// Units stand right-aligned so that widths compare at a glance.
    private static func parts(_ row: ComposerRow, _ state: Shared) -> (String, String) {
        let spec = state.composer.spec
        let units: Shape
        switch row {
        case .layer(let index): units = spec.network.layers[index].output
        case .output: units = spec.network.outputLayer.output
        case .input:
            let size = state.data.loaded.map { "  \($0.dataset.train.rows) × \($0.dataset.train.columns)" } ?? ""
            return (padded(spec.network.input), size)
        case .setting(.from): return ("", state.composer.weightsWords ?? row.value(in: spec))
        case .setting(.teacher): return ("", state.composer.teacherWords ?? row.value(in: spec))
        default: return ("", row.value(in: spec))
        }
        return (padded(units), String(row.value(in: spec).dropFirst("\(units)".count)))
    }

    private static func padded(_ size: Shape) -> String {
        let text = "\(size)"
        return String(repeating: " ", count: max(0, 4 - text.count)) + text
    }
}
