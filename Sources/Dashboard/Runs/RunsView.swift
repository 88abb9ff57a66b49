import Experiments
import TerminalUI
import Training

/// The session's runs in a table, and below it what tells their specs apart.
enum RunsView {
    static func draw(_ state: DashboardState, in body: Rect, on buffer: inout Buffer) {
        let runs = state.sortedRuns
        let layout = RunsLayout(body, runs: runs.count)
        drawTable(runs, state, layout, on: &buffer)
        if let difference = layout.difference { RunDifferenceView.draw(state, in: difference, on: &buffer) }
    }

    private static func drawTable(
        _ runs: [RunRecord], _ state: DashboardState, _ layout: RunsLayout, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        var detail = [Span("by \(state.runs.sort.rawValue)", theme.style(.dim))]
        if !state.comparison.isEmpty {
            detail.insert(Span("\(state.comparison.marked.count) marked · ", theme.style(.text)), at: 0)
        }
        let inner = Panel(title: "runs", detail: detail, focused: true).draw(
            in: layout.table, on: &buffer, look: state.look)
        guard !runs.isEmpty else {
            if inner.height > 0 {
                let text = "a line for each run: space starts the first"
                buffer.write(text, centredIn: inner, y: inner.y + inner.height / 2, theme.style(.dim))
            }
            return
        }
        let columns = RunsTable.columns(inner)
        for column in columns {
            let isSorted = column.sort == state.runs.sort
            buffer.write(
                column.title, rightAlignedAt: column.end, y: inner.y, theme.style(isSorted ? .key : .dim))
        }
        let specStart = (columns.last?.end ?? inner.x) + 3
        buffer.write("spec", x: specStart, y: inner.y, theme.style(.dim), maxWidth: inner.maxX - specStart)
        let selected = runs.firstIndex { $0.id == state.selectedRun?.id } ?? 0
        let first = layout.first(selected: selected, of: runs.count)
        for (line, index) in (first..<min(runs.count, first + layout.rows)).enumerated() {
            let row = Rect(x: inner.x, y: inner.y + 1 + line, width: inner.width, height: 1)
            drawRow(runs[index], columns, selected: index == selected, state, in: row, on: &buffer)
        }
    }

    private static func drawRow(
        _ run: RunRecord, _ columns: [RunsTable.Column], selected: Bool, _ state: DashboardState, in row: Rect,
        on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let background = theme[selected ? .selectedBackground : .background]
        buffer.fill(row, Cell(style: theme.style(.text).on(background)))
        if selected { buffer.write("▸", x: row.x, y: row.y, theme.style(.key).on(background)) }
        if let slot = state.comparison.slot(of: run.id) {
            let mark = RunMark(slot: slot, state.look)
            buffer[row.x + 1, row.y] = Cell(mark.symbol, style: Style(foreground: mark.color, background: background))
        }
        for column in columns {
            let isRun = column.title == "run"
            let style = theme.style(isRun ? .title : column.sort == state.runs.sort ? .title : .text)
            buffer.write(column.text(run), rightAlignedAt: column.end, y: row.y, style.on(background))
        }
        let start = (columns.last?.end ?? row.x) + 3
        var spans = [
            Span(run.spec.shortDescription, theme.style(run.id == state.run?.id ? .title : .dim).on(background))
        ]
        if let (word, role) = word(run) {
            spans.insert(Span("\(word)  ", theme.style(role).on(background)), at: 0)
        }
        buffer.write(spans, x: start, y: row.y, maxWidth: row.maxX - start - 1)
    }

    /// What is unusual about a run.
    private static func word(_ run: RunRecord) -> (String, Theme.Role)? {
        switch run.state {
        case .running: ("training", .good)
        case .paused: ("paused", .warning)
        case .failed: ("failed", .bad)
        // The epochs tell how far it came.
        case .stopped, .finished: nil
        }
    }
}
