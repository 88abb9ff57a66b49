/// A horizontal bar of a share, in eighths of a cell.
package struct SignedBar: Widget, Equatable {
    /// 0 to 1.
    package var share: Double
    /// The colour of the bar.
    package var role: Theme.Role

    package init(share: Double, role: Theme.Role) { (self.share, self.role) = (share, role) }

    private static let eighths: [Unicode.Scalar] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]

    /// Draws it in the first line of an area, from its left edge.
    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        guard !area.isEmpty, share.isFinite else { return }
        let steps = Int((min(1, max(0, share)) * Double(area.width * 8)).rounded())
        let style = look.theme.style(role)
        for column in 0..<area.width {
            let part = min(8, max(0, steps - column * 8))
            guard part > 0 else { break }
            // Bars of negative values differ without colour, too.
            let ascii: Unicode.Scalar = part >= 4 ? (role == .validation ? "-" : "#") : " "
            let scalar = look.glyphs == .ascii ? ascii : SignedBar.eighths[part]
            if scalar != " " { buffer[area.x + column, area.y] = Cell(scalar, style: style) }
        }
    }
}
