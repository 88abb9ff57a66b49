/// Maps values to dots: column 0 is the left one, row 0 the top one.
struct PlotScale {
    var x: ClosedRange<Double>
    var y: ClosedRange<Double>
    var width: Int
    var height: Int

    func column(_ value: Double) -> Double {
        (value - x.lowerBound) / (x.upperBound - x.lowerBound) * Double(width - 1)
    }

    func row(_ value: Double) -> Double {
        (y.upperBound - value) / (y.upperBound - y.lowerBound) * Double(height - 1)
    }
}

/// A raster of dots finer than cells: 2 × 4 a cell in braille, 1 × 2 in half blocks, 1 × 1 in ASCII.
///
/// Each dot has the series that drew it. In braille a cell shows only the dots of its topmost series, as it has one colour.
/// Lines that take turns show the dots of all of them, and have the colour in turns: where two run through the same
/// cells, both can be followed, and no value is lost.
struct PlotCanvas {
    let width: Int
    let height: Int
    let glyphs: GlyphLevel
    let mono: Bool
    /// Whether an envelope is drawn with a part of its dots.
    let sparseFields: Bool
    let dotColumns: Int
    let dotRows: Int
    /// Rank of the series in drawing order, -1 where nothing is drawn.
    private(set) var owners: [Int16]
    /// The lines that take turns in a cell, a bit for each by its rank; those from 32 on never do.
    var turns: UInt32 = 0
    /// Those among them that drew a dot.
    private var sharers: [UInt32]

    init(width: Int, height: Int, glyphs: GlyphLevel, mono: Bool, sparseFields: Bool = false) {
        self.width = width
        self.height = height
        self.glyphs = glyphs
        self.mono = mono
        self.sparseFields = sparseFields
        dotColumns = width * (glyphs == .braille ? 2 : 1)
        dotRows = height * (glyphs == .braille ? 4 : glyphs == .block ? 2 : 1)
        owners = Array(repeating: -1, count: dotColumns * dotRows)
        sharers = Array(repeating: 0, count: dotColumns * dotRows)
    }

    private mutating func set(_ column: Int, _ row: Int, _ owner: Int) {
        guard column >= 0, row >= 0, column < dotColumns, row < dotRows else { return }
        owners[row * dotColumns + column] = Int16(truncatingIfNeeded: owner)
        if owner < 32 { sharers[row * dotColumns + column] |= turns & (1 << UInt32(owner)) }
    }

    /// The one of several lines whose turn it is in a column: two columns each; nil for a single line.
    private static func turn(_ lines: UInt32, _ column: Int) -> Int? {
        let count = lines.nonzeroBitCount
        guard count > 1 else { return nil }
        var left = lines
        for _ in 0..<(column / 2 % count) { left &= left - 1 }
        return left.trailingZeroBitCount
    }

    private func owner(_ dot: Int, column: Int) -> Int {
        PlotCanvas.turn(sharers[dot], column) ?? Int(owners[dot])
    }

    /// Fills from low to high in each column; values beyond an edge leave a dot at the edge.
    ///
    /// - Parameter density: without fine shades one dot of so many is set: lines in front of the field stay visible.
    mutating func fill(_ points: [LineChart.EnvelopePoint], owner: Int, scale: PlotScale, density: Int) {
        let sparse = glyphs == .ascii || sparseFields && glyphs == .braille
        for point in points where point.low.isFinite && point.high.isFinite {
            let x = scale.column(point.x)
            guard x >= -0.5, x < Double(dotColumns) - 0.5 else { continue }
            vertical(Int(x.rounded()), scale.row(max(point.low, point.high)), scale.row(min(point.low, point.high))) {
                if sparse, !PlotCanvas.isInField($1, $2, density: density) { return }
                $0.set($1, $2, owner)
            }
        }
    }

    /// Whether a field has a dot there: a chequer of one in two, or a wider grid of one in four.
    static func isInField(_ column: Int, _ row: Int, density: Int) -> Bool {
        density <= 2 ? (column + row) % 2 == 0 : (column + 2 * row) % density == 0
    }

    /// Visits the rows between two, with both drawn into the raster.
    private mutating func vertical(
        _ column: Int, _ top: Double, _ bottom: Double, _ visit: (inout PlotCanvas, Int, Int) -> Void
    ) {
        let limit = Double(dotRows - 1)
        let first = Int(min(limit, max(0, top.rounded())))
        let last = Int(min(limit, max(0, bottom.rounded())))
        for row in first...max(first, last) { visit(&self, column, row) }
    }

    /// Joins the points by a line one dot thin. A value that is not finite breaks it; a single point is a dot.
    mutating func line(_ points: [LineChart.Point], owner: Int, scale: PlotScale) {
        var previous: (x: Double, y: Double)?
        for point in points {
            let next = (x: scale.column(point.x), y: scale.row(point.y))
            guard next.x.isFinite, next.y.isFinite else {
                previous = nil
                continue
            }
            if let previous, previous.x <= next.x {
                segment(previous, next, owner: owner)
            } else if inside(next.y), next.x >= -0.5, next.x < Double(dotColumns) {
                set(Int(next.x.rounded()), Int(next.y.rounded()), owner)
            }
            previous = next
        }
    }

