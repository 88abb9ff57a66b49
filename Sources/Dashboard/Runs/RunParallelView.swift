import TerminalUI

/// Parallel coordinates of the marked runs, or else of those of the table: a line for each run across its settings and
/// results. A brush leaves only the runs bright that have values in its ranges.
enum RunParallelView {
    static func draw(_ state: ScreenContext<RunsScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let model = RunAxes(state.own, state.shared)
        let shown = shownAxes(model, state.own.brush, width: area.width - 2)
        let bright = model.runs.indices.count(where: model.passes)
        let inner = Panel(
            title: "parallel coordinates", detail: detail(model, bright: bright, shown: shown.count, theme),
            focused: state.own.brush.axis != nil, footer: footer(state.own.brush, model, theme, room: area.width - 6)
        ).draw(in: area, on: &buffer, look: state.look)
        guard model.runs.count > 1, shown.count > 1 else {
            let text = model.runs.count > 1 ? "the runs differ in nothing" : RunDifferenceView.emptyText(state)
            return buffer.write(text, centredIn: inner, y: inner.y + inner.height / 2, theme.style(.dim))
        }
        let axes = shown.map { axis(model.axes[$0], state.own.brush) }
        // The bright ones, and the selected one last, lie on top.
        let order = model.runs.indices.sorted { first, second in
            (rank(first, model, state), second) < (rank(second, model, state), first)
        }
        let lines = order.map { line($0, model, shown, state) }
        ParallelCoordinates(axes: axes, lines: lines).draw(in: inner, on: &buffer, look: state.look)
    }

    private static func rank(_ run: Int, _ model: RunAxes, _ state: ScreenContext<RunsScreen>) -> Int {
        model.passes(run) ? model.runs[run].key == state.own.selectedRun?.key ? 2 : 1 : 0
    }

    /// Those that fit: the results always, then the settings in their order, and the chosen one among them.
    private static func shownAxes(_ model: RunAxes, _ brush: RunsBrush, width: Int) -> [Int] {
        let room = max(2, (width - 4) / ParallelCoordinates.leastAxis)
        guard model.axes.count > room else { return Array(model.axes.indices) }
        let results = model.axes.indices.suffix(3)
        let settings = Array(model.axes.indices.dropLast(results.count))
        let places = max(0, room - results.count)
        let chosen = brush.axis.flatMap { name in settings.firstIndex { model.axes[$0].name == name } } ?? 0
        let first = max(0, min(chosen - places + 1, settings.count - places))
        return Array((settings.dropFirst(first).prefix(places) + results).suffix(room))
    }

    private static func axis(_ axis: RunAxes.Axis, _ brush: RunsBrush) -> ParallelCoordinates.Axis {
        var drawn = ParallelCoordinates.Axis(
            title: axis.name,
            ticks: zip(axis.shares, axis.values).map { ParallelCoordinates.Axis.Tick(share: $0, label: $1) })
        drawn.isChosen = brush.axis == axis.name
        if drawn.isChosen, axis.shares.indices.contains(brush.cursor) { drawn.cursor = axis.shares[brush.cursor] }
        if let places = brush.places(on: axis.name), axis.shares.indices.contains(places.upperBound) {
            drawn.range = axis.shares[places.lowerBound]...axis.shares[places.upperBound]
        }
        return drawn
    }

    private static func line(
        _ run: Int, _ model: RunAxes, _ shown: [Int], _ state: ScreenContext<RunsScreen>
    ) -> ParallelCoordinates.Line {
        let theme = state.look.theme
        let row = model.runs[run]
        let shares = shown.map { index in
            let axis = model.axes[index]
            return axis.places[run].map { axis.shares[$0] }
        }
        let mark = state.comparison.slot(of: row.key).map { RunMark(slot: $0, state.look) }
        let isSelected = row.key == state.own.selectedRun?.key
        guard model.passes(run) else {
            return ParallelCoordinates.Line(shares: shares, style: theme.style(.border), mark: ".")
        }
        var style = theme.style(isSelected ? .title : .train)
        if let mark { style = Style(foreground: mark.color, background: theme[.background]) }
        return ParallelCoordinates.Line(
            shares: shares, style: isSelected ? style.bold() : style, mark: mark?.mark ?? (isSelected ? "@" : "+"))
    }

    private static func detail(_ model: RunAxes, bright: Int, shown: Int, _ theme: Theme) -> [Span] {
        guard model.runs.count > 1 else { return [] }
        let runs = bright == model.runs.count ? "\(bright) runs" : "\(bright) of \(model.runs.count) runs"
        let hidden = model.axes.count - shown
        return [
            Span(runs, theme.style(.text)),
            Span(hidden > 0 ? " · \(hidden) more axes →" : "", theme.style(.dim)),
        ]
    }

    /// The keys; on a chosen axis with the whole value, which may be cut beside the axis.
    private static func footer(_ brush: RunsBrush, _ model: RunAxes, _ theme: Theme, room: Int) -> [Span] {
        guard let name = brush.axis else {
            return [Span("← →", theme.style(.key)), Span(" an axis", theme.style(.dim))]
        }
        let words =
            switch brush.ranges[name] {
            case nil: "from here"
            case .some(let range): range.end == nil ? "to here" : "all again"
            }
        let values = model.axes.first { $0.name == name }?.values ?? []
        let value = values.indices.contains(brush.cursor) ? values[brush.cursor] : "value"
        let forms = [value, "value"].map { text in
            [
                Span("↑↓", theme.style(.key)), Span(" \(text)  ", theme.style(.dim)),
                Span("enter", theme.style(.key)), Span(" \(words)  ", theme.style(.dim)),
                Span("esc", theme.style(.key)), Span(" runs", theme.style(.dim)),
            ]
        }
        return forms.first { $0.width <= room } ?? forms[forms.count - 1]
    }

    /// The brushed ranges and the runs that pass, in words.
    static func plain(_ state: ScreenContext<RunsScreen>) -> [PlainLine] {
        let model = RunAxes(state.own, state.shared)
        guard model.runs.count > 1 else { return [] }
        let brush = state.own.brush
        var lines = [PlainLine("axes", model.axes.map(\.name).joined(separator: ", "))]
        for axis in model.axes {
            guard let places = brush.places(on: axis.name), axis.values.indices.contains(places.upperBound) else {
                continue
            }
            lines.append(
                PlainLine(
                    "brushed \(axis.name)", "\(axis.values[places.lowerBound]) to \(axis.values[places.upperBound])"))
        }
        let passing = model.runs.indices.filter(model.passes).map { "\(model.runs[$0].summary.id)" }
        lines.append(
            PlainLine(
                "runs within",
                "\(passing.count) of \(model.runs.count)"
                    + (brush.isEmpty ? "" : ": \(passing.joined(separator: ", "))")))
        if let name = brush.axis, let axis = model.axes.first(where: { $0.name == name }),
            axis.values.indices.contains(brush.cursor)
        {
            lines.append(PlainLine("value of \(name)", axis.values[brush.cursor], isSelected: true))
        }
        return lines
    }
}
