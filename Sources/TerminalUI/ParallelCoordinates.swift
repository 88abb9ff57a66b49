/// Axes side by side, and a line for each thing across all of them: how settings and results hang together.
package struct ParallelCoordinates: Widget {
    /// One axis: what it measures, and its labelled values.
    package struct Axis: Equatable, Sendable {
        /// A value with its height, 0 at the bottom and 1 at the top.
        package struct Tick: Equatable, Sendable {
            /// 0 ... 1.
            package var share: Double
            /// The value in words.
            package var label: String

            package init(share: Double, label: String) { (self.share, self.label) = (share, label) }
        }

        /// What it measures.
        package var title: String
        /// Its values, in any order; those without room are left out.
        package var ticks: [Tick]
        /// Whether keys act on it.
        package var isChosen = false
        /// The part that is brushed, 0 ... 1; nil for all of it.
        package var range: ClosedRange<Double>?
        /// The height of the cursor on a chosen axis, 0 ... 1.
        package var cursor: Double?

        package init(title: String, ticks: [Tick]) { (self.title, self.ticks) = (title, ticks) }
    }

    /// One line.
    package struct Line: Equatable, Sendable {
        /// Its height on each axis, 0 ... 1; nil leaves a gap.
        package var shares: [Double?]
        /// Its colour and attributes.
        package var style: Style
        /// Its character in ASCII.
        package var mark: Unicode.Scalar

        package init(shares: [Double?], style: Style, mark: Unicode.Scalar) {
            (self.shares, self.style, self.mark) = (shares, style, mark)
        }
    }

    /// From left to right.
    package var axes: [Axis]
    /// The last ones lie on top.
    package var lines: [Line]

    package init(axes: [Axis], lines: [Line]) { (self.axes, self.lines) = (axes, lines) }

    /// Columns of an axis with its labels.
    package static let leastAxis = 11
    /// Columns at the left of the first axis, at least; it has its labels there.
    private static let leastLabels = 8

    /// The columns of the axes in an area.
    package func columns(in area: Rect) -> [Int] {
        guard axes.count > 1 else { return axes.map { _ in area.x } }
        let plot = plot(in: area)
        return axes.indices.map { plot.x + $0 * (plot.width - 1) / (axes.count - 1) }
    }

    /// The height of a row of an area on the axes, 0 ... 1.
    package static func share(ofRow y: Int, in area: Rect) -> Double {
        // The first row has the titles.
        let height = max(1, area.height - 2)
        return min(1, max(0, 1 - Double(y - area.y - 1) / Double(height)))
    }

    private func plot(in area: Rect) -> Rect {
        let left = leftColumns(area.width)
        return Rect(x: area.x + left, y: area.y + 1, width: area.width - left - 1, height: area.height - 1)
    }

    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        guard axes.count > 1, area.height >= 4, area.width >= axes.count * 6 else { return }
        let left = leftColumns(area.width)
        let plot = plot(in: area)
        let columns = columns(in: area)
        drawLines(columns, in: plot, on: &buffer, look: look)
        for (index, axis) in axes.enumerated() {
            // Beside the axis before it, and a column of air.
            let room = index == 0 ? left - 1 : max(Self.leastLabels - 1, columns[index] - columns[index - 1] - 2)
            draw(axis, x: columns[index], room: room, in: plot, area: area, on: &buffer, look: look)
        }
    }

    /// As many as the labels of the first axis take, but not more than an axis has.
    private func leftColumns(_ width: Int) -> Int {
        let longest = axes[0].ticks.map { $0.label.columns }.max() ?? 0
        return max(Self.leastLabels, min(longest + 1, width / axes.count))
    }

    private func drawLines(_ columns: [Int], in plot: Rect, on buffer: inout Buffer, look: Look) {
        var canvas = PlotCanvas(
            width: plot.width, height: plot.height, glyphs: look.glyphs, mono: look.colors == .mono)
        // Half a cell of air: a line at the edge is not cut.
        let scale = PlotScale(
            x: 0...Double(max(1, plot.width - 1)), y: -0.02...1.02, width: canvas.dotColumns, height: canvas.dotRows)
        for (owner, line) in lines.enumerated() {
            let points = zip(columns, line.shares).map { column, share in
                LineChart.Point(x: Double(column - plot.x), y: share ?? .nan)
            }
            canvas.line(points, owner: owner, scale: scale)
        }
        guard !lines.isEmpty else { return }
        _ = canvas.draw(
            at: plot, on: &buffer, strokes: lines.map { PlotCanvas.Stroke(style: $0.style) }, marks: lines.map(\.mark))
    }

    private func draw(
        _ axis: Axis, x: Int, room: Int, in plot: Rect, area: Rect, on buffer: inout Buffer, look: Look
    ) {
        let theme = look.theme
        let titleStyle = axis.isChosen ? theme.style(.key).bold() : theme.style(.title)
        let title = String(axis.title.prefix(Self.leastAxis - 2))
        let start = min(max(area.x, x - title.columns + 1), area.maxX - title.columns)
        buffer.write(title, x: start, y: area.y, titleStyle)
        for row in 0..<plot.height {
            let isBrushed = axis.range.map { covers($0, row, plot.height) } ?? false
            let scalar: Unicode.Scalar = look.glyphs == .ascii ? (isBrushed ? "#" : "|") : isBrushed ? "┃" : "│"
            let style = isBrushed || axis.isChosen ? theme.style(.key) : theme.style(.dim)
            buffer[x, plot.y + row] = Cell(scalar, style: isBrushed ? style.bold() : style)
        }
        drawTicks(axis, x: x, room: room, in: plot, on: &buffer, look: look)
        guard axis.isChosen, let cursor = axis.cursor else { return }
        buffer[x, plot.y + row(cursor, plot.height)] = Cell(
            look.glyphs == .ascii ? ">" : "◆", style: theme.style(.key).bold())
    }

    /// The ends first, then those between as long as each has a row of its own.
    private func drawTicks(
        _ axis: Axis, x: Int, room: Int, in plot: Rect, on buffer: inout Buffer, look: Look
    ) {
        let theme = look.theme
        let labels = DistinctLabels.fitting(axis.ticks.map(\.label), room: room)
        var taken: Set<Int> = []
        let sorted = zip(axis.ticks, labels).sorted { abs($0.0.share - 0.5) > abs($1.0.share - 0.5) }
        for (tick, label) in sorted {
            let row = row(tick.share, plot.height)
            guard !taken.contains(row) else { continue }
            taken.insert(row)
            buffer.write(label, rightAlignedAt: x, y: plot.y + row, theme.style(axis.isChosen ? .title : .text))
        }
    }

    private func row(_ share: Double, _ height: Int) -> Int {
        min(height - 1, max(0, Int(((1 - share) * Double(height - 1)).rounded())))
    }

    private func covers(_ range: ClosedRange<Double>, _ row: Int, _ height: Int) -> Bool {
        (self.row(range.upperBound, height)...self.row(range.lowerBound, height)).contains(row)
    }
}
