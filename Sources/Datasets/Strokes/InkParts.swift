/// Which of the connected parts of the ink are a stroke.
struct InkParts {
    /// The pixels of the parts that are kept; nil where there is no ink.
    private(set) var kept: [Bool]?

    /// A part is a speck below this share of the greatest one.
    private static let speck = 0.04
    /// A part that does not touch the edge counts before those that do, where it has this share of the greatest one.
    private static let inner = 0.1

    private struct Part {
        var pixels: [Int] = []
        var touchesEdge = false
    }

    /// - Parameter ink: rows × columns.
    init(_ ink: [Bool], rows: Int, columns: Int) {
        var parts = Self.parts(ink, rows, columns)
        guard var greatest = parts.map(\.pixels.count).max() else { return }
        let inside = parts.filter { !$0.touchesEdge }
        let most = inside.map(\.pixels.count).max() ?? 0
        if Double(most) >= Self.inner * Double(greatest) { (parts, greatest) = (inside, most) }
        var kept = [Bool](repeating: false, count: ink.count)
        for part in parts where Double(part.pixels.count) >= Self.speck * Double(greatest) {
            for pixel in part.pixels { kept[pixel] = true }
        }
        self.kept = kept
    }

    /// Parts whose pixels touch each other, also at corners.
    private static func parts(_ ink: [Bool], _ rows: Int, _ columns: Int) -> [Part] {
        var isOpen = ink
        var parts: [Part] = []
        for first in ink.indices where isOpen[first] {
            var part = Part()
            var stack = [first]
            isOpen[first] = false
            while let pixel = stack.popLast() {
                part.pixels.append(pixel)
                let (row, column) = (pixel / columns, pixel % columns)
                if row == 0 || column == 0 || row == rows - 1 || column == columns - 1 { part.touchesEdge = true }
                for y in max(0, row - 1)...min(rows - 1, row + 1) {
                    for x in max(0, column - 1)...min(columns - 1, column + 1) where isOpen[y * columns + x] {
                        isOpen[y * columns + x] = false
                        stack.append(y * columns + x)
                    }
                }
            }
            parts.append(part)
        }
        return parts
    }
}
