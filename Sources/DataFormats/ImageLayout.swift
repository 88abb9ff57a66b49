import NumPyFiles

/// How the images of an array lie in it.
struct ImageLayout: Sendable, Equatable {
    let count: Int
    let shape: ImageShape
    /// Axes of one image: 1 where it is a row of pixels, 2 where it has rows and columns.
    private let axes: Int

    /// - Throws: `DataError.malformed` for an array that is none of grey images.
    init(_ header: NPYHeader, _ place: ArrayPlace, _ options: DatasetOptions) throws(DataError) {
        func fault(_ expected: String) -> DataError {
            .malformed(
                path: place.path, offset: header.shapeOffset, expected: expected,
                found: NumPyArray.text(ofShape: header.shape))
        }
        var sides = Array(header.shape.dropFirst())
        if sides.count == 3, sides[2] == 1 { sides.removeLast() }
        guard let count = header.shape.first, sides.count == 1 || sides.count == 2 else {
            throw fault("grey images, as (count, rows, columns), (count, rows, columns, 1) or (count, pixels)")
        }
        let pixels = sides.reduce(1) { $0.times($1) }
        guard count > 0, pixels > 0 else { throw fault("at least one image of at least one pixel") }
        guard pixels <= DatasetLimits.pixels else { throw fault("images of at most \(DatasetLimits.pixels) pixels") }
        (self.count, axes) = (count, sides.count)
        if let size = options.size {
            guard size.bytes == pixels, sides.count == 1 || sides == [size.rows, size.columns] else {
                throw fault("images of \(size.rows) × \(size.columns), as size= says")
            }
            shape = size
        } else if sides.count == 2 {
            shape = ImageShape(rows: sides[0], columns: sides[1])
        } else {
            guard let square = ImageShape(square: pixels) else {
                throw fault("square images, or size=ROWSxCOLUMNS behind the path")
            }
            shape = square
        }
    }

    /// Pixels whose first axis ran fastest, brought into the usual order.
    func rowMajor(_ pixels: [UInt8]) -> [UInt8] {
        pixels.withUnsafeBufferPointer { from in
            [UInt8](unsafeUninitializedCapacity: from.count) { buffer, filled in
                for image in 0..<count {
                    for pixel in 0..<shape.bytes { buffer[image * shape.bytes + pixel] = from[place(image, pixel)] }
                }
                filled = from.count
            }
        }
    }

    private func place(_ image: Int, _ pixel: Int) -> Int {
        axes == 1
            ? image + count * pixel
            : image + count * (pixel / shape.columns + shape.rows * (pixel % shape.columns))
    }
}

extension ImageShape {
    /// A square of so many pixels; nil where that is no square.
    init?(square pixels: Int) {
        let side = Int(Double(pixels).squareRoot().rounded())
        guard side > 0, side * side == pixels else { return nil }
        self.init(rows: side, columns: side)
    }
}
