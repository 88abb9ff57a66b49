import Runs
import TerminalUI
import Training

/// All runs in a table, and below it the selected one and what tells specs apart.
enum RunsView {
    static func draw(_ state: ScreenContext<RunsScreen>, in body: Rect, on buffer: inout Buffer) {
        if let errors = state.own.errors { return RunErrorsView.draw(errors, state.shared, in: body, on: &buffer) }
        let layout = state.own.layout(state.place)
        drawTable(state, layout, on: &buffer)
        if let run = layout.run { RunDetailView.draw(state, in: run, on: &buffer) }
        if let difference = layout.difference { RunDifferenceView.draw(state, in: difference, on: &buffer) }
    }

    private static func drawTable(_ state: ScreenContext<RunsScreen>, _ layout: RunsLayout, on buffer: inout Buffer) {
        let look = state.look
        let theme = look.theme
        let title = state.own.filter.text.isEmpty ? "runs" : "runs: \(state.own.filter.text)"
        let inner = Panel(
            title: String(title.prefix(max(4, layout.table.width - 34))), detail: detail(state), focused: true
        ).draw(in: layout.table, on: &buffer, look: look)
        let rows = state.own.rows
        guard !rows.isEmpty else {
            if inner.height > 0 {
                let (text, role) = emptyText(state)
                buffer.write(text, centredIn: inner, y: inner.y + inner.height / 2, theme.style(role))
            }
            return
        }
        let columns = RunsColumns.fitting(inner, state.own.columns)
        for column in columns {
            let isSorted = column.field != nil && column.field == state.own.order.field
            buffer.write(column.title, rightAlignedAt: column.end, y: inner.y, theme.style(isSorted ? .key : .dim))
        }
        let start = (columns.last?.end ?? inner.x) + 3
        buffer.write("name, spec", x: start, y: inner.y, theme.style(.dim), maxWidth: inner.maxX - start)
        let selected = state.own.selectedRow
        let first = layout.first(selected: selected, of: rows.count)
        let shown = rows[first..<min(rows.count, first + layout.rows)]
        let specs = shown.map {
            SpecWords($0.spec?.shortDescription ?? $0.summary.specLine, changes: $0.summary.changeLine)
        }
        let shared = SpecWords.shared(by: specs)
        for (line, (row, spec)) in zip(shown, specs).enumerated() {
            let area = Rect(x: inner.x, y: inner.y + 1 + line, width: inner.width, height: 1)
            drawRow(row, columns, selected: first + line == selected, state, in: area, on: &buffer) { width in
                spec.text(width: width, shared: shared)
            }
        }
    }

    /// How many there are, how many of them are marked, and their order.
    private static func detail(_ state: ScreenContext<RunsScreen>) -> [Span] {
        let theme = state.look.theme
        let runs = state.own
        var words: [String] = []
        if !state.comparison.isEmpty { words.append("\(state.comparison.marked.count) marked") }
        if runs.rows.count != runs.total {
            words.append("\(Figures.grouped(runs.rows.count)) of \(Figures.grouped(runs.total))")
        } else if runs.total > 0 {
            words.append(Figures.grouped(runs.total))
        }
        let text = words.isEmpty ? "" : words.joined(separator: " · ") + " · "
        return [Span(text, theme.style(.text)), Span(runs.order.text(state.look), theme.style(.dim))]
    }

    private static func emptyText(_ state: ScreenContext<RunsScreen>) -> (String, Theme.Role) {
        if state.own.total > 0 { return ("no run passes the filter", .dim) }
        if let problem = state.savedRuns.problem { return (problem.description, .warning) }
        if state.savedRuns.isLoading { return ("reading ...", .dim) }
        return ("a line for each run: space starts the first", .dim)
    }

    private static func drawRow(
        _ row: RunRow, _ columns: [RunsColumns.Column], selected: Bool, _ state: ScreenContext<RunsScreen>,
        in line: Rect,
        on buffer: inout Buffer, spec: (_ width: Int) -> String
    ) {
        let theme = state.look.theme
        let background = theme[selected ? .selectedBackground : .background]
        buffer.fill(line, Cell(style: theme.style(.text).on(background)))
        if selected { buffer.write("▸", x: line.x, y: line.y, theme.style(.key).on(background)) }
        if let slot = state.comparison.slot(of: row.key) {
            let mark = RunMark(slot: slot, state.look)
            buffer[line.x + 1, line.y] = Cell(mark.symbol, style: Style(foreground: mark.color, background: background))
        }
        for column in columns {
            let isSorted = column.field != nil && column.field == state.own.order.field
            let isDoubtful = column.field?.name == "test_accuracy" && !row.summary.isTestOfEnd
            let style = theme.style(isDoubtful ? .dim : column.title == "run" || isSorted ? .title : .text)
            buffer.write(column.text(row, state.shared), rightAlignedAt: column.end, y: line.y, style.on(background))
        }
        let start = (columns.last?.end ?? line.x) + 3
        if case .name(let run) = state.own.typing?.purpose, run == row.saved, let field = state.own.typing?.field {
            let area = Rect(x: start, y: line.y, width: line.maxX - start - 1, height: 1)
            return field.draw(in: area, on: &buffer, look: state.look, placeholder: "no name")
        }
        let room = line.maxX - start - 1
        var spans = description(row, state, showsEpochs: columns.contains { $0.field?.name == "done" })
        let isNewest = row.key == state.run?.key && row.summary.name == nil
        spans.append(Span(spec(room - spans.width), isNewest ? theme.style(.title) : theme.quiet(marked: selected)))
        buffer.write(spans.map { Span($0.text, $0.style.on(background)) }, x: start, y: line.y, maxWidth: room)
    }

    /// What is unusual about a run, its name and tags.
    ///
    /// - Parameter showsEpochs: whether a column tells how far it came.
    private static func description(_ row: RunRow, _ state: ScreenContext<RunsScreen>, showsEpochs: Bool) -> [Span] {
        let theme = state.look.theme
        let run = row.summary
        var spans: [Span] = []
        if let (word, role) = word(run.state) {
            let place = run.state.canResume && !showsEpochs ? " \(run.progressWords)" : ""
            spans.append(Span("\(word)\(place)  ", theme.style(role)))
        }
        if let name = row.summary.name { spans.append(Span("\(name)  ", theme.style(.title))) }
        for tag in row.summary.tags { spans.append(Span("#\(tag) ", theme.style(.key))) }
        return spans
    }

    /// What is unusual about a run.
    static func word(_ state: SavedRunState) -> (String, Theme.Role)? {
        switch state {
        case .running: ("training", .good)
        case .paused: ("paused", .warning)
        case .failed: ("failed", .bad)
        case .interrupted: ("interrupted", .warning)
        case .stopped: ("stopped", .dim)
        case .finished: nil
        }
    }
}
