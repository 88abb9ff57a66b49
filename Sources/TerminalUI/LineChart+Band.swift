extension LineChart {
    /// From the first quartile of some values to the third; nil for fewer than four finite ones.
    package static func quartiles(_ values: [Float]) -> ClosedRange<Double>? {
        let sorted = values.filter(\.isFinite).sorted()
        guard sorted.count > 3 else { return nil }
        return Double(sorted[sorted.count / 4])...Double(sorted[(sorted.count * 3 - 1) / 4])
    }

    /// Whether envelopes are bands of colour behind the lines; elsewhere they are fields of dots.
    static func hasBand(_ look: Look) -> Bool {
        look.glyphs != .ascii && (look.colors == .truecolor || look.colors == .palette256)
    }

    /// Tints the space between the least and the greatest values, to half a row. What is drawn later keeps the tint
    /// behind it.
    func drawBand(_ frame: Frame, _ buffer: inout Buffer, _ look: Look) {
        for series in series where series.kind == .envelope {
            let tint = LineChart.tint(of: series, look)
            for (column, extent) in extents(series.envelope, frame) {
                let x = frame.plot.x + column
                for row in extent.top / 2...extent.bottom / 2 {
                    // An inner band lies on an outer one.
                    let background = buffer[x, frame.plot.y + row].style.background
                    let upper = extent.top <= 2 * row
                    let lower = extent.bottom >= 2 * row + 1
                    let cell: Cell
                    switch (upper, lower) {
                    case (true, true): cell = Cell(" ", style: Style(foreground: tint, background: tint))
                    case (true, false): cell = Cell("▀", style: Style(foreground: tint, background: background))
                    default: cell = Cell("▄", style: Style(foreground: tint, background: background))
                    }
                    buffer[x, frame.plot.y + row] = cell
                }
            }
        }
    }

    private static func tint(of series: Series, _ look: Look) -> Color {
        look.theme.faded(series.color, series.isOuter ? 0.93 : 0.84)
    }

    /// Two cells that look as a band does, for its name in a legend.
    package static func swatch(of series: Series, _ look: Look) -> Span {
        if hasBand(look) {
            let tint = tint(of: series, look)
            return Span("  ", Style(foreground: tint, background: tint))
        }
        let scalar: Unicode.Scalar
        switch look.glyphs {
        case .ascii: scalar = Buffer.ascii(series.mark)
        case .block: scalar = "█"
        case .braille: scalar = series.isOuter ? "⠅" : "⢕"
        }
        return Span(String(repeating: Character(scalar), count: 2), style(of: series, look))
    }

    /// Half rows of the plot from its top, both ends included.
    private struct Extent {
        var top: Int
        var bottom: Int
    }

    /// The extent in each column of the plot: of all points in it, so that no spike is lost, and of the line between
    /// neighbours that are more than a column apart. NaN breaks the band.
    private func extents(_ points: [EnvelopePoint], _ frame: Frame) -> [Int: Extent] {
        let scale = PlotScale(x: frame.x, y: frame.y, width: frame.plot.width, height: frame.plot.height * 2)
        var result: [Int: Extent] = [:]
        func add(_ column: Int, _ top: Double, _ bottom: Double) {
            guard column >= 0, column < frame.plot.width else { return }
            let limit = Double(scale.height - 1)
            let top = Int(min(limit, max(0, top.rounded())))
            let bottom = Int(min(limit, max(0, bottom.rounded())))
            let old = result[column] ?? Extent(top: top, bottom: bottom)
            result[column] = Extent(top: min(old.top, top), bottom: max(old.bottom, bottom))
        }
        var previous: (column: Int, top: Double, bottom: Double)?
        for point in points.map(transformed) {
            let x = scale.column(point.x)
            guard point.low.isFinite, point.high.isFinite, x > -1, x < Double(scale.width) else {
                previous = nil
                continue
            }
            let next = (
                column: Int(x.rounded()), top: scale.row(max(point.low, point.high)),
                bottom: scale.row(min(point.low, point.high))
            )
            if let previous, next.column > previous.column + 1 {
                for column in (previous.column + 1)..<next.column {
                    let share = Double(column - previous.column) / Double(next.column - previous.column)
                    add(
                        column, previous.top + (next.top - previous.top) * share,
                        previous.bottom + (next.bottom - previous.bottom) * share)
                }
            }
            add(next.column, next.top, next.bottom)
            previous = next
        }
        return result
    }
}
