import Runs
import Specs
import TerminalUI
import Training

/// All runs in a table, and below it the selected one and what tells specs apart.
enum RunsView {
    static func draw(_ state: ScreenContext<RunsScreen>, in body: Rect, on buffer: inout Buffer) {
        if let errors = state.own.errors { return RunErrorsView.draw(errors, state.shared, in: body, on: &buffer) }
        if let ensemble = state.own.ensemble {
            return RunEnsembleView.draw(ensemble, state.shared, in: body, on: &buffer)
        }
        let layout = state.own.layout(state.place)
        drawTable(state, layout, on: &buffer)
        if let run = layout.run { RunDetailView.draw(state, in: run, on: &buffer) }
        if let difference = layout.difference { RunDifferenceView.draw(state, in: difference, on: &buffer) }
        if let curves = layout.curves { RunCurvesView.draw(state, in: curves, on: &buffer) }
        if let parallel = layout.parallel { RunParallelView.draw(state, in: parallel, on: &buffer) }
    }

    private static func drawTable(_ state: ScreenContext<RunsScreen>, _ layout: RunsLayout, on buffer: inout Buffer) {
        let look = state.look
        let theme = look.theme
        let title = state.own.filter.text.isEmpty ? "runs" : "runs: \(state.own.filter.text)"
        let name = String(title.prefix(max(4, layout.table.width - 34)))
        let inner = Panel(
            title: name, detail: detail(state, layout, room: layout.table.width - name.columns - 9), focused: true,
            footer: footer(state, layout.table)
        ).draw(in: layout.table, on: &buffer, look: look)
        let rows = state.own.rows
        guard !rows.isEmpty else {
            if inner.height > 0 {
                let (text, role) = emptyText(state)
                buffer.write(text, centredIn: inner, y: inner.y + inner.height / 2, theme.style(role))
            }
            return
        }
        let columns = state.own.shownColumns(in: inner)
        drawHeadings(columns, state, in: inner, on: &buffer)
        let selected = state.own.selectedRow
        let first = layout.first(selected: selected, of: rows.count)
        for (line, row) in rows[first..<min(rows.count, first + layout.rows)].enumerated() {
            let area = Rect(x: inner.x, y: inner.y + 1 + line, width: inner.width, height: 1)
            drawRow(row, columns, selected: first + line == selected, state, in: area, on: &buffer)
        }
    }

    private static func drawHeadings(
        _ columns: [RunsColumns.Column], _ state: ScreenContext<RunsScreen>, in inner: Rect, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        for column in columns {
            let isSorted = column.field != nil && column.field == state.own.order.field
            let style = theme.style(isSorted ? .key : .dim)
            if column.isText {
                buffer.write(column.title, x: column.start, y: inner.y, style)
            } else {
                buffer.write(column.title, rightAlignedAt: column.end, y: inner.y, style)
            }
        }
        let start = (columns.last?.end ?? inner.x) + 3
        buffer.write(
            "what sets it apart", x: start, y: inner.y, theme.style(.dim), maxWidth: inner.maxX - start)
    }

    /// How many columns have no room, and which rows and weights the figures are of, where there is room for that.
    private static func footer(_ state: ScreenContext<RunsScreen>, _ table: Rect) -> [Span] {
        guard !state.own.rows.isEmpty else { return [] }
        let style = state.look.theme.style(.dim)
        let shown = state.own.shownColumns(in: table.inset(by: 1)).count
        let hidden = RunsColumns.columns(state.own.columns).count - shown
        let more = hidden > 0 ? "\(PlainText.count(hidden, "more column"))" : ""
        var forms = [
            "val: validation rows, least loss, greatest % · test: test set · ± standard error by chance, or over ×n seeds",
            "val: validation, least loss, greatest % · ± by chance, or over ×n seeds",
            "val: least loss, greatest % · ± by chance, ×n seeds",
        ]
        if state.own.columns != .results { forms = [] }
        let all = forms.map { more.isEmpty ? $0 : "\($0) · \(more)" } + (more.isEmpty ? [] : [more])
        return all.first { $0.columns + 8 <= table.width }.map { [Span($0, style)] } ?? []
    }

    /// How many there are, which of them are on the screen, how many are marked, and their order; the first alone where
    /// there is no room for all.
    private static func detail(_ state: ScreenContext<RunsScreen>, _ layout: RunsLayout, room: Int) -> [Span] {
        let theme = state.look.theme
        let runs = state.own
        let all = Figures.grouped(runs.total)
        let passing = runs.rows.count == runs.total ? all : "\(Figures.grouped(runs.rows.count)) of \(all)"
        let first = layout.first(selected: runs.selectedRow, of: runs.rows.count)
        let last = min(runs.rows.count, first + layout.rows)
        let isCut = last - first < runs.rows.count
        let seen = isCut ? "\(Figures.grouped(first + 1))–\(Figures.grouped(last)) of \(passing)" : passing
        let number = runs.total > 0 ? Span(seen, theme.style(.text)) : nil
        let isMarking = !state.comparison.isEmpty
        let marked = isMarking ? Span("\(state.comparison.marked.count) marked", theme.style(.text)) : nil
        let order = Span(runs.order.text(state.look), theme.style(.dim))
        let forms = [[marked, number, order], [marked, number], [number]].map { parts in
            Array(parts.compactMap(\.self).map { [$0] }.joined(separator: [Span(" · ", theme.style(.dim))]))
        }
        return forms.first { $0.width <= room } ?? forms[forms.count - 1]
    }

