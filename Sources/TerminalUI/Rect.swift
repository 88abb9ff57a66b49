/// A rectangle of cells; `x` and `y` are the column and row of its top left cell. Never negative in size.
package struct Rect: Equatable, Hashable, Sendable {
    /// Column of the left edge.
    package var x: Int
    /// Row of the top edge.
    package var y: Int
    /// Columns; never negative.
    package var width: Int
    /// Rows; never negative.
    package var height: Int

    package init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = max(0, width)
        self.height = max(0, height)
    }

    /// No cell, at column 0 and row 0.
    package static let zero = Rect(x: 0, y: 0, width: 0, height: 0)

    /// Whether it has no cell.
    package var isEmpty: Bool { width == 0 || height == 0 }
    /// The column after the last one.
    package var maxX: Int { x + width }
    /// The row after the last one.
    package var maxY: Int { y + height }

    /// Whether a cell is within it.
    package func contains(x column: Int, y row: Int) -> Bool {
        column >= x && column < maxX && row >= y && row < maxY
    }

    /// The rectangle without so many columns and rows at its edges; empty where nothing is left.
    package func inset(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0) -> Rect {
        Rect(x: x + left, y: y + top, width: width - left - right, height: height - top - bottom)
    }

    /// The rectangle without a margin at all four edges; empty where nothing is left.
    package func inset(by margin: Int) -> Rect {
        inset(left: margin, top: margin, right: margin, bottom: margin)
    }

    /// The cells that both have; empty where there are none.
    package func intersection(_ other: Rect) -> Rect {
        let left = max(x, other.x)
        let top = max(y, other.y)
        return Rect(
            x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
    }

    /// The largest rectangle in its middle that an image fills with its proportions kept: a column for a pixel, a line for
    /// two of them.
    package func holding(rows: Int, columns: Int) -> Rect {
        guard rows > 0, columns > 0 else { return self }
        let scale = min(Double(width) / Double(columns), 2 * Double(height) / Double(rows))
        let across = min(width, max(1, Int((Double(columns) * scale).rounded())))
        let down = min(height, max(1, Int((Double(rows) * scale / 2).rounded())))
        return Rect(x: x + (width - across) / 2, y: y + (height - down) / 2, width: across, height: down)
    }

    /// Splits at `rows` from the top (clamped to the height).
    package func splitTop(_ rows: Int) -> (top: Rect, rest: Rect) {
        let rows = min(max(0, rows), height)
        return (
            Rect(x: x, y: y, width: width, height: rows),
            Rect(x: x, y: y + rows, width: width, height: height - rows)
        )
    }

    /// Splits at `columns` from the left (clamped to the width).
    package func splitLeft(_ columns: Int) -> (left: Rect, rest: Rect) {
        let columns = min(max(0, columns), width)
        return (
            Rect(x: x, y: y, width: columns, height: height),
            Rect(x: x + columns, y: y, width: width - columns, height: height)
        )
    }

    /// Splits off `rows` at the bottom (clamped to the height).
    package func splitBottom(_ rows: Int) -> (rest: Rect, bottom: Rect) {
        let (rest, bottom) = splitTop(height - min(max(0, rows), height))
        return (rest, bottom)
    }

    /// Splits off `columns` at the right (clamped to the width).
    package func splitRight(_ columns: Int) -> (rest: Rect, right: Rect) {
        let (rest, right) = splitLeft(width - min(max(0, columns), width))
        return (rest, right)
    }
}
