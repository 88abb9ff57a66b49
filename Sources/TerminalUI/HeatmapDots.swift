/// A matrix without colours, two classes a line: an error as a square of dots, the denser the more of them, a right
/// prediction as a part of the diagonal, and zero as nothing, so that only what matters is seen.
struct HeatmapDots {
    let layout: HeatmapLayout
    let paint: HeatmapPaint
    let look: Look

    /// Dots of a class in a cell of half a line: columns and rows of braille, or of quarter blocks.
    private var grid: (columns: Int, rows: Int) { (2 * layout.cellWidth, look.glyphs == .braille ? 2 : 1) }

    func draw(on buffer: inout Buffer) {
        for row in stride(from: layout.rows.lowerBound, to: layout.rows.upperBound, by: 2) {
            for column in layout.columns {
                let rect = layout.rect(row: row, column: column)
                let parts = [row, row + 1].map { layout.rows.contains($0) ? dots($0, column) : [] }
                let style = style(row, column)
                for x in 0..<layout.cellWidth {
                    buffer[rect.x + x, rect.y] = Cell(scalar(parts, column: x), style: style)
                }
            }
        }
    }

    /// Which dots of a class are set, row by row.
    private func dots(_ row: Int, _ column: Int) -> Set<Int> {
        let (columns, rows) = grid
        if paint.isQuiet(row, column) {
            guard row == column else { return [] }
            return Set((0..<columns).map { $0 * rows / columns * columns + $0 })
        }
        // Spread from the middle, so that a few dots are a spot and not an edge.
        let order =
            switch (columns, rows) {
            case (4, 2): [1, 6, 2, 5, 0, 7, 3, 4]
            case (4, _): [1, 2, 0, 3]
            case (_, 2): [0, 3, 1, 2]
            default: [0, 1]
            }
        let count = max(1, Int((paint.share(row, column) * Double(order.count)).rounded()))
        return Set(order.prefix(count))
    }

    private func scalar(_ parts: [Set<Int>], column: Int) -> Unicode.Scalar {
        let (columns, rows) = grid
        var bits: UInt32 = 0
        for (part, dots) in parts.enumerated() {
            for dot in dots where dot % columns / 2 == column {
                let (x, y) = (dot % columns % 2, part * rows + dot / columns)
                bits |= rows == 2 ? PlotCanvas.bits[y][x] : 1 << UInt32(2 * y + x)
            }
        }
        if rows == 2 { return Unicode.Scalar(0x2800 + bits) ?? " " }
        return HeatmapDots.quarters[Int(bits)]
    }

    /// By bits: upper left, upper right, lower left, lower right.
    private static let quarters: [Unicode.Scalar] = [
        " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█",
    ]

    /// That of the class that stands out more.
    private func style(_ row: Int, _ column: Int) -> Style {
        let styles = [row, row + 1].filter(layout.rows.contains).map { (paint.rank($0, column), $0) }
        let first = styles.max { $0.0 < $1.0 }?.1 ?? row
        return paint.rampStyle(first, column)
    }
}