    private static func emptyText(_ state: ScreenContext<RunsScreen>) -> (String, Theme.Role) {
        if let typing = state.own.typing, typing.isFilter, typing.refusal != nil {
            return ("\(typing.field.text) is no filter yet, and no run passes \(state.own.filter.text)", .dim)
        }
        if state.own.total > 0 { return ("no run passes the filter: esc clears it", .dim) }
        if let problem = state.savedRuns.problem { return (problem.description, .warning) }
        if state.savedRuns.isLoading { return ("reading ...", .dim) }
        return ("a line for each run: space starts the first", .dim)
    }

    private static func drawRow(
        _ row: RunRow, _ columns: [RunsColumns.Column], selected: Bool, _ state: ScreenContext<RunsScreen>,
        in line: Rect, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let background = theme[selected ? .selectedBackground : .background]
        buffer.fill(line, Cell(style: theme.style(.text).on(background)))
        if selected { buffer.write("▸", x: line.x, y: line.y, theme.style(.key).on(background)) }
        if let slot = state.comparison.slot(of: row.key) {
            let mark = RunMark(slot: slot, state.look)
            buffer[line.x + 1, line.y] = Cell(mark.symbol, style: Style(foreground: mark.color, background: background))
        }
        for column in columns { drawCell(column, row, background, state, y: line.y, on: &buffer) }
        let start = (columns.last?.end ?? line.x) + 3
        let room = line.maxX - start - 1
        var spans = description(row, state, showsEpochs: columns.contains { $0.field?.name == "done" })
        let isNewest = row.key == state.run?.key && row.summary.name == nil
        let style = isNewest ? theme.style(.title) : theme.quiet(marked: selected)
        spans.append(Span(apart(row, state.own.common, room: room - spans.width), style))
        buffer.write(spans.map { Span($0.text, $0.style.on(background)) }, x: start, y: line.y, maxWidth: room)
    }

    private static func drawCell(
        _ column: RunsColumns.Column, _ row: RunRow, _ background: Color, _ state: ScreenContext<RunsScreen>, y: Int,
        on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        if column.isCourse {
            let area = Rect(x: column.start, y: y, width: column.width - 2, height: 1)
            let style = theme.style(.validation).on(background)
            return SparkCurve(losses(row, state.shared), style: style).draw(in: area, on: &buffer, look: state.look)
        }
        let isSorted = column.field != nil && column.field == state.own.order.field
        let isDoubtful = column.field?.name == "test_accuracy" && !row.summary.isTestOfEnd
        let isQuiet = isDoubtful || column.field?.name == "val_chance"
        let role: Theme.Role = column.title == "run" || isSorted ? .title : .text
        let style = (isQuiet ? theme.style(.dim) : theme.style(role)).on(background)
        let text = column.text(row, state)
        if column.isText {
            let room = column.width - 2
            buffer.write(
                DistinctLabels.fitting([text], room: room)[0], x: column.start, y: y, style, maxWidth: room)
        } else {
            buffer.write(text, rightAlignedAt: column.end, y: y, style)
        }
    }

    /// The validation losses of a run after its epochs, as far as they were read.
    static func losses(_ row: RunRow, _ state: Shared) -> [Double] {
        if case .saved(let number) = row.key { return state.savedRuns.courses[number]?.losses ?? [] }
        return state.record(row.key)?.history.points(.validationLoss).map { $0.value } ?? []
    }

    /// The parts of a run's spec that differ from the most common ones, as many as fit, and its live changes; its layers
    /// where nothing differs.
    static func apart(_ row: RunRow, _ common: CommonTraits, room: Int) -> String {
        guard let traits = row.traits else { return row.summary.specLine }
        var words = traits.apart(from: common)
        if words.isEmpty { words = [traits.layers] }
        if !row.summary.changeLine.isEmpty { words.append(row.summary.changeLine) }
        var (text, left) = ("", words.count)
        for word in words {
            let longer = text.isEmpty ? word : "\(text)  \(word)"
            let more = left > 1 ? " +\(left - 1)" : ""
            guard longer.columns + more.columns <= room else {
                // The first part alone is cut rather than left out, but not to a stump.
                return text.isEmpty ? (room < 6 ? "+\(left)" : longer) : "\(text) +\(left)"
            }
            (text, left) = (longer, left - 1)
        }
        return text
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
        if case .name(let run) = state.own.typing?.purpose, run == row.saved, let field = state.own.typing?.field {
            // The cursor is in the status line.
            spans.append(Span(field.text.isEmpty ? "" : "\(field.text)  ", theme.style(.key)))
        } else if let name = row.summary.name {
            spans.append(Span("\(name)  ", theme.style(.title)))
        }
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
