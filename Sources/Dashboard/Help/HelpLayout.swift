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

    /// The least columns of keys and what they do, where there are several beside one another.
    private static let columnWidth = 74
    /// Columns between two columns of keys.
    private static let gap = 2
    /// Columns before what a command does.
    private static let indent = 16
    /// Rows and columns that the frame takes, with the blank columns beside it.
    private static let border = (rows: 2, columns: 4)
    /// Rows of the line that is typed into, and the blank one below it.
    private static let headRows = 2

    let bindings: [Binding]
    let popup: Popup
    let frame: Rect
    /// The line that is typed into.
    let field: Rect
    /// The columns with their lines from top to bottom; scrolled so that the selected command is in sight.
    let columns: [(area: Rect, lines: [Line])]

    init(_ state: DashboardState, _ help: HelpState) {
        let bindings = help.bindings(state)
        self.bindings = bindings
        // In a wide window the lines go on at the top of a further column, as in a newspaper.
        let count = max(1, (state.width - Self.border.columns + Self.gap) / (Self.columnWidth + Self.gap))
        let width = Self.width(columns: count, in: state.width)
        let column = (width - Self.border.columns - (count - 1) * Self.gap) / count
        let lines = Self.lines(bindings, width: column)
        let contexts = bindings.map(\.context)
        let most = max(1, state.height - 2 - Self.border.rows - Self.headRows)
        let height = Self.height(of: lines, columns: count, most: most, contexts)
        let first = Self.firstLine(lines, showing: help.cursor, columns: count, height: height, contexts)
        let page = Self.page(lines, from: first, columns: count, height: height, contexts)
        let named = page.joined().compactMap { if case .binding(let index, _) = $0 { index } else { nil } }
        let all = KeyMap.bindings.count
        let words = bindings.count == all ? "\(all) commands" : "\(bindings.count) of \(all)"
        popup = Popup(
            title: "keys", width: width, height: height + Self.border.rows + Self.headRows,
            detail: [Span(words, state.look.theme.style(.dim))],
            footer: named.isEmpty
                ? [] : LeftOut.spans(above: named[0], below: bindings.count - 1 - named[named.count - 1], state.look))
        let whole = Rect(x: 0, y: 0, width: state.width, height: state.height)
        frame = popup.frame(in: whole)
        let (field, below) = popup.contents(in: whole).splitTop(1)
        self.field = field
        let body = below.splitTop(1).1
        let areas = (0..<count).map {
            Rect(x: body.x + $0 * (column + Self.gap), y: body.y, width: column, height: body.height)
        }
        columns = zip(areas, page).map { ($0, $1) }
    }

    /// Columns of the popup: no more than the longest line needs, whatever is typed.
    private static func width(columns: Int, in window: Int) -> Int {
        let longest = KeyMap.bindings.map { $0.help.columns + indent }.max() ?? columnWidth
        let wanted = columns * max(columnWidth, longest) + (columns - 1) * gap + border.columns
        // What would show beside it is too narrow to be read.
        return window - wanted < 12 ? window : wanted
    }

    /// The fewest rows in which all lines have room, or the most that there are.
    private static func height(of lines: [Line], columns: Int, most: Int, _ contexts: [KeyContext]) -> Int {
        let least = max(1, (lines.count + columns - 1) / columns)
        guard least < most else { return most }
        return (least...most).first { height in
            page(lines, from: 0, columns: columns, height: height, contexts).joined()
                .contains { $0.binding == contexts.count - 1 }
        } ?? most
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
            let texts = WrappedText.lines(binding.help, width: max(8, width - indent))
            lines.append(.binding(index, texts[0]))
            lines += texts.dropFirst().map { .rest(index, $0) }
        }
        return lines
    }

    /// Columns of lines from a first one on. A column that begins within a context repeats its heading; none ends with a
    /// heading, or within the lines of a command.
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
            while lines.indices.contains(next) {
                let together = next..<end(of: lines, from: next)
                guard column.count + together.count <= height || !column.contains(where: { $0.binding != nil }) else {
                    break
                }
                column += lines[together]
                next = together.upperBound
            }
            return Array(column.prefix(height))
        }
    }

    /// The end of the lines that stand together with one: a heading with its first command, a command with all of its
    /// lines.
    private static func end(of lines: [Line], from start: Int) -> Int {
        var end = start + 1
        if case .heading = lines[start] { end += 1 }
        if case .blank = lines[start] { end += 2 }
        while end < lines.count, case .rest = lines[end] { end += 1 }
        return min(end, lines.count)
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
