/// Values from 0 to 1 as columns side by side, in eighths of a row.
package struct BarColumns: Widget {
    /// From left to right; nil and what is no number leave the column empty.
    package var values: [Double?]
    /// The colour of each column.
    package var roles: [Theme.Role]
    /// Columns of the screen for each value.
    package var pitch: Int
    /// The role whose columns are drawn faint, so that the others stand out; nil for none.
    package var faint: Theme.Role?

    package init(_ values: [Double?], roles: [Theme.Role], pitch: Int = 1, faint: Theme.Role? = nil) {
        (self.values, self.roles, self.pitch, self.faint) = (values, roles, max(1, pitch), faint)
    }

    private static let heights: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    private static let ascii: [Unicode.Scalar] = ["_", ".", "-", "=", "+", "*", "#", "@"]

    /// Fills an area from its left end on; what has no room is left out. Every value shows, 0 as the least step.
    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        guard !area.isEmpty else { return }
        let scalars = look.glyphs == .ascii ? BarColumns.ascii : BarColumns.heights
        buffer.clipped(to: area) { buffer in
            for (index, value) in values.enumerated() {
                guard let value, value.isFinite else { continue }
                let share = min(1, max(0, value))
                let steps = max(1, Int((share * Double(scalars.count * area.height)).rounded()))
                let role = roles.indices.contains(index) ? roles[index] : .text
                var style = look.theme.style(role)
                if role == faint { style.foreground = look.faint(style.foreground, 0.45) }
                for row in 0..<area.height {
                    let part = min(scalars.count, steps - row * scalars.count)
                    guard part > 0 else { break }
                    for x in 0..<pitch {
                        buffer[area.x + index * pitch + x, area.maxY - 1 - row] = Cell(scalars[part - 1], style: style)
                    }
                }
            }
        }
    }
}
