/// The figures beside a heatmap: one for each row at its right, and one for each column below it.
package struct HeatmapMargins: Equatable, Sendable {
    /// A share, or its change.
    package enum Figure: Equatable, Sendable {
        /// 0 ... 1, as a bar and in per cent.
        case share(Double)
        /// −1 ... 1, in points with a sign; more is better.
        case change(Double)
    }

    /// The name of the figures of the rows, in full and short.
    package var rowTitles: (full: String, short: String)
    /// The name of the figures of the columns, in full and short.
    package var columnTitles: (full: String, short: String)
    /// One for each row of the matrix.
    package var rows: [Figure]
    /// One for each column of the matrix.
    package var columns: [Figure]

    package init(
        rowTitles: (full: String, short: String), columnTitles: (full: String, short: String), rows: [Figure],
        columns: [Figure]
    ) {
        (self.rowTitles, self.columnTitles) = (rowTitles, columnTitles)
        (self.rows, self.columns) = (rows, columns)
    }

    package static func == (a: HeatmapMargins, b: HeatmapMargins) -> Bool {
        a.rowTitles == b.rowTitles && a.columnTitles == b.columnTitles && a.rows == b.rows && a.columns == b.columns
    }
}

extension HeatmapMargins.Figure {
    /// In per cent, with one decimal where there is room for it.
    func text(width: Int) -> String {
        switch self {
        case .share(let share):
            guard share.isFinite else { return "–" }
            let text = FixedNumber.fixed(share * 100, decimals: 1)
            return text.columns <= width ? text : FixedNumber.fixed(share * 100, decimals: 0)
        case .change(let change):
            guard change.isFinite else { return "–" }
            let size = abs(change * 100)
            // What rounds to nothing has no sign.
            if size < 0.05 { return "·" }
            let sign = change > 0 ? "+" : "-"
            let text = sign + FixedNumber.fixed(size, decimals: 1)
            return text.columns <= width ? text : sign + FixedNumber.fixed(size, decimals: 0)
        }
    }

    var role: Theme.Role {
        switch self {
        case .share(let share): share.isFinite ? .text : .dim
        case .change(let change): !change.isFinite || abs(change) < 0.0005 ? .dim : change > 0 ? .good : .bad
        }
    }

    /// The length of the bar, 0 ... 1; nil without one.
    var share: Double? {
        guard case .share(let share) = self, share.isFinite else { return nil }
        return min(1, max(0, share))
    }
}

/// Draws the figures beside a heatmap into the room that its layout keeps for them.
struct HeatmapMarginsView {
    let margins: HeatmapMargins
    let layout: HeatmapLayout
    let look: Look

    private static let eighths: [Unicode.Scalar] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
    private static let heights: [Unicode.Scalar] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    /// Columns of the figure and the blank behind it.
    private static let figure = 6

    func draw(on buffer: inout Buffer) {
        guard let right = layout.right else { return }
        let hasBars = right.width >= HeatmapLayout.Margin.bars.rawValue
        let end = right.maxX - 1
        let dim = look.theme.style(.dim)
        if let y = layout.headerRow {
            buffer.write(hasBars ? margins.rowTitles.full : margins.rowTitles.short, rightAlignedAt: end, y: y, dim)
        }
        for row in layout.rows where margins.rows.indices.contains(row) {
            let figure = margins.rows[row]
            let y = layout.rect(row: row, column: layout.columns.lowerBound).y + layout.textLine
            buffer.write(figure.text(width: 5), rightAlignedAt: end, y: y, look.theme.style(figure.role))
            guard hasBars, let share = figure.share else { continue }
            let bar = Rect(x: right.x + 1, y: y, width: right.width - 2 - HeatmapMarginsView.figure, height: 1)
            drawBar(share, in: bar, on: &buffer)
        }
        drawColumns(hasBars, end, dim, on: &buffer)
    }

    private func drawBar(_ share: Double, in bar: Rect, on buffer: inout Buffer) {
        let steps = share > 0 ? max(1, Int((share * Double(8 * bar.width)).rounded())) : 0
        for column in 0..<bar.width {
            let part = min(8, max(0, steps - column * 8))
            let scalar = look.glyphs == .ascii ? (part >= 4 ? "=" : " ") : HeatmapMarginsView.eighths[part]
            if scalar != " " {
                buffer[bar.x + column, bar.y] = Cell(scalar, style: look.theme.style(.probability))
            }
        }
    }

    private func drawColumns(_ hasBars: Bool, _ end: Int, _ dim: Style, on buffer: inout Buffer) {
        guard let below = layout.below else { return }
        let y = below.maxY - 1
        buffer.write(hasBars ? margins.columnTitles.full : margins.columnTitles.short, rightAlignedAt: end, y: y, dim)
        for column in layout.columns where margins.columns.indices.contains(column) {
            let figure = margins.columns[column]
            let rect = layout.rect(row: layout.rows.lowerBound, column: column)
            let text = figure.text(width: layout.cellWidth - 1)
            let x = rect.x + (layout.cellWidth - text.columns) / 2
            buffer.write(text, x: x, y: y, look.theme.style(figure.role))
            guard below.height > 1, let share = figure.share else { continue }
            let level = share > 0 ? max(1, Int((share * 8).rounded())) : 0
            let scalar = look.glyphs == .ascii ? (level >= 4 ? "#" : "_") : HeatmapMarginsView.heights[level]
            for x in (rect.x + 1)..<(rect.maxX - 1) {
                buffer[x, y - 1] = Cell(scalar, style: look.theme.style(.probability))
            }
        }
    }
}
