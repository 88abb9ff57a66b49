import TerminalUI

/// The part of the plain screen that fits into the window, and the terminal's cursor in it.
package struct PlainPage: Equatable, Sendable {
    /// The cells of the window.
    package let buffer: Buffer
    /// The first visible row of the screen.
    let start: Int
    /// Column and row of the terminal's cursor.
    package let cursor: (x: Int, y: Int)

    package static func == (a: PlainPage, b: PlainPage) -> Bool { a.buffer == b.buffer && a.cursor == b.cursor }

    /// The lines around the selected one, or from the page that the user turned to. Long lines continue below,
    /// indented.
    package init(_ state: DashboardState) {
        let screen = PlainScreen(state)
        let rows = PlainPage.rows(screen, width: state.width)
        let (row, column) = PlainPage.place(rows, screen)
        let first = state.plainPage.map { $0 * max(1, state.height - 1) } ?? row - state.height / 2
        let start = max(0, min(first, rows.count - state.height))
        var buffer = Buffer(width: state.width, height: state.height)
        for (y, row) in rows.dropFirst(start).prefix(state.height).enumerated() {
            buffer.write(row.text, x: 0, y: y, Style())
        }
        self.buffer = buffer
        self.start = start
        // On another page the cursor is at its top.
        let isOnPage = (start..<(start + state.height)).contains(row)
        cursor = isOnPage ? (min(column, max(0, state.width - 1)), row - start) : (0, 0)
    }

    private struct Row {
        /// Index of the line that this row is a part of.
        let line: Int
        /// Number of the line's characters before it.
        let start: Int
        let indent: Int
        let text: String
    }

    private static func rows(_ screen: PlainScreen, width: Int) -> [Row] {
        screen.lines.enumerated().flatMap { index, line in
            var rows: [Row] = []
            let scalars = Array(line.text.unicodeScalars)
            var start = 0
            repeat {
                let indent = start == 0 || width < 8 ? 0 : 2
                let room = max(1, width - indent)
                var end = start
                var columns = 0
                while end < scalars.count, columns + scalars[end].columns <= room || end == start {
                    columns += scalars[end].columns
                    end += 1
                }
                // Broken at a space where there is one. Typed text is broken anywhere, so that the caret is at its
                // character.
                if end < scalars.count, line.caret == nil,
                    let space = scalars[start..<end].lastIndex(of: " "), space > start
                {
                    end = space + 1
                }
                var view = String.UnicodeScalarView(repeatElement(" ", count: indent))
                view.append(contentsOf: scalars[start..<end])
                rows.append(Row(line: index, start: start, indent: indent, text: String(view)))
                start = end
            } while start < scalars.count
            return rows
        }
    }

    /// Row and column of the caret, or the start of the selected line.
    private static func place(_ rows: [Row], _ screen: PlainScreen) -> (row: Int, column: Int) {
        let line = screen.cursorLine
        let caret = screen.lines.indices.contains(line) ? screen.lines[line].caret ?? 0 : 0
        let row = rows.lastIndex { $0.line == line && $0.start <= caret } ?? 0
        guard rows.indices.contains(row) else { return (0, 0) }
        let before = screen.lines[line].text.unicodeScalars.dropFirst(rows[row].start).prefix(caret - rows[row].start)
        return (row, before.reduce(rows[row].indent) { $0 + $1.columns })
    }

    /// Pages of a window's height; the last line of one is the first of the next.
    static func count(_ state: DashboardState) -> Int {
        let rows = rows(PlainScreen(state), width: state.width).count
        let step = max(1, state.height - 1)
        return max(1, (max(0, rows - state.height) + step - 1) / step + 1)
    }
}

extension DashboardState {
    /// Turns to the page before or after the visible one; the next other key returns to the selected line.
    mutating func turnPlainPage(by step: Int) {
        let count = PlainPage.count(self)
        let from = plainPage ?? PlainPage(self).start / max(1, shared.height - 1)
        plainPage = min(max(0, from + step), count - 1)
    }
}
