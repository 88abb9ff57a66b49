import TerminalUI

/// Where Network has its panels: layers above their figures at the left, weights above the digit's activations at the
/// right. In a narrow window only the right side is left, and in a low one only the activations.
struct NetworkLayout {
    let layers: Rect?
    let health: Rect?
    let weights: Rect?
    /// The unit at hand in full size.
    let unit: Rect?
    let activations: Rect

    /// - Parameter depth: layers with weights.
    init(_ body: Rect, depth: Int) {
        var right = body
        if body.width >= 56 {
            let (left, rest) = body.splitLeft(body.width >= 110 ? 50 : body.width >= 76 ? 36 : 28)
            // Boxes of three lines with one between them and the border; of the rest at least a line for each layer,
            // the heading and the border.
            let least = min(depth + 3, left.height / 2)
            let (layers, health) = left.splitTop(min(left.height - least, 4 * (depth + 1) + 3))
            self.layers = layers
            self.health = health.height >= 4 ? health : nil
            right = rest
        } else {
            (layers, health) = (nil, nil)
        }
        // The digit in braille takes 7 lines, in half blocks 14; each layer a name and a few lines.
        let low = right.height >= 36 ? min(16 + max(0, depth - 2) * 2, right.height / 2) : min(9, right.height)
        let (above, activations) = right.splitBottom(right.height - low >= 7 ? low : right.height)
        self.activations = activations
        if above.height >= 18, above.width >= 80 {
            let (tiles, unit) = above.splitRight(32)
            (weights, self.unit) = (tiles, unit)
        } else {
            (weights, unit) = (above.height >= 7 ? above : nil, nil)
        }
    }
}

/// The units of the first layer as tiles, in pages as the digits' gallery.
struct WeightTiles {
    let inner: Rect
    /// Columns of a tile; it has half as many lines, and a caption.
    let side: Int
    let columns: Int
    let rows: Int

    private static let enough = 8
    private static let sides = [28, 20, 14, 12, 10, 8]

    /// - Parameters:
    ///   - area: the panel, border included.
    ///   - units: of the first layer.
    init(_ area: Rect, units: Int) {
        let inner = area.inset(by: 1)
        func grid(_ side: Int) -> (columns: Int, rows: Int) {
            ((inner.width + 1) / (side + 1), inner.height / (side / 2 + 1))
        }
        func shown(_ side: Int) -> Int { min(grid(side).columns * grid(side).rows, units) }
        // As large as eight of them fit, to be compared; else the tiles that leave the least of the panel empty.
        let side =
            WeightTiles.sides.first { shown($0) >= min(units, WeightTiles.enough) }
            ?? WeightTiles.sides.max { shown($0) * $0 * $0 < shown($1) * $1 * $1 } ?? 8
        self.inner = inner
        self.side = side
        (columns, rows) = grid(side)
    }

    var perPage: Int { columns * rows }

    /// The units on the page of one.
    func page(of unit: Int, units: Int) -> Range<Int> {
        guard perPage > 0 else { return 0..<0 }
        let first = unit / perPage * perPage
        return first..<min(units, first + perPage)
    }

    /// The n-th tile of the page, its caption included.
    func cell(_ number: Int) -> Rect {
        let air = (inner.width - columns * side) / max(1, columns)
        let pitch = side + max(1, min(3, air))
        let down = max(side / 2 + 1, inner.height / max(1, rows))
        return Rect(
            x: inner.x + number % max(1, columns) * pitch, y: inner.y + number / max(1, columns) * down, width: side,
            height: side / 2 + 1)
    }

    func number(atX x: Int, y: Int) -> Int? { (0..<perPage).first { cell($0).contains(x: x, y: y) } }
}
