extension LineChart {
    /// Draws envelopes, then faint lines, then the others; false when nothing is visible.
    func drawCurves(_ frame: Frame, _ empty: PlotCanvas, _ buffer: inout Buffer, _ look: Look) -> Bool {
        var canvas = empty
        let scale = PlotScale(x: frame.x, y: frame.y, width: canvas.dotColumns, height: canvas.dotRows)
        // A dot belongs to the series with the highest rank in drawing order, which is above the others.
        let ordered =
            series.filter { $0.kind == .envelope } + series.filter { $0.kind == .line && $0.faint }
            + series.filter { $0.kind == .line && !$0.faint }
        var lines = 0
        for (rank, series) in ordered.enumerated() {
            if series.kind == .envelope {
                if LineChart.hasBand(look) { continue }
                canvas.fill(series.envelope.map(transformed), owner: rank, scale: scale)
                continue
            }
            let pattern = pattern(of: series, line: lines, look)
            canvas.line(series.points.map(transformed), owner: rank, scale: scale, pattern: pattern)
            if !series.faint { lines += 1 }
        }
        let styles = ordered.map { style(of: $0, look) }
        let drawn = canvas.draw(at: frame.plot, on: &buffer, styles: styles, marks: ordered.map(\.mark))
        if look.colors == .mono, look.glyphs != .ascii {
            for (rank, series) in ordered.enumerated() {
                canvas.drawSymbols(
                    series.symbol, of: rank, at: frame.plot, on: &buffer, style: styles[rank].with(.bold))
            }
        }
        return drawn || LineChart.hasBand(look) && series.contains { !$0.envelope.isEmpty }
    }

    /// Without colour every second line is dotted to distinguish it, unless symbols do that. So are faint lines.
    private func pattern(of series: Series, line: Int, _ look: Look) -> PlotCanvas.Pattern {
        if series.dashed { return .dashed }
        guard look.colors == .mono else { return .solid }
        if series.faint { return .dotted }
        return series.symbol == nil && !line.isMultiple(of: 2) ? .dotted : .solid
    }

    private func style(of series: Series, _ look: Look) -> Style {
        let background = look.theme[.background]
        if series.faint, look.colors == .mono || look.colors == .palette16 {
            return look.theme.style(.dim).with(.dim)
        }
        let faded: Double = series.kind == .envelope ? 0.68 : series.faint ? 0.62 : 0
        return Style(
            foreground: faded == 0 ? series.color : look.theme.faded(series.color, faded), background: background)
    }
}
