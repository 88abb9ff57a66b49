extension LineChart {
    /// Draws a line alone, without axes, into an area.
    package static func drawLine(
        _ points: [Point], x: ClosedRange<Double>, y: ClosedRange<Double>, color: Color, mark: Unicode.Scalar = "*",
        in area: Rect, on buffer: inout Buffer, look: Look
    ) {
        var canvas = PlotCanvas(
            width: area.width, height: area.height, glyphs: look.glyphs, mono: look.colors == .mono)
        guard canvas.dotColumns > 1, canvas.dotRows > 0 else { return }
        let scale = PlotScale(
            x: widened(x), y: widened(y), width: canvas.dotColumns, height: canvas.dotRows)
        canvas.line(points, owner: 0, scale: scale)
        let stroke = PlotCanvas.Stroke(style: Style(foreground: color, background: look.theme[.background]))
        _ = canvas.draw(at: area, on: &buffer, strokes: [stroke], marks: [mark])
    }

    /// Draws envelopes, then faint lines, then the others; false when nothing is visible.
    func drawCurves(_ frame: Frame, _ empty: PlotCanvas, _ buffer: inout Buffer, _ look: Look) -> Bool {
        var canvas = empty
        let scale = PlotScale(x: frame.x, y: frame.y, width: canvas.dotColumns, height: canvas.dotRows)
        // A dot belongs to the series with the highest rank in drawing order, which is above the others.
        let ordered =
            series.filter { $0.kind == .envelope } + series.filter { $0.kind == .line && $0.faint }
            + series.filter { $0.kind == .line && !$0.faint }
        for (rank, series) in ordered.enumerated() where series.kind == .line && !series.faint && rank < 32 {
            canvas.turns |= 1 << UInt32(rank)
        }
        var lines = 0
        var strokes: [PlotCanvas.Stroke] = []
        for (rank, series) in ordered.enumerated() {
            strokes.append(stroke(of: series, line: lines, look))
            if series.kind == .envelope {
                if LineChart.hasBand(look) { continue }
                canvas.fill(
                    series.envelope.map(transformed), owner: rank, scale: scale, density: series.isOuter ? 4 : 2)
                continue
            }
            canvas.line(series.points.map(transformed), owner: rank, scale: scale)
            if !series.faint { lines += 1 }
        }
        let drawn = canvas.draw(at: frame.plot, on: &buffer, strokes: strokes, marks: ordered.map(\.mark))
        if look.colors == .mono, look.glyphs != .ascii {
            for (rank, series) in ordered.enumerated() {
                canvas.drawSymbols(
                    series.symbol, of: rank, at: frame.plot, on: &buffer, style: strokes[rank].style.with(.bold))
            }
        }
        return drawn || LineChart.hasBand(look) && series.contains { !$0.envelope.isEmpty }
    }

    /// A line of a single value is a symbol: one dot is not seen. Values in one cell stand side by side.
    func drawSingleValues(_ frame: Frame, _ buffer: inout Buffer, _ look: Look) {
        var taken: Set<[Int]> = []
        for series in series where series.kind == .line && !series.faint {
            let known = series.points.filter { transformed($0.y).isFinite }
            guard known.count == 1, let x = column(known[0].x, frame), let y = row(transformed(known[0].y), frame)
            else { continue }
            let symbol =
                look.glyphs == .ascii ? Buffer.ascii(series.mark) : series.symbol ?? (series.dashed ? "◆" : "●")
            let place = taken.contains([x, y]) ? x - 1 : x
            taken.insert([place, y])
            guard place >= frame.plot.x else { continue }
            let style = Style(foreground: series.color, background: look.theme[.background], attributes: .bold)
            buffer[place, y] = Cell(symbol, style: style)
        }
    }

    /// Without colour every second line is dashed to distinguish it, unless symbols do that.
    private func stroke(of series: Series, line: Int, _ look: Look) -> PlotCanvas.Stroke {
        let style = LineChart.style(of: series, look)
        let isDashed =
            series.dashed
            || look.colors == .mono && series.kind == .line && !series.faint && series.symbol == nil
                && !line.isMultiple(of: 2)
        guard isDashed else { return PlotCanvas.Stroke(style: style) }
        return PlotCanvas.Stroke(style: style, between: LineChart.between(series.color, look))
    }

    /// The look of a dashed line between two dashes.
    private static func between(_ color: Color, _ look: Look) -> Style {
        let page = look.theme[.background]
        switch look.colors {
        case .mono, .palette16: return Style(foreground: color, background: page).with(.dim)
        case .truecolor, .palette256: return Style(foreground: look.theme.faded(color, 0.52), background: page)
        }
    }

    static func style(of series: Series, _ look: Look) -> Style {
        let background = look.theme[.background]
        // Faded colours would be black there.
        if series.faint || series.kind == .envelope, look.colors == .mono || look.colors == .palette16 {
            return look.theme.style(.dim).with(.dim)
        }
        let faded: Double = series.kind == .envelope ? 0.68 : series.faint ? 0.62 : 0
        return Style(
            foreground: faded == 0 ? series.color : look.theme.faded(series.color, faded), background: background)
    }
}
