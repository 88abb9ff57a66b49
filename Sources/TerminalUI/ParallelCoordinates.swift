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
    /// Columns of the labels at the left of an axis.
    private static let labels = 8

    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        guard axes.count > 1, area.height >= 4, area.width >= axes.count * 6 else { return }
        let plot = Rect(
            x: area.x + Self.labels, y: area.y + 1, width: area.width - Self.labels - 1, height: area.height - 1)
        let columns = axes.indices.map { plot.x + $0 * (plot.width - 1) / (axes.count - 1) }
        drawLines(columns, in: plot, on: &buffer, look: look)
        for (axis, x) in zip(axes, columns) { draw(axis, x: x, in: plot, area: area, on: &buffer, look: look) }
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
        _ axis: Axis, x: Int, in plot: Rect, area: Rect, on buffer: inout Buffer, look: Look
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
        drawTicks(axis, x: x, in: plot, on: &buffer, look: look)
        guard axis.isChosen, let cursor = axis.cursor else { return }
        buffer[x, plot.y + row(cursor, plot.height)] = Cell(
            look.glyphs == .ascii ? ">" : "◆", style: theme.style(.key).bold())
    }

    /// The ends first, then those between as long as each has a row of its own.
    private func drawTicks(_ axis: Axis, x: Int, in plot: Rect, on buffer: inout Buffer, look: Look) {
        let theme = look.theme
        var taken: Set<Int> = []
        let sorted = axis.ticks.sorted { abs($0.share - 0.5) > abs($1.share - 0.5) }
        for tick in sorted {
            let row = row(tick.share, plot.height)
            guard !taken.contains(row) else { continue }
            taken.insert(row)
            let label = String(tick.label.prefix(Self.labels - 1))
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
