import Foundation

/// A matrix of signed values as colours, from negative through the page's colour to positive, two values in a cell.
/// Without colours it is drawn as characters.
package struct SignedMap: Widget, Equatable {
    /// Row by row; NaN is drawn as nothing.
    package var values: [Float]
    /// Rows of the matrix; two make a line of the screen.
    package var rows: Int
    /// Columns of the matrix.
    package var columns: Int
    /// The absolute value that has the full colour.
    package var scale: Float

    /// - Parameter values: rows × columns; missing ones are drawn as nothing.
    package init(values: [Float], rows: Int, columns: Int, scale: Float) {
        self.values = values
        self.rows = max(0, rows)
        self.columns = max(0, columns)
        self.scale = scale
    }

    /// A list as lines of one width, its values in reading order; where there are few, each takes several columns.
    ///
    /// - Parameter width: columns of the area that it will be drawn in.
    package static func strip(_ values: [Float], width: Int, scale: Float) -> SignedMap {
        let each = max(1, min(4, width / max(1, values.count)))
        let perRow = max(1, width / each)
        let rows = (values.count + perRow - 1) / perRow
        var spread: [Float] = []
        for row in 0..<rows {
            for column in 0..<(perRow * each) {
                let index = row * perRow + column / each
                spread.append(index < values.count ? values[index] : .nan)
            }
        }
        // A single row fills its line.
        if rows == 1 { spread += spread }
        return SignedMap(values: spread, rows: rows == 1 ? 2 : rows, columns: perRow * each, scale: scale)
    }

    /// Lines that it takes at a value a column and two values a line.
    package var lines: Int { (rows + 1) / 2 }

    /// Draws over all of an area, each half of a cell the mean of the values that it stands for.
    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        guard !area.isEmpty, rows > 0, columns > 0 else { return }
        let paint = SignedPaint(look: look)
        buffer.clipped(to: area) { buffer in
            for y in 0..<area.height {
                for x in 0..<area.width {
                    let upper = share(x, 2 * y, area)
                    let lower = share(x, 2 * y + 1, area)
                    buffer[area.x + x, area.y + y] = paint.cell(upper, lower)
                }
            }
        }
    }

    /// Draws at a value a column and two values a line.
    package func draw(atX x: Int, y: Int, maxLines: Int, on buffer: inout Buffer, look: Look) {
        let shown = min(lines, max(0, maxLines))
        var part = self
        part.rows = min(rows + rows % 2, 2 * shown)
        part.draw(in: Rect(x: x, y: y, width: columns, height: shown), on: &buffer, look: look)
    }

    /// The mean under one half of a cell, −1 to 1; NaN where there is nothing.
    private func share(_ x: Int, _ half: Int, _ area: Rect) -> Float {
        let (left, right) = SignedMap.span(x, of: area.width, over: columns)
        let (top, bottom) = SignedMap.span(half, of: 2 * area.height, over: rows)
        var sum: Float = 0
        var weight: Float = 0
        for row in Int(top)..<max(Int(top) + 1, Int(bottom.rounded(.up))) {
            let tall = min(bottom, Double(row + 1)) - max(top, Double(row))
            for column in Int(left)..<max(Int(left) + 1, Int(right.rounded(.up))) {
                let index = row * columns + column
                guard row < rows, column < columns, index < values.count, values[index].isFinite else { continue }
                let part = Float(tall * (min(right, Double(column + 1)) - max(left, Double(column))))
                sum += part * values[index]
                weight += part
            }
        }
        guard weight > 0 else { return .nan }
        return scale > 0 ? max(-1, min(1, sum / weight / scale)) : 0
    }

    private static func span(_ index: Int, of count: Int, over size: Int) -> (Double, Double) {
        let step = Double(size) / Double(count)
        return (Double(index) * step, Double(index + 1) * step)
    }
}

/// The colours of a signed map: positive as the training's line, negative as the validation's.
private struct SignedPaint {
    let look: Look

    func cell(_ upper: Float, _ lower: Float) -> Cell {
        let theme = look.theme
        if look.glyphs == .ascii || look.colors == .mono {
            let both = [upper, lower].filter { !$0.isNaN }
            guard !both.isEmpty else { return Cell(" ", style: theme.style(.text)) }
            let mean = both.reduce(0, +) / Float(both.count)
            let style = look.colors == .mono ? theme.style(.text) : theme.style(mean < 0 ? .validation : .train)
            return Cell(SignedPaint.character(mean), style: style)
        }
        if upper.isNaN && lower.isNaN { return Cell(" ", style: theme.style(.text)) }
        return Cell("▀", style: Style(foreground: color(upper), background: color(lower)))
    }

    private func color(_ share: Float) -> Color {
        let theme = look.theme
        guard !share.isNaN else { return theme[.background] }
        let amount = Double(abs(share))
        if look.colors == .palette16 {
            // The themes' shades would become greys: the blues and yellows of the 16 colours replace them.
            if amount < 0.15 { return theme[.background] }
            return Color(rgb: share < 0 ? (amount < 0.5 ? 0xAA5500 : 0xFFFF55) : amount < 0.5 ? 0x0000AA : 0x5555FF)
        }
        let full = theme[share < 0 ? .validation : .train]
        // Faint values are lifted: the eye compares shapes, not amounts.
        return theme[.digitStart].mixed(with: full, pow(amount, 0.8))
    }

    /// Rounded shapes for negative, crossed ones for positive values.
    private static func character(_ share: Float) -> Unicode.Scalar {
        let positive: [Unicode.Scalar] = [".", "+", "x", "#"]
        let negative: [Unicode.Scalar] = [".", "-", "o", "@"]
        let step = min(3, Int(abs(share) * 4))
        return share < 0 ? negative[step] : positive[step]
    }
}
