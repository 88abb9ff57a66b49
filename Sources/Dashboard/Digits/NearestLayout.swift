import TerminalUI

/// Where the nearest training digits stand.
enum NearestLayout {
    /// Where the digits go within the panel, row by row: an image of 14 × 7 and its caption.
    static func places(_ inner: Rect) -> [Rect] {
        let columns = inner.width / 14
        let rows = inner.height / 8
        guard columns > 0, rows > 0 else { return [] }
        let pitch = min(16, inner.width / columns)
        let left = inner.x + (inner.width - (columns - 1) * pitch - 14) / 2
        let down = min(10, inner.height / rows)
        return (0..<(rows * columns)).map { number in
            Rect(
                x: left + number % columns * pitch, y: inner.y + number / columns * down, width: 14, height: 8)
        }
    }
}
