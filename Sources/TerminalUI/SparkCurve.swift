/// A small curve without axes, from its least to its greatest value: the course of a run in a line of a table.
package struct SparkCurve: Widget, Equatable {
    /// In order, evenly apart. A value that is not finite leaves a gap.
    package var values: [Double]
    /// The colour of the curve.
    package var style: Style

    package init(_ values: [Double], style: Style) { (self.values, self.style) = (values, style) }

    private static let heights: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    private static let ascii: [Unicode.Scalar] = ["_", ".", "-", "=", "+", "*", "#", "@"]
    /// Bits of a braille cell's dots, from top to bottom, in its left and its right column.
    private static let dots: [[UInt32]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]

    /// Draws into the first row of an area: in braille a line of 4 levels with 2 values a cell, else a bar a cell.
    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        guard !area.isEmpty, let (least, greatest) = range else { return }
        func share(_ value: Double) -> Double { greatest > least ? (value - least) / (greatest - least) : 0 }
        guard look.glyphs == .braille else {
            let scalars = look.glyphs == .ascii ? Self.ascii : Self.heights
            for (x, value) in sampled(area.width).enumerated() where value.isFinite {
                let step = Int((share(value) * Double(scalars.count - 1)).rounded())
                buffer[area.x + x, area.y] = Cell(scalars[step], style: style)
            }
            return
        }
        let rows = sampled(area.width * 2).map { $0.isFinite ? 3 - Int((share($0) * 3).rounded()) : nil }
        for x in 0..<area.width {
            var bits: UInt32 = 0
            for side in 0..<2 {
                let index = 2 * x + side
                guard rows.indices.contains(index), let row = rows[index] else { continue }
                // Joined with the dot before: a step leaves no hole.
                let before = index > 0 ? rows[index - 1] ?? row : row
                let ends = before < row ? (before + 1)...row : before > row ? row...(before - 1) : row...row
                for dot in ends { bits |= Self.dots[side][dot] }
            }
            guard bits > 0, let scalar = Unicode.Scalar(0x2800 + bits) else { continue }
            buffer[area.x + x, area.y] = Cell(scalar, style: style)
        }
    }

    private var range: (Double, Double)? {
        let finite = values.filter(\.isFinite)
        guard let least = finite.min(), let greatest = finite.max() else { return nil }
        return (least, greatest)
    }

    /// So many values at equal distances; the first and the last stay.
    private func sampled(_ count: Int) -> [Double] {
        guard values.count > 1, count > 1 else { return values.isEmpty ? [] : [values[values.count - 1]] }
        guard values.count > count else { return spread(count) }
        return (0..<count).map { index in
            let from = index * values.count / count
            let to = max(from + 1, (index + 1) * values.count / count)
            // Peaks stay: of the values that fall together the greatest is drawn.
            return values[from..<to].filter(\.isFinite).max() ?? .nan
        }
    }

    /// Fewer values than places: each place has the value nearest to it.
    private func spread(_ count: Int) -> [Double] {
        (0..<count).map { values[Int((Double($0) * Double(values.count - 1) / Double(count - 1)).rounded())] }
    }
}
