/// A few lines in a small area, with the ends of both axes: for curves whose shape is the point, not their values.
package struct DotPlot: Widget {
    /// A line through points in the order given.
    package struct Line {
        /// In the order in which they are joined.
        package var points: [(x: Double, y: Double)]
        /// Its colour.
        package var role: Theme.Role
        /// The character of its dots in ASCII.
        package var mark: Unicode.Scalar

        package init(_ points: [(x: Double, y: Double)], role: Theme.Role, mark: Unicode.Scalar) {
            (self.points, self.role, self.mark) = (points, role, mark)
        }
    }

    /// Later ones are drawn over earlier ones.
    package var lines: [Line]
    /// From the left edge to the right one.
    package var xRange: ClosedRange<Double>
    /// From the bottom to the top.
    package var yRange: ClosedRange<Double>
    /// Below the area: at its left end, in its middle, at its right end.
    package var xLabels: (start: String, title: String, end: String)
    /// At the left of the area: at its bottom and at its top.
    package var yLabels: (bottom: String, top: String)

    package init(
        lines: [Line], xRange: ClosedRange<Double>, yRange: ClosedRange<Double>,
        xLabels: (start: String, title: String, end: String), yLabels: (bottom: String, top: String)
    ) {
        (self.lines, self.xRange, self.yRange) = (lines, xRange, yRange)
        (self.xLabels, self.yLabels) = (xLabels, yLabels)
    }

    /// Draws the lines, with one row and a few columns for the axes.
    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        let label = max(yLabels.bottom.columns, yLabels.top.columns)
        let plot = area.inset(left: label + 1, bottom: 1)
        guard plot.width >= 4, plot.height >= 2 else { return }
        let dim = look.theme.style(.dim)
        buffer.clipped(to: area) { buffer in
            buffer.write(yLabels.top, rightAlignedAt: plot.x - 1, y: plot.y, dim)
            buffer.write(yLabels.bottom, rightAlignedAt: plot.x - 1, y: plot.maxY - 1, dim)
            buffer.write(xLabels.start, x: plot.x, y: plot.maxY, dim)
            buffer.write(xLabels.end, rightAlignedAt: plot.maxX, y: plot.maxY, dim)
            let room = plot.width - xLabels.start.columns - xLabels.end.columns - 2
            if xLabels.title.columns <= room {
                let middle = Rect(x: plot.x + xLabels.start.columns + 1, y: plot.maxY, width: room, height: 1)
                buffer.write(xLabels.title, centredIn: middle, y: plot.maxY, dim)
            }
            for y in plot.y..<plot.maxY {
                buffer[plot.x - 1, y] = Cell(look.glyphs == .ascii ? "|" : "│", style: look.theme.style(.border))
            }
            for line in lines { draw(line, in: plot, on: &buffer, look: look) }
        }
    }

    private func draw(_ line: Line, in plot: Rect, on buffer: inout Buffer, look: Look) {
        let fine = look.glyphs == .braille
        let (across, down) = fine ? (2, 4) : (1, look.glyphs == .block ? 2 : 1)
        var raster = DotRaster(width: plot.width * across, height: plot.height * down)
        func place(_ value: Double, _ range: ClosedRange<Double>, _ count: Int) -> Double {
            (value - range.lowerBound) / (range.upperBound - range.lowerBound) * Double(count - 1)
        }
        let dots = line.points.map { point in
            (
                x: place(point.x, xRange, raster.width),
                y: Double(raster.height - 1) - place(point.y, yRange, raster.height)
            )
        }
        for (from, to) in zip(dots, dots.dropFirst()) { raster.join(from, to) }
        if let only = dots.first, dots.count == 1 { raster.join(only, only) }
        let style = look.theme.style(line.role)
        for y in 0..<plot.height {
            for x in 0..<plot.width {
                guard let scalar = raster.scalar(x, y, across, down, mark: line.mark) else { continue }
                buffer[plot.x + x, plot.y + y] = Cell(scalar, style: style)
            }
        }
    }
}

/// The dots of one line.
private struct DotRaster {
    let width: Int
    let height: Int
    private var dots: [Bool]

    init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
        dots = Array(repeating: false, count: width * height)
    }

    /// Sets the dots between two; what lies outside is left out.
    mutating func join(_ from: (x: Double, y: Double), _ to: (x: Double, y: Double)) {
        guard from.x.isFinite, from.y.isFinite, to.x.isFinite, to.y.isFinite else { return }
        let steps = min(4 * (width + height), Int(max(abs(to.x - from.x), abs(to.y - from.y)).rounded(.up)))
        for step in 0...max(1, steps) {
            let share = Double(step) / Double(max(1, steps))
            let x = (from.x + (to.x - from.x) * share).rounded()
            let y = (from.y + (to.y - from.y) * share).rounded()
            guard x >= 0, y >= 0, x < Double(width), y < Double(height) else { continue }
            dots[Int(y) * width + Int(x)] = true
        }
    }

    /// The character of a cell; nil without a dot.
    func scalar(_ x: Int, _ y: Int, _ across: Int, _ down: Int, mark: Unicode.Scalar) -> Unicode.Scalar? {
        func isSet(_ column: Int, _ row: Int) -> Bool { dots[(y * down + row) * width + x * across + column] }
        if across == 2 {
            var bits: UInt32 = 0
            for row in 0..<4 { for column in 0..<2 where isSet(column, row) { bits |= PlotCanvas.bits[row][column] } }
            return bits == 0 ? nil : Unicode.Scalar(0x2800 + bits)
        }
        if down == 1 { return isSet(0, 0) ? mark : nil }
        switch (isSet(0, 0), isSet(0, 1)) {
        case (true, true): return "█"
        case (true, false): return "▀"
        case (false, true): return "▄"
        case (false, false): return nil
        }
    }
}
