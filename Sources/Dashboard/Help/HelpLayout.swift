import TerminalUI

/// Which command stands on which line of the help.
struct HelpLayout {
    enum Line {
        case heading(KeyContext)
        /// A command, by its index, and the first line of what it does.
        case binding(Int, String)
        /// What it does goes on.
        case rest(Int, String)
        case blank

        var binding: Int? {
            switch self {
            case .binding(let index, _), .rest(let index, _): index
            case .heading, .blank: nil
            }
        }
    }

    private static let columnWidth = 74
    /// Columns between two columns of keys.
    private static let gap = 2

    let bindings: [Binding]
    let popup: Popup
    let frame: Rect
    /// The line that is typed into.
    let field: Rect
    /// The columns with their lines from top to bottom; scrolled so that the selected command is in sight.
    let columns: [(area: Rect, lines: [Line])]

    init(_ state: DashboardState, _ help: HelpState) {
        bindings = help.bindings(state)
        // In a wide window the lines go on at the top of a second column, as in a newspaper.
        let count = state.width >= 2 * Self.columnWidth + Self.gap + 6 ? 2 : 1
        let wanted = count * Self.columnWidth + (count - 1) * Self.gap + 4
        // What would show beside it is too narrow to be read.
        let width = state.width - wanted < 12 ? state.width : wanted
        let column = (width - 4 - (count - 1) * Self.gap) / count
        let lines = Self.lines(bindings, width: column)
        let all = KeyMap.bindings.count
        popup = Popup(
            title: "keys", width: width, height: min((lines.count + count - 1) / count + 6, state.height - 2),
            detail: [
                Span(
                    bindings.count == all ? "\(all) commands" : "\(bindings.count) of \(all)",
                    state.look.theme.style(.dim))
            ])
        let whole = Rect(x: 0, y: 0, width: state.width, height: state.height)
        frame = popup.frame(in: whole)
        let (field, below) = popup.contents(in: whole).splitTop(1)
        self.field = field
        let body = below.splitTop(1).1
        let areas = (0..<count).map {
            Rect(x: body.x + $0 * (column + Self.gap), y: body.y, width: column, height: body.height)
        }
        let contexts = bindings.map(\.context)
        let first = Self.firstLine(lines, showing: help.cursor, columns: count, height: body.height, contexts)
        columns = zip(areas, Self.page(lines, from: first, columns: count, height: body.height, contexts)).map {
            ($0, $1)
        }
    }

    /// The command at a place on the screen.
    func binding(atX x: Int, y: Int) -> Binding? {
        for (area, lines) in columns where area.contains(x: x, y: y) {
            guard lines.indices.contains(y - area.y) else { return nil }
            return lines[y - area.y].binding.map { bindings[$0] }
        }
        return nil
    }

    private static func lines(_ bindings: [Binding], width: Int) -> [Line] {
        var lines: [Line] = []
        for (index, binding) in bindings.enumerated() {
            if index == 0 || bindings[index - 1].context != binding.context {
                if !lines.isEmpty { lines.append(.blank) }
                lines.append(.heading(binding.context))
            }
            let texts = WrappedText.lines(binding.help, width: max(8, width - 16))
            lines.append(.binding(index, texts[0]))
            lines += texts.dropFirst().map { .rest(index, $0) }
        }
        return lines
    }

    /// Columns of lines from a first one on. A column that begins within a context repeats its heading.
    private static func page(
        _ lines: [Line], from first: Int, columns: Int, height: Int, _ contexts: [KeyContext]
    ) -> [[Line]] {
        var next = first
        return (0..<columns).map { _ in
            var column: [Line] = []
            if lines.indices.contains(next), case .blank = lines[next] { next += 1 }
            if lines.indices.contains(next), let index = lines[next].binding {
                column.append(.heading(contexts[index]))
            }
            while column.count < height, lines.indices.contains(next) {
                column.append(lines[next])
                next += 1
            }
            return column
        }
    }

    /// The first line from which on the page has all lines of a command.
    private static func firstLine(
        _ lines: [Line], showing cursor: Int, columns: Int, height: Int, _ contexts: [KeyContext]
    ) -> Int {
        let wanted = lines.filter { $0.binding == cursor }.count
        for first in lines.indices {
            let page = page(lines, from: first, columns: columns, height: height, contexts)
            if page.joined().filter({ $0.binding == cursor }).count == min(wanted, height) { return first }
        }
        return 0
    }
}
