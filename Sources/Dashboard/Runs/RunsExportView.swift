import TerminalUI

/// The list of formats for a saved run, over the table.
enum RunsExportView {
    static func draw(_ list: RunsExportList, _ state: Shared, in body: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let formats = ExportRequest.Format.allCases
        let inner = Popup(
            title: "export run \(list.run)", width: min(66, body.width), height: formats.count + 2
        ).draw(in: body, on: &buffer, look: state.look)
        for (line, format) in formats.enumerated() where line < inner.height {
            let y = inner.y + line
            let isChosen = line == list.cursor
            let background = theme[isChosen ? .selectedBackground : .background]
            buffer.fill(
                Rect(x: inner.x, y: y, width: inner.width, height: 1), Cell(style: theme.style(.text).on(background)))
            if isChosen { buffer.write("▸", x: inner.x, y: y, theme.style(.key).on(background)) }
            buffer.write(format.rawValue, x: inner.x + 2, y: y, theme.style(.title).on(background))
            buffer.write(
                format.words, x: inner.x + 15, y: y, theme.quiet(marked: isChosen).on(background),
                maxWidth: inner.maxX - inner.x - 16)
        }
    }
}

/// The format that is chosen for a run.
package struct RunsExportList: Equatable, Sendable {
    /// The run's number in the store.
    package let run: Int
    /// The chosen format, by its place in the list.
    package internal(set) var cursor = 0

    var format: ExportRequest.Format { ExportRequest.Format.allCases[cursor] }

    mutating func move(by step: Int) { cursor = min(max(0, cursor + step), ExportRequest.Format.allCases.count - 1) }
}