    private func inside(_ row: Double) -> Bool { row > -0.5 && row < Double(dotRows) - 0.5 }

    private mutating func segment(_ a: (x: Double, y: Double), _ b: (x: Double, y: Double), owner: Int) {
        guard b.x > -0.5, a.x < Double(dotColumns) - 0.5 else { return }
        let first = Int(min(Double(dotColumns), max(-1, a.x.rounded())))
        let last = Int(min(Double(dotColumns), max(-1, b.x.rounded())))
        func height(_ x: Double) -> Double {
            guard b.x > a.x else { return b.y }
            return a.y + (b.y - a.y) * min(1, max(0, (x - a.x) / (b.x - a.x)))
        }
        for column in max(0, first)...max(0, first, min(last, dotColumns - 1)) {
            // The half column on either side: neighbours touch, and a flat line stays one dot thin.
            let start = column == first ? a.y : height(Double(column) - 0.5)
            let end = column == last ? b.y : height(Double(column) + 0.5)
            guard max(start, end) > -0.5, min(start, end) < Double(dotRows) - 0.5 else { continue }
            if column >= dotColumns { continue }
            vertical(column, min(start, end), max(start, end)) { $0.set($1, $2, owner) }
        }
    }

    /// How the cells of a line look.
    struct Stroke {
        var style: Style
        /// The quieter look of every third cell of a dashed line; nil for a line that is not dashed.
        var between: Style?

        /// A dash is two cells long: its gaps are quiet, never empty, so that no value is lost.
        func style(at column: Int) -> Style { between.map { column % 3 == 2 ? $0 : style } ?? style }
    }

    /// Writes the cells that hold dots; false when there are none.
    func draw(
        at area: Rect, on buffer: inout Buffer, strokes: [Stroke], marks: [Unicode.Scalar]
    ) -> Bool {
        var drawn = false
        for y in 0..<height {
            for x in 0..<width {
                guard var cell = cell(x, y, strokes, marks) else { continue }
                let under = buffer[area.x + x, area.y + y]
                // A tint of the whole cell stays behind a line, also where a guide crosses; half of one gives way.
                if LineChart.isEmptyOrGuide(under.scalar), cell.style.background == strokes[0].style.background {
                    cell.style.background = under.style.background
                }
                buffer[area.x + x, area.y + y] = cell
                drawn = true
            }
        }
        return drawn
    }

    private func cell(_ x: Int, _ y: Int, _ strokes: [Stroke], _ marks: [Unicode.Scalar]) -> Cell? {
        switch glyphs {
        case .braille: return brailleCell(x, y, strokes)
        case .block: return blockCell(x, y, strokes)
        case .ascii:
            let owner = owner(y * dotColumns + x, column: x)
            return owner < 0 ? nil : Cell(Buffer.ascii(marks[owner]), style: strokes[owner].style(at: x))
        }
    }

    /// The bits of U+2800 by row and column: the lowest row was added last to the standard.
    static let bits: [[UInt32]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

    /// The series of a cell that is finer than its dots, and the lines that take turns in it.
    func owner(ofCell x: Int, _ y: Int) -> (series: Int, lines: UInt32) {
        let (columns, rows) = (dotColumns / max(1, width), dotRows / max(1, height))
        var top: Int16 = -1
        var lines: UInt32 = 0
        for row in (rows * y)..<(rows * (y + 1)) {
            for dot in (row * dotColumns + columns * x)..<(row * dotColumns + columns * (x + 1)) {
                top = max(top, owners[dot])
                lines |= sharers[dot]
            }
        }
        return (PlotCanvas.turn(lines, x) ?? Int(top), lines)
    }

    private func brailleCell(_ x: Int, _ y: Int, _ strokes: [Stroke]) -> Cell? {
        let (owner, lines) = owner(ofCell: x, y)
        guard owner >= 0 else { return nil }
        let isShared = lines.nonzeroBitCount > 1
        var dots: UInt32 = 0
        for row in 0..<4 {
            for column in 0..<2 {
                let dot = (4 * y + row) * dotColumns + 2 * x + column
                if isShared ? sharers[dot] != 0 : Int(owners[dot]) == owner { dots |= PlotCanvas.bits[row][column] }
            }
        }
        guard let scalar = Unicode.Scalar(0x2800 + dots) else { return nil }
        return Cell(scalar, style: strokes[owner].style(at: x))
    }

    private func blockCell(_ x: Int, _ y: Int, _ strokes: [Stroke]) -> Cell? {
        let upper = owner(2 * y * dotColumns + x, column: x)
        let lower = owner((2 * y + 1) * dotColumns + x, column: x)
        func style(_ owner: Int) -> Style { strokes[owner].style(at: x) }
        switch (upper >= 0, lower >= 0) {
        case (false, false): return nil
        case (true, false): return Cell("▀", style: style(upper))
        case (false, true): return Cell("▄", style: style(lower))
        case (true, true):
            if upper == lower { return Cell("█", style: style(upper)) }
            if mono { return Cell("▀", style: style(max(upper, lower))) }
            return Cell("▀", style: style(upper).on(style(lower).foreground))
        }
    }
}
