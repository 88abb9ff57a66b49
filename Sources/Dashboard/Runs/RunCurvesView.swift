import TerminalUI
import Training

/// Curves below the table: the validation loss of the marked runs, or both losses of the selected one.
enum RunCurvesView {
    static func draw(_ state: ScreenContext<RunsScreen>, in area: Rect, on buffer: inout Buffer) {
        let look = state.look
        let marked = compared(state)
        guard marked.count > 1 || state.own.selectedRun == nil else {
            let number = state.own.selectedRun.map { " of run \($0.summary.id)" } ?? ""
            let inner = Panel(
                title: "loss\(number)",
                detail: [
                    Span("━ train ", look.theme.style(.train)), Span("╍ validation", look.theme.style(.validation)),
                ]
            ).draw(in: area, on: &buffer, look: look)
            if let row = state.own.selectedRun { drawLosses(of: row, state, in: inner, on: &buffer) }
            return
        }
        let inner = Panel(
            title: "validation loss", detail: [Span("marked runs", look.theme.style(.dim))]
        ).draw(in: area, on: &buffer, look: look)
        guard !marked.isEmpty else {
            let text = RunDifferenceView.emptyText(state)
            return buffer.write(text, centredIn: inner, y: inner.y + inner.height / 2, look.theme.style(.dim))
        }
        var chart = LineChart(
            series: marked.map { series(of: $0, state) },
            xRange: 0...Double(max(1, marked.map(\.history.count).max() ?? 1)))
        chart.xName = "epoch"
        chart.leastXStep = 1
        chart.labelsOnBorder = true
        chart.emptyText = "no epoch yet"
        chart.draw(in: inner, on: &buffer, look: look)
    }

    /// The marked runs and the selected one, as far as their curves were read.
    private static func compared(_ state: ScreenContext<RunsScreen>) -> [ShownRun] {
        var keys = state.comparison.marked.map(\.key)
        guard !keys.isEmpty else { return [] }
        if let selected = state.own.selectedRun?.key, !keys.contains(selected) { keys.append(selected) }
        return keys.compactMap { state.shared.record($0) }
    }

    private static func series(of run: ShownRun, _ state: ScreenContext<RunsScreen>) -> LineChart.Series {
        let slot = state.comparison.slot(of: run.key)
        let mark = slot.map { RunMark(slot: $0, state.look) }
        var series = LineChart.Series(
            name: "run \(run.number)", points: points(run, .validationLoss),
            color: mark?.color ?? state.look.theme[.title], mark: mark?.mark ?? "@")
        series.tag = "\(run.number)"
        return series
    }

    private static func points(_ run: ShownRun, _ quantity: EpochHistory.Quantity) -> [LineChart.Point] {
        run.history.points(quantity).map { LineChart.Point(x: Double($0.epoch), y: $0.value) }
    }

    /// Both losses of one run.
    static func drawLosses(
        of row: RunRow, _ state: ScreenContext<RunsScreen>, in area: Rect, on buffer: inout Buffer
    ) {
        let look = state.look
        guard let run = state.shared.record(row.key) else { return }
        var lines = [
            LineChart.Series(name: "train", points: points(run, .loss), color: look.theme[.train], mark: "o"),
            LineChart.Series(
                name: "validation", points: points(run, .validationLoss), color: look.theme[.validation],
                mark: "x", dashed: true),
        ]
        (lines[0].tag, lines[1].tag) = ("train", lines[1].points.isEmpty ? "" : "val")
        var chart = LineChart(series: lines, xRange: 0...Double(max(1, run.history.count)))
        chart.xName = "epoch"
        chart.leastXStep = 1
        chart.labelsOnBorder = true
        chart.emptyText = "no epoch yet"
        chart.draw(in: area, on: &buffer, look: look)
    }
}
