/// Points of several classes on a plane: dots in the class's colour, a cross for those that stand out, and the class's
/// name in the middle of its points. Without enough colours each cell has the mark of the class with most points in it.
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

    /// Draws all points, scaled so that they fill the area.
    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        guard area.width >= 2, area.height >= 2, let scale = PointScale(points, area) else { return }
        let colors = ClassColors(look)
        let marks = ClassMarks(names)
        if colors.tellApart {
            drawDots(scale, colors, on: &buffer, look)
        } else {
            drawCharacters(scale, colors, marks, on: &buffer, look)
        }
        let wrong: Unicode.Scalar = look.glyphs == .ascii ? "x" : "✗"
        for point in points where point.isMarked {
            let (x, y) = scale.cell(point)
            buffer[x, y] = Cell(wrong, style: look.theme.style(.bad).bold())
        }
        drawNames(scale, colors, marks, on: &buffer, look)
        guard let cursor, points.indices.contains(cursor) else { return }
        let (x, y) = scale.cell(points[cursor])
        let scalar = points[cursor].isMarked ? wrong : marks[points[cursor].label]
        buffer[x, y] = Cell(scalar, style: look.theme.style(.key).bold().with(.reverse))
    }

    /// Dots in the colour of the class that has most of them in a cell.
    private func drawDots(_ scale: PointScale, _ colors: ClassColors, on buffer: inout Buffer, _ look: Look) {
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
                scalar, style: colors.style(label))
        }
    }

    /// The mark of the class that has most points in a cell.
    private func drawCharacters(
        _ scale: PointScale, _ colors: ClassColors, _ marks: ClassMarks, on buffer: inout Buffer, _ look: Look
    ) {
        for (place, label) in labels(scale) {
            buffer[scale.area.x + place % scale.area.width, scale.area.y + place / scale.area.width] = Cell(
                marks[label], style: colors.style(label))
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

    /// Each class's name at the mean of its points; where points are drawn as marks, the mark, too.
    private func drawNames(
        _ scale: PointScale, _ colors: ClassColors, _ marks: ClassMarks, on buffer: inout Buffer, _ look: Look
    ) {
        for (label, name) in names.enumerated() {
            let own = points.filter { $0.label == label }
            guard !own.isEmpty else { continue }
            let middle = Point(
                x: own.reduce(0) { $0 + $1.x } / Double(own.count), y: own.reduce(0) { $0 + $1.y } / Double(own.count),
                label: label)
            let (x, y) = scale.cell(middle)
            let mark = String(Character(marks[label]))
            let words = colors.tellApart || name == mark ? name : "\(mark) \(name)"
            let text = look.glyphs == .ascii ? "[\(words)]" : " \(words) "
            // Within the area as a whole.
            let start = max(scale.area.x, min(x - 1, scale.area.maxX - text.columns))
            buffer.clipped(to: scale.area) { $0.write(text, x: start, y: y, colors.badge(label)) }
        }
    }
}

/// The colours of classes: those of runs, then the same ones darker. Where the terminal or the theme has too few that
/// differ, classes are told apart by marks.
package struct ClassColors {
    private let look: Look
    private let colors: [Color]
    /// Whether ten classes have ten colours.
    package let tellApart: Bool

    /// How much of the page the darker ones have.
    private static let share = 0.35
    /// The least distance of two colours in OKLab; what is nearer looks the same in a dot.
    static let least = 0.065

    package init(_ look: Look) {
        self.look = look
        let first = Theme.runRoles.map { look.theme[$0] }
        colors = first + first.map { look.theme.faded($0, Self.share).lifted(on: look.theme.page, to: 3) }
        let hasColors = look.glyphs != .ascii && (look.colors == .truecolor || look.colors == .palette256)
        let ten = colors.prefix(10)
        let shown =
            look.colors == .palette256 ? ten.map { ColorQuantizer.rgb(index: ColorQuantizer.index256($0)) } : Array(ten)
        tellApart = hasColors && Self.leastDistance(shown) >= Self.least
    }

    /// The distance of the two that are nearest to each other.
    static func leastDistance(_ colors: [Color]) -> Double {
        let seen = colors.map(PerceivedColor.init)
        var least = Double.infinity
        for (index, one) in seen.enumerated() {
            for other in seen[..<index] { least = min(least, one.distance(to: other)) }
        }
        return least.squareRoot()
    }

    /// A class's colour; with more classes than colours they come round again. Marks have no darker ones.
    package func color(_ label: Int) -> Color { colors[label % (tellApart ? colors.count : Theme.runRoles.count)] }

    func style(_ label: Int) -> Style {
        look.colors == .mono
            ? look.theme.style(.text) : Style(foreground: color(label), background: look.theme[.background])
    }

    /// A name on its class's colour.
    func badge(_ label: Int) -> Style {
        guard look.glyphs != .ascii, look.colors != .mono else { return look.theme.style(.title).bold().with(.reverse) }
        let color = color(label)
        let text = color.readable([look.theme.page, look.theme[.text]])
        return Style(foreground: text, background: color).bold()
    }
}

/// A character for each class: its name where all names are single characters, else its number, letters from 10 on.
struct ClassMarks {
    private let marks: [Unicode.Scalar]

    init(_ names: [String]) {
        let single = names.compactMap { $0.unicodeScalars.count == 1 ? $0.unicodeScalars.first : nil }
        guard single.count < names.count || Set(single).count < names.count else {
            marks = single
            return
        }
        marks = names.indices.map { String($0 % 36, radix: 36).unicodeScalars.first ?? "?" }
    }

    subscript(_ label: Int) -> Unicode.Scalar { marks.indices.contains(label) ? marks[label] : "?" }
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
