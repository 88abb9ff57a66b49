import DataFormats
import Datasets

/// A square of ink, at twice the resolution of MNIST's images.
package struct DrawCanvas: Equatable, Sendable {
    /// Width and height in pixels.
    package static let side = 56
    /// side × side levels, row by row; 0 is no ink.
    package private(set) var pixels = [UInt8](repeating: 0, count: DrawCanvas.side * DrawCanvas.side)
    /// The image that was opened; nil once something is drawn.
    private(set) var opened: OpenedImage?

    package init() {}

    /// An image from a file, to be drawn on.
    package init(_ image: OpenedImage) {
        precondition(image.picture.pixels.count == pixels.count, "an image as large as the canvas")
        pixels = image.picture.pixels
        opened = image
    }

    /// Whether there is neither ink nor an image.
    package var isEmpty: Bool { opened == nil && pixels.allSatisfy { $0 == 0 } }

    /// Brings an image that was opened into the form of another data set. Where it has no stroke for it, what was shown is a
    /// drawing.
    mutating func adapt(to form: NetworkImage) {
        guard let opened, opened.form != form else { return }
        self.opened = OpenedImage(opened.source, form)
        if let adapted = self.opened { pixels = adapted.picture.pixels }
    }

    /// A point of the canvas in its pixels.
    package struct Point: Equatable, Sendable {
        /// Pixels from the left edge.
        package var x: Double
        /// Pixels from the top edge.
        package var y: Double

        package init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// A stroke of a round brush with a soft edge from one point to another, both included.
    ///
    /// - Parameters:
    ///   - radius: in pixels of the canvas.
    ///   - erases: removes ink instead.
    package mutating func stroke(from start: Point, to end: Point, radius: Double, erases: Bool) {
        opened = nil
        let reach = radius + 1
        let columns = DrawCanvas.span(min(start.x, end.x) - reach, max(start.x, end.x) + reach)
        let rows = DrawCanvas.span(min(start.y, end.y) - reach, max(start.y, end.y) + reach)
        for y in rows {
            for x in columns {
                let distance = DrawCanvas.distance(x: Double(x) + 0.5, y: Double(y) + 0.5, start, end)
                let ink = UInt8(255 * min(1, max(0, radius + 0.5 - distance)))
                let index = y * DrawCanvas.side + x
                pixels[index] = erases ? min(pixels[index], 255 - ink) : max(pixels[index], ink)
            }
        }
    }

    private static func span(_ from: Double, _ to: Double) -> Range<Int> {
        let first = Int(min(Double(side), max(0, from.rounded(.down))))
        let last = Int(min(Double(side), max(0, to.rounded(.up))))
        return first..<max(first, last)
    }

    /// Distance from a point to the nearest one on a line.
    private static func distance(x: Double, y: Double, _ start: Point, _ end: Point) -> Double {
        let (dx, dy) = (end.x - start.x, end.y - start.y)
        let length = dx * dx + dy * dy
        let along = length == 0 ? 0 : min(1, max(0, ((x - start.x) * dx + (y - start.y) * dy) / length))
        let (nearX, nearY) = (start.x + along * dx - x, start.y + along * dy - y)
        return (nearX * nearX + nearY * nearY).squareRoot()
    }

    /// What the network sees: an opened image as it was prepared; a drawing in MNIST's form, centred and to scale, or, for data
    /// sets of pictures, what is drawn where a picture of their proportions stands. Nil without ink.
    package func input(_ form: NetworkImage) -> GrayImage? {
        if let opened, opened.form == form { return opened.input }
        guard !isEmpty else { return nil }
        let side = DrawCanvas.side
        let drawing = GrayImage(rows: side, columns: side, pixels: pixels)
        let (rows, columns) = (form.shape.rows, form.shape.columns)
        guard form.reading == .picture else {
            return DigitNormalization.normalized(drawing, rows: rows, columns: columns)
        }
        let longer = max(rows, columns)
        let (height, width) = (max(1, side * rows / longer), max(1, side * columns / longer))
        let (top, left) = ((side - height) / 2, (side - width) / 2)
        let part = (top..<(top + height)).flatMap { pixels[($0 * side + left)..<($0 * side + left + width)] }
        return GrayImage(rows: height, columns: width, pixels: part).scaled(rows: rows, columns: columns)
    }
}
