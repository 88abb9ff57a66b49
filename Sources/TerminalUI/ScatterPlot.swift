/// Points of several classes on a plane: dots in the class's colour, a mark for those that stand out, and the class's
/// name in the middle of its points. In ASCII each cell has the character of the class with most points in it.
package struct ScatterPlot: Widget, Equatable {
    /// A point of a class.
    package struct Point: Equatable, Sendable {
        /// Its place along the horizontal axis.
        package var x: Double
        /// Its place along the vertical axis, upwards.
        package var y: Double
        /// Its class, an index of `names`.
        package var label: Int
        /// Whether it has a mark of its own.
        package var isMarked: Bool

        package init(x: Double, y: Double, label: Int, isMarked: Bool = false) {
            (self.x, self.y, self.label, self.isMarked) = (x, y, label, isMarked)
        }
    }

    /// The points, those of later ones over the earlier.
    package var points: [Point]
    /// A short name for each class.
    package var names: [String]
    /// Index of the point under the cursor; nil for none.
    package var cursor: Int?

    package init(points: [Point], names: [String], cursor: Int? = nil) {
        (self.points, self.names, self.cursor) = (points, names, cursor)
    }

    /// The colour of a class; with more classes than colours they come round again.
    package static func role(of label: Int) -> Theme.Role { Theme.runRoles[label % Theme.runRoles.count] }

    /// Draws all points, scaled so that they fill the area.
    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        guard area.width >= 2, area.height >= 2, let scale = PointScale(points, area) else { return }
        if look.glyphs == .ascii || look.colors == .mono {
            drawCharacters(scale, on: &buffer, look)
        } else {
            drawDots(scale, on: &buffer, look)
        }
        let mark: Unicode.Scalar = look.glyphs == .ascii ? "x" : "✗"
        for point in points where point.isMarked {
            let (x, y) = scale.cell(point)
            buffer[x, y] = Cell(mark, style: look.theme.style(.bad).bold())
        }
        if look.glyphs != .ascii, look.colors != .mono { drawNames(scale, on: &buffer, look) }
        guard let cursor, points.indices.contains(cursor) else { return }
        let (x, y) = scale.cell(points[cursor])
        let name = names.indices.contains(points[cursor].label) ? names[points[cursor].label] : "?"
        let scalar = points[cursor].isMarked ? mark : name.unicodeScalars.first ?? "?"
        buffer[x, y] = Cell(scalar, style: look.theme.style(.key).bold().with(.reverse))
    }

    /// Dots in the colour of the class that has most of them in a cell.
    private func drawDots(_ scale: PointScale, on buffer: inout Buffer, _ look: Look) {
        let fine = look.glyphs == .braille
        let (across, down) = fine ? (2, 4) : (1, 2)
        var bits: [Int: UInt32] = [:]
        for point in points {
            let (x, y) = scale.dot(point, across, down)
            let place = y / down * scale.area.width + x / across
            bits[place, default: 0] |= fine ? PlotCanvas.bits[y % 4][x % 2] : UInt32(1 << (y % 2))
        }
        for (place, label) in labels(scale) {
            let dots = bits[place] ?? 0
            let half: [Unicode.Scalar] = [" ", "▀", "▄", "█"]
            let scalar = fine ? Unicode.Scalar(0x2800 + dots) ?? " " : half[Int(dots & 3)]
            buffer[scale.area.x + place % scale.area.width, scale.area.y + place / scale.area.width] = Cell(
                scalar, style: look.theme.style(ScatterPlot.role(of: label)))
        }
    }

    private func drawCharacters(_ scale: PointScale, on buffer: inout Buffer, _ look: Look) {
        for (place, label) in labels(scale) {
            let scalar = names.indices.contains(label) ? names[label].unicodeScalars.first ?? "?" : "?"
            let style = look.colors == .mono ? Theme.Role.text : ScatterPlot.role(of: label)
            buffer[scale.area.x + place % scale.area.width, scale.area.y + place / scale.area.width] = Cell(
                scalar, style: look.theme.style(style))
        }
    }

    /// The class with most points in each cell that has any.
    private func labels(_ scale: PointScale) -> [Int: Int] {
        var counts: [Int: [Int: Int]] = [:]
        for point in points {
            let (x, y) = scale.cell(point)
            counts[(y - scale.area.y) * scale.area.width + x - scale.area.x, default: [:]][point.label, default: 0] += 1
        }
        return counts.mapValues { $0.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0 }
    }

    /// Each class's name at the mean of its points.
    private func drawNames(_ scale: PointScale, on buffer: inout Buffer, _ look: Look) {
        for (label, name) in names.enumerated() {
            let own = points.filter { $0.label == label }
            guard !own.isEmpty else { continue }
            let middle = Point(
                x: own.reduce(0) { $0 + $1.x } / Double(own.count), y: own.reduce(0) { $0 + $1.y } / Double(own.count),
                label: label)
            let (x, y) = scale.cell(middle)
            let style = Style(foreground: look.theme[.background], background: look.theme[ScatterPlot.role(of: label)])
            buffer.clipped(to: scale.area) { $0.write(" \(name) ", x: x - 1, y: y, style.bold()) }
        }
    }
}

/// From the plane to cells.
private struct PointScale {
    let area: Rect
    private let x: ClosedRange<Double>
    private let y: ClosedRange<Double>

    /// nil without a point that has a place.
    init?(_ points: [ScatterPlot.Point], _ area: Rect) {
        func range(_ values: [Double]) -> ClosedRange<Double>? {
            guard let least = values.min(), let greatest = values.max(), least.isFinite, greatest.isFinite else {
                return nil
            }
            return least < greatest ? least...greatest : (least - 1)...(greatest + 1)
        }
        guard let x = range(points.map(\.x)), let y = range(points.map(\.y)) else { return nil }
        (self.area, self.x, self.y) = (area, x, y)
    }

    /// The dot of a point within the area, at so many dots a cell.
    func dot(_ point: ScatterPlot.Point, _ across: Int, _ down: Int) -> (x: Int, y: Int) {
        let (columns, rows) = (area.width * across, area.height * down)
        let right = (point.x - x.lowerBound) / (x.upperBound - x.lowerBound)
        let below = (y.upperBound - point.y) / (y.upperBound - y.lowerBound)
        return (
            min(columns - 1, max(0, Int(right * Double(columns)))), min(rows - 1, max(0, Int(below * Double(rows))))
        )
    }

    func cell(_ point: ScatterPlot.Point) -> (x: Int, y: Int) {
        let dot = dot(point, 2, 4)
        return (area.x + dot.x / 2, area.y + dot.y / 4)
    }
}
