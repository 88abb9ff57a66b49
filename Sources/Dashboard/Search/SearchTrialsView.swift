import Runs
import Search
import Searching
import TerminalUI

/// The trials in a table: what each reached, and what was chosen for it.
enum SearchTrialsView {
    /// A column of the table.
    private struct Column {
        var title: String
        var width: Int
        var isText = false
        var order: SearchScreen.Order?
        /// Whether it is a small curve of the accuracy.
        var isCourse = false
        var text: (SearchTrial) -> String

        init(
            title: String, width: Int, isText: Bool = false, order: SearchScreen.Order? = nil,
            _ text: @escaping (SearchTrial) -> String
        ) {
            (self.title, self.width, self.isText, self.order, self.text) = (title, width, isText, order, text)
        }

        init(course width: Int) {
            self.init(title: "by epoch", width: width, isText: true) { _ in "" }
            isCourse = true
        }
    }

    /// The first row that is drawn, so that the selected one is visible.
    static func first(_ own: SearchScreen, in area: Rect) -> Int {
        let rows = max(0, area.height - 3)
        return max(0, min(own.selectedRow - rows / 2, own.rows.count - rows))
    }

    static func draw(_ state: ScreenContext<SearchScreen>, in area: Rect, on buffer: inout Buffer) {
        guard let shown = state.own.shown else { return }
        let theme = state.look.theme
        let rows = state.own.rows
        let inner = SearchView.frame(
            "trials", .trials, state, detail: detail(shown, state.own, theme),
            footer: area.width >= 100 ? [Span("validation rows; the test set is not looked at", theme.style(.dim))] : []
        ).draw(in: area, on: &buffer, look: state.look)
        guard !rows.isEmpty else {
            let text = state.own.brush.isEmpty ? "no trial yet" : "no trial is within the brush: esc takes it away"
            return buffer.write(text, centredIn: inner, y: inner.y + inner.height / 2, theme.style(.dim))
        }
        let columns = columns(shown, width: inner.width)
        var x = inner.x + 2
        for column in columns {
            let role: Theme.Role = column.order != nil && column.order == state.own.order ? .key : .dim
            write(column.title, column, x: x, y: inner.y, theme.style(role), on: &buffer)
            x += column.width + 2
        }
        let first = first(state.own, in: area)
        for (line, place) in rows.dropFirst(first).prefix(max(0, inner.height - 1)).enumerated() {
            let row = Rect(x: inner.x, y: inner.y + 1 + line, width: inner.width, height: 1)
            draw(
                place, shown, columns, isSelected: first + line == state.own.selectedRow, state, in: row, on: &buffer)
        }
    }

    private static func draw(
        _ place: Int, _ shown: ShownSearch, _ columns: [Column], isSelected: Bool,
        _ state: ScreenContext<SearchScreen>, in line: Rect, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let background = theme[isSelected ? .selectedBackground : .background]
        buffer.fill(line, Cell(style: theme.style(.text).on(background)))
        let trial = shown.summary.trials[place]
        if isSelected {
            buffer.write("▸", x: line.x, y: line.y, theme.style(.key).on(background))
        } else {
            let style = SearchView.style(shown.summary.ranks[place], passes: true, state.look)
            buffer.write(trial.repeats == nil ? "●" : " ", x: line.x, y: line.y, style)
        }
        var x = line.x + 2
        for column in columns {
            if column.isCourse {
                let values = trial.epochs.map { $0.accuracy ?? .nan }
                let style = theme.style(.validation).on(background)
                SparkCurve(values, style: style).draw(
                    in: Rect(x: x, y: line.y, width: column.width, height: 1), on: &buffer, look: state.look)
                x += column.width + 2
                continue
            }
            let isQuiet = trial.repeats != nil && column.isText && column.title != "state"
            let role: Theme.Role =
                isQuiet && !isSelected
                ? .dim : column.title == "state" ? role(trial.state) : column.order == state.own.order ? .title : .text
            write(column.text(trial), column, x: x, y: line.y, theme.style(role).on(background), on: &buffer)
            x += column.width + 2
        }
    }

    private static func write(
        _ text: String, _ column: Column, x: Int, y: Int, _ style: Style, on buffer: inout Buffer
    ) {
        if column.isText {
            buffer.write(DistinctLabels.fitting([text], room: column.width)[0], x: x, y: y, style)
        } else {
            buffer.write(text, rightAlignedAt: x + column.width, y: y, style)
        }
    }

    /// The colour of the word that says where a trial stands.
    static func role(_ state: SavedTrial.State) -> Theme.Role {
        switch state {
        case .running: .good
        case .waiting: .dim
        case .finished: .text
        case .stopped: .warning
        case .failed: .bad
        }
    }

    /// The figures, then the settings that are searched, as many as fit; the last one is cut.
    private static func columns(_ shown: ShownSearch, width: Int) -> [Column] {
        let search = shown.summary
        let most = "\(search.halving.rungs.last ?? 0)"
        var columns = [
            Column(title: "trial", width: 5, order: .number) { "\($0.number + 1)" },
            Column(title: "val %", width: 6, order: .accuracy) { SearchView.percent($0.accuracy) },
            Column(title: "epochs", width: max(6, 2 * most.columns + 1), order: .epochs) { "\($0.length)/\(most)" },
            Column(title: "state", width: 9, isText: true) { search.word(of: $0) },
        ]
        if width >= 100 { columns.append(Column(course: 12)) }
        if width >= 90 {
            columns.append(Column(title: "time", width: 9, order: .seconds) { Figures.duration($0.seconds) })
        }
        var room = width - 3 - columns.reduce(0) { $0 + $1.width + 2 }
        for name in search.space.chosenNames {
            let wanted = max(name.columns, min(24, shown.widths[name] ?? 0))
            guard room >= min(wanted, 6) else { break }
            columns.append(
                Column(title: name, width: min(wanted, room), isText: true) {
                    ShownSearch.texts(of: $0, in: search)[name] ?? ""
                })
            room -= wanted + 2
        }
        return columns
    }

    private static func detail(_ shown: ShownSearch, _ own: SearchScreen, _ theme: Theme) -> [Span] {
        let all = shown.summary.trials.count
        let count = own.rows.count == all ? Figures.grouped(all) : "\(Figures.grouped(own.rows.count)) of \(all)"
        return [
            Span(count, theme.style(.text)),
            Span(" · \(own.order.words)\(own.isReversed ? ", turned round" : "")", theme.style(.dim)),
        ]
    }
}
