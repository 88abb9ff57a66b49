extension LineChart {
    /// Columns right of the plot for the tags, with one for their leaders; none where the plot would become too small. They
    /// don't follow from the rows, so that charts one above the other have one x axis.
    func tagColumns(_ width: Int) -> Int {
        let widest = series.map { $0.tag.columns }.max() ?? 0
        return widest > 0 && width >= widest + 17 ? widest + 1 : 0
    }

    /// The series that have a tag: in a low plot, where nearly every row would have one, the uppermost of them.
    private func tagged(rows: Int) -> some Sequence<Series> {
        series.filter { !$0.tag.isEmpty }.suffix(max(min(2, rows), rows * 3 / 4))
    }

    /// A tag, and where its line ends.
    struct LineEnd {
        var series: Series
        /// The last column of the line.
        var lineColumn: Int
        /// The column that the tag is beside.
        var column: Int
        /// The row of the last value.
        var row: Int
        /// The last value, on the axis.
        var value: Double
        /// The row of the tag.
        var tagRow = 0
    }

    /// The tags of the lines, each beside its line's end. Where they would be on one row they are moved apart, and a
    /// leader goes from the end of the line to its tag.
    func drawTags(_ frame: Frame, _ buffer: inout Buffer, _ look: Look) {
        guard tagColumns(.max) > 0, frame.plot.maxX < frame.right else { return }
        for group in tagGroups(frame) { draw(group, frame, &buffer, look) }
    }

    /// Lines that end at about the same column have their tags one below the other; those furthest right come first.
    private func tagGroups(_ frame: Frame) -> [[LineEnd]] {
        let ends = tagged(rows: frame.plot.height).compactMap { lineEnd($0, frame) }.sorted {
            ($0.column, $0.value) > ($1.column, $1.value)
        }
        var groups: [[LineEnd]] = []
        for end in ends {
            if let last = groups.last, last[0].column - end.column <= 3 {
                groups[groups.count - 1].append(end)
            } else {
                groups.append([end])
            }
        }
        return groups.map { group in
            LineChart.spread(
                group.sorted { ($0.row, $1.value) < ($1.row, $0.value) }, rows: frame.plot.y..<frame.plot.maxY)
        }
    }

    private func draw(_ group: [LineEnd], _ frame: Frame, _ buffer: inout Buffer, _ look: Look) {
        guard let column = group.map(\.column).max() else { return }
        // Before the right edge there may be other lines: the tags take the rows where they hide least.
        let moved = [0, -1, 1, -2, 2, -3, 3].filter { shift in
            group.allSatisfy { frame.plot.y..<frame.plot.maxY ~= $0.tagRow + shift }
        }
        let shift = moved.min { first, second in
            cost(group, first, column, buffer) < cost(group, second, column, buffer)
        }
        let placed = group.map { end in
            var end = end
            end.tagRow += shift ?? 0
            return end
        }
        drawLeaders(placed, column: column + 1, &buffer, look)
        for end in placed {
            let style = Style(foreground: end.series.color, background: look.theme[.background])
            buffer.write(end.series.tag, x: column + 2, y: end.tagRow, style)
            drawLevel(from: end.lineColumn + 1, to: column, end.row, &buffer, look)
        }
    }

    /// Dots from the end of a line to the right edge, on its row.
    private func drawLevel(from start: Int, to column: Int, _ row: Int, _ buffer: inout Buffer, _ look: Look) {
        guard start < column else { return }
        let dot = Cell(look.glyphs == .ascii ? "." : "┈", style: look.theme.style(.border).with(.mark))
        for x in start...column where (x - start) % 2 == 1 && buffer[x, row].scalar == " " {
            var cell = dot
            cell.style.background = buffer[x, row].style.background
            buffer[x, row] = cell
        }
    }

    /// Two for each cell of a line or a tag that would be hidden, and one for each row that the tags are moved.
    private func cost(_ group: [LineEnd], _ shift: Int, _ column: Int, _ buffer: Buffer) -> Int {
        group.reduce(abs(shift)) { cost, end in
            let cells = (column + 1)..<(column + 2 + end.series.tag.columns)
            return cost + cells.count { !LineChart.isEmptyOrGuide(buffer[$0, end.tagRow + shift].scalar) } * 2
        }
    }

    /// The last visible value with its place; beyond an edge of the plot at the edge.
    private func lineEnd(_ series: Series, _ frame: Frame) -> LineEnd? {
        let last = series.points.last { xRange.contains($0.x) && transformed($0.y).isFinite }
        guard let last, let column = column(last.x, frame) else { return nil }
        let value = transformed(last.y)
        let row = row(min(frame.y.upperBound, max(frame.y.lowerBound, value)), frame)
        let place = tagsAtEdge ? frame.plot.maxX - 1 : column
        return row.map { LineEnd(series: series, lineColumn: column, column: place, row: $0, value: value) }
    }

    /// Rows for all tags, no two on one, as near to their lines' ends as others allow; the last tags are left out where
    /// there are too few rows.
    static func spread(_ wanted: [LineEnd], rows: Range<Int>) -> [LineEnd] {
        var placed = Array(wanted.prefix(rows.count))
        var next = rows.lowerBound
        for index in placed.indices {
            placed[index].tagRow = max(placed[index].row, next)
            next = placed[index].tagRow + 1
        }
        var limit = rows.upperBound - 1
        for index in placed.indices.reversed() {
            placed[index].tagRow = min(placed[index].tagRow, limit)
            limit = placed[index].tagRow - 1
        }
        return placed
    }

    /// Which neighbours a cell of a leader is joined to.
    private struct Joints: OptionSet {
        let rawValue: Int
        static let left = Joints(rawValue: 1)
        static let right = Joints(rawValue: 2)
        static let up = Joints(rawValue: 4)
        static let down = Joints(rawValue: 8)
        /// By raw value.
        static let glyphs: [Unicode.Scalar] = [
            " ", "╴", "╶", "─", "╵", "┘", "└", "┴", "╷", "┐", "┌", "┬", "│", "┤", "├", "┼",
        ]

        func scalar(ascii: Bool) -> Unicode.Scalar {
            guard ascii else { return Joints.glyphs[rawValue] }
            return isSubset(of: [.left, .right]) ? "-" : isSubset(of: [.up, .down]) ? "|" : "+"
        }
    }

    /// Lines from the ends of lines to tags that are on other rows.
    private func drawLeaders(_ placed: [LineEnd], column: Int, _ buffer: inout Buffer, _ look: Look) {
        guard placed.contains(where: { $0.row != $0.tagRow }) else { return }
        var joints: [Int: Joints] = [:]
        for end in placed {
            joints[end.row, default: []].insert(.left)
            joints[end.tagRow, default: []].insert(.right)
            let (top, bottom) = (min(end.row, end.tagRow), max(end.row, end.tagRow))
            for row in top..<bottom {
                joints[row, default: []].insert(.down)
                joints[row + 1, default: []].insert(.up)
            }
        }
        for (row, joints) in joints {
            buffer[column, row] = Cell(joints.scalar(ascii: look.glyphs == .ascii), style: look.theme.style(.dim))
        }
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

    /// The area of the lines of a chart that is drawn in `area`.
    package func plot(in area: Rect) -> Rect { frame(in: area).plot }

    /// Draws the labels of the x axis for a chart that is drawn in `area` on another row, such as the border of a panel
    /// below it.
    ///
    /// - Returns: the area of the chart's lines.
    @discardableResult
    package func drawXAxis(of area: Rect, atRow row: Int, on buffer: inout Buffer, look: Look) -> Rect {
        var frame = frame(in: area)
        frame.xAxis = row
        guard !frame.plot.isEmpty else { return frame.plot }
        drawBorderLabels(frame, row: row, &buffer, look)
        drawCursorMark(frame, &buffer, look)
        return frame.plot
    }

    /// The place on the x axis under a column of the screen, for a chart drawn in `area`; nil beside the plot.
    package func place(atColumn column: Int, in area: Rect) -> Double? {
        let frame = frame(in: area)
        guard column >= frame.plot.x, column < frame.plot.maxX else { return nil }
        let share = frame.plot.width > 1 ? Double(column - frame.plot.x) / Double(frame.plot.width - 1) : 0
        return frame.x.lowerBound + share * (frame.x.upperBound - frame.x.lowerBound)
    }
}
