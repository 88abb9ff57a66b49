import Specs
import TerminalUI

/// The presets: name, parameters, what each is for, and the spec of the selected one.
enum PresetsView {
    private static let nameWidth = 12
    private static let numberWidth = 9
    /// Columns of a row from which on there is room to say what the number counts.
    private static let widthWithUnit = 62

    static func draw(_ state: Shared, cursor: Int, on buffer: inout Buffer) {
        let layout = PresetsLayout(state, cursor: cursor)
        let inner = layout.popup.draw(in: buffer.bounds, on: &buffer, look: state.look)
        for (line, index) in layout.rows.enumerated() {
            let (preset, row) = (Presets.all[index], Rect(x: inner.x, y: inner.y + line, width: inner.width, height: 1))
            draw(state.fitted(preset), preset, selected: index == cursor, state.look.theme, in: row, on: &buffer)
        }
        guard Presets.all.indices.contains(cursor) else { return }
        let lines = WrappedText.lines(state.fitted(Presets.all[cursor]).description, width: inner.width - 2)
        let top = inner.y + layout.rows.count + 1
        for (y, line) in zip(top..<max(top, inner.maxY), lines) {
            buffer.write(line, x: inner.x + 2, y: y, state.look.theme.style(.text), maxWidth: inner.width - 2)
        }
    }

    private static func draw(
        _ spec: ExperimentSpec, _ preset: Preset, selected: Bool, _ theme: Theme, in row: Rect, on buffer: inout Buffer
    ) {
        let background = theme[selected ? .selectedBackground : .background]
        let text = theme.style(selected ? .selectedText : .text).on(background)
        buffer.fill(row, Cell(style: text))
        if selected { buffer.write("▸", x: row.x, y: row.y, theme.style(.key).on(background)) }
        let name = row.x + 2
        buffer.write(preset.name, x: name, y: row.y, text.bold(), maxWidth: min(nameWidth, row.maxX - name))
        let number = name + nameWidth + numberWidth
        guard number < row.maxX else { return }
        let dim = theme.quiet(marked: selected)
        buffer.write(Figures.grouped(spec.network.parameterCount), rightAlignedAt: number, y: row.y, text)
        let unit = row.width >= widthWithUnit ? " weights" : ""
        buffer.write(
            unit + "  " + preset.summary, x: number, y: row.y, dim, maxWidth: row.maxX - number)
    }
}
