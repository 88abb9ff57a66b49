extension ProbabilityBars {
    private static let heights: [Unicode.Scalar] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// Draws every class as a vertical bar with its label below, in a few rows.
    package func drawColumns(in area: Rect, on buffer: inout Buffer, look: Look) {
        guard area.height >= 2, !values.isEmpty else { return }
        let pitch = max(1, area.width / values.count)
        let width = max(1, pitch - 1)
        let left = area.x + max(0, area.width - (values.count * pitch - (pitch - width))) / 2
        buffer.clipped(to: area) { buffer in
            for index in values.indices {
                let x = left + index * pitch
                let role = role(index)
                let label = look.theme.style(role ?? .dim)
                let text = labels.indices.contains(index) ? labels[index] : String(index)
                buffer.write(
                    text, x: x, y: area.maxY - 1, role == nil ? label : label.bold(), maxWidth: width)
                let bar = Rect(x: x, y: area.y, width: width, height: area.height - 1)
                drawColumn(index, in: bar, look.theme.style(role ?? .probability), &buffer, look)
            }
        }
    }

    private func role(_ index: Int) -> Theme.Role? {
        if index == truth { return .good }
        guard index == predicted else { return nil }
        return truth == nil ? .train : .bad
    }

    private func drawColumn(_ index: Int, in bar: Rect, _ style: Style, _ buffer: inout Buffer, _ look: Look) {
        let value = Double(values[index])
        let share = value.isFinite ? min(1, max(0, value)) : 0
        // Every value above 0 shows.
        let steps = share > 0.005 ? max(1, Int((share * Double(bar.height * 8)).rounded())) : 0
        for row in 0..<bar.height {
            let part = min(8, max(0, steps - row * 8))
            guard part > 0 else { break }
            let scalar = look.glyphs == .ascii ? (part >= 4 ? "#" : "_") : ProbabilityBars.heights[part]
            for x in bar.x..<bar.maxX { buffer[x, bar.maxY - 1 - row] = Cell(scalar, style: style) }
        }
    }
}
