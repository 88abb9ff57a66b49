/// A few values as small bars side by side, the newest at the right.
package struct Sparkline: Widget, Equatable {
    /// Oldest first; those that have no room at the left are not drawn.
    package var values: [Double]
    /// The colour of the bars.
    package var role: Theme.Role

    package init(_ values: [Double], role: Theme.Role) { (self.values, self.role) = (values, role) }

    private static let heights: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    private static let ascii: [Unicode.Scalar] = ["_", ".", "-", "=", "+", "*", "#", "@"]

    /// Fills an area, from 0 to the greatest value that is drawn.
    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        guard !area.isEmpty else { return }
        let shown = values.suffix(area.width)
        let greatest = shown.filter(\.isFinite).max() ?? 0
        let scalars = look.glyphs == .ascii ? Sparkline.ascii : Sparkline.heights
        for (index, value) in shown.enumerated() where value.isFinite {
            let share = greatest > 0 ? max(0, value) / greatest : 0
            // Every value shows, also 0.
            let steps = max(1, Int((share * Double(scalars.count * area.height)).rounded()))
            for row in 0..<area.height {
                let part = min(scalars.count, steps - row * scalars.count)
                guard part > 0 else { break }
                buffer[area.maxX - shown.count + index, area.maxY - 1 - row] = Cell(
                    scalars[part - 1], style: look.theme.style(role))
            }
        }
    }
}
