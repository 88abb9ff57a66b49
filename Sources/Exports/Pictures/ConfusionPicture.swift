import Interchange

/// A confusion matrix as an image: rows true, columns predicted. Where a cell has room, it has the count, and the axes
/// have the classes' numbers.
struct ConfusionPicture {
    let confusion: [[Int]]

    /// Rows of a digit, 3 pixels each, the leftmost one in the highest bit.
    private static let digits: [[UInt8]] = [
        [7, 5, 5, 5, 7], [2, 6, 2, 2, 7], [7, 1, 7, 4, 7], [7, 1, 3, 1, 7], [5, 5, 7, 1, 1], [7, 4, 7, 1, 7],
        [7, 4, 7, 5, 7], [7, 1, 2, 2, 2], [7, 5, 7, 5, 7], [7, 5, 7, 1, 7],
    ]
    /// Width and height of a font's pixel, in pixels.
    private static let zoom = 2
    private static let advance = 4 * zoom
    private static let textHeight = 5 * zoom

    private var classes: Int { confusion.count }
    /// The greatest number of classes with written numbers.
    private var hasText: Bool { classes <= 16 }
    private var cell: Int { hasText ? 40 : classes <= 64 ? 10 : 4 }
    /// Room for the classes' numbers at the left and the top.
    private var margin: Int { hasText ? 24 : 0 }

    var image: PNGImage {
        let size = margin + cell * classes
        var image = PNGImage(
            width: size, height: size, kind: .rgb, pixels: [UInt8](repeating: 255, count: size * size * 3))
        for (truth, counts) in confusion.enumerated() {
            let total = counts.reduce(0, +)
            for (predicted, count) in counts.enumerated() {
                let share = total == 0 ? 0 : Double(count) / Double(total)
                let color = HeatColor.cell(share: share, isRight: truth == predicted)
                let (x, y) = (margin + predicted * cell, margin + truth * cell)
                fill(&image, x, y, cell - (hasText ? 1 : 0), color.bytes)
                if hasText, count > 0 { write(count, in: &image, x, y, cell, cell, color.isLight ? 0 : 255) }
            }
            guard hasText else { continue }
            write(truth, in: &image, 0, margin + truth * cell, margin, cell, 90)
            write(truth, in: &image, margin + truth * cell, 0, cell, margin, 90)
        }
        return image
    }

    private func fill(_ image: inout PNGImage, _ x: Int, _ y: Int, _ size: Int, _ color: [UInt8]) {
        let (red, green, blue) = (color[0], color[1], color[2])
        for row in y..<(y + size) {
            var place = (row * image.width + x) * 3
            for _ in 0..<size {
                image.pixels[place] = red
                image.pixels[place + 1] = green
                image.pixels[place + 2] = blue
                place += 3
            }
        }
    }

    /// A number in the middle of a box.
    private func write(
        _ number: Int, in image: inout PNGImage, _ x: Int, _ y: Int, _ width: Int, _ height: Int, _ gray: UInt8
    ) {
        let text = String(number).compactMap(\.wholeNumberValue)
        let length = text.count * Self.advance - Self.zoom
        guard length <= width else { return }
        let (left, top) = (x + (width - length) / 2, y + (height - Self.textHeight) / 2)
        for (place, digit) in text.enumerated() {
            for (row, bits) in Self.digits[digit].enumerated() {
                for column in 0..<3 where bits >> (2 - column) & 1 == 1 {
                    let (x, y) = (left + place * Self.advance + column * Self.zoom, top + row * Self.zoom)
                    fill(&image, x, y, Self.zoom, [gray, gray, gray])
                }
            }
        }
    }
}
