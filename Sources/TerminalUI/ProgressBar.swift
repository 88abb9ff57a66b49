/// A thin line that fills from the left.
package struct ProgressBar: Widget, Equatable {
    /// 0 to 1; other values are clamped, and NaN is 0.
    package var fraction: Double

    package init(fraction: Double) { self.fraction = fraction }

    /// Draws along the first row of an area.
    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        guard !area.isEmpty else { return }
        let share = fraction.isFinite ? min(1, max(0, fraction)) : (fraction > 0 ? 1 : 0)
        let filled = Int((share * Double(area.width)).rounded(.down))
        let plain = look.glyphs == .ascii
        let rest: Unicode.Scalar = plain ? "-" : look.colors == .mono ? "─" : "━"
        for column in 0..<area.width {
            let done = column < filled
            let style = look.theme.style(done ? .train : .border).with(.mark)
            buffer[area.x + column, area.y] = Cell(done ? (plain ? "=" : "━") : rest, style: style)
        }
    }
}
