extension LineChart {
    /// Columns right of the plot for the tags, with an empty one; none where the plot would become too small, or nearly
    /// every row would have a tag.
    func tagColumns(_ width: Int, rows: Int) -> Int {
        let tags = series.map { $0.tag.columns }.filter { $0 > 0 }
        guard let widest = tags.max(), width >= widest + 17, tags.count * 4 <= rows * 3 else { return 0 }
        return widest + 1
    }

    /// The tags of the lines, each at the height of its line's right end, or as near as other tags allow.
    func drawTags(_ frame: Frame, _ buffer: inout Buffer, _ look: Look) {
        guard tagColumns(.max, rows: frame.plot.height) > 0, frame.plot.maxX < buffer.clip.maxX else { return }
        let wanted = series.filter { !$0.tag.isEmpty }.compactMap { series in
            lastPlace(of: series, frame).map { (series: series, row: $0.row, value: $0.value) }
        }.sorted { ($0.row, $1.value) < ($1.row, $0.value) }.map { (series: $0.series, row: $0.row) }
        for (series, row) in LineChart.spread(wanted, rows: frame.plot.y..<frame.plot.maxY) {
            let style = Style(foreground: series.color, background: look.theme[.background])
            buffer.write(series.tag, x: frame.plot.maxX + 1, y: row, style)
        }
    }

    /// The last visible value, and its row; beyond an edge of the plot the row at the edge.
    private func lastPlace(of series: Series, _ frame: Frame) -> (row: Int, value: Double)? {
        let last = series.points.last { xRange.contains($0.x) && transformed($0.y).isFinite }
        guard let last else { return nil }
        let value = min(frame.y.upperBound, max(frame.y.lowerBound, transformed(last.y)))
        return row(value, frame).map { ($0, transformed(last.y)) }
    }

    /// Rows for all tags, assigned from the top down, no two on one; the last tags are left out where there are too few
    /// rows.
    static func spread(
        _ wanted: [(series: Series, row: Int)], rows: Range<Int>
    ) -> [(series: Series, row: Int)] {
        var placed = Array(wanted.prefix(rows.count))
        var next = rows.lowerBound
        for index in placed.indices {
            placed[index].row = max(placed[index].row, next)
            next = placed[index].row + 1
        }
        var limit = rows.upperBound - 1
        for index in placed.indices.reversed() {
            placed[index].row = min(placed[index].row, limit)
            limit = placed[index].row - 1
        }
        return placed
    }

    /// A dot on each line where the cursor crosses it, or the line's own symbol.
    func drawCursorValues(_ frame: Frame, _ buffer: inout Buffer, _ look: Look) {
        guard let cursor, let x = column(cursor, frame) else { return }
        for series in series where series.kind == .line && !series.faint {
            guard let value = LineChart.value(series.points, at: cursor), let y = row(transformed(value), frame) else {
                continue
            }
            let style = Style(foreground: series.color, background: look.theme[.background], attributes: .bold)
            buffer[x, y] = Cell(look.glyphs == .ascii ? "@" : series.symbol ?? "●", style: style)
        }
    }

    /// The value of a line at a place, interpolated between two points; nil beyond its ends and where it is broken.
    package static func value(_ points: [Point], at x: Double) -> Double? {
        guard let index = points.firstIndex(where: { $0.x >= x }) else { return nil }
        let right = points[index]
        guard right.x > x else { return right.y.isFinite ? right.y : nil }
        guard index > 0 else { return nil }
        let left = points[index - 1]
        let value = left.y + (right.y - left.y) * (x - left.x) / (right.x - left.x)
        return value.isFinite ? value : nil
    }

    /// The place on the x axis under a column of the screen, for a chart drawn in `area`; nil beside the plot.
    package func place(atColumn column: Int, in area: Rect) -> Double? {
        let frame = frame(in: area)
        guard column >= frame.plot.x, column < frame.plot.maxX else { return nil }
        let share = frame.plot.width > 1 ? Double(column - frame.plot.x) / Double(frame.plot.width - 1) : 0
        return frame.x.lowerBound + share * (frame.x.upperBound - frame.x.lowerBound)
    }
}
