import NumPyFiles

/// How the images of an array lie in it.
struct ImageLayout: Sendable, Equatable {
    /// Red, green and blue, and perhaps an opacity, of each pixel.
    private struct Colours: Sendable, Equatable {
        /// 3, or 4 with an opacity.
        let count: Int
        /// Whether each image has all its red first, (3, rows, columns).
        let areFirst: Bool
    }

    let count: Int
    /// The size of the images, which are grey once they are read.
    let shape: ImageShape
    /// The length of each axis of one image.
    private let sides: [Int]
    private let colours: Colours?

    /// - Throws: `DataError.malformed` for an array that is none of images.
    init(_ header: NPYHeader, _ place: ArrayPlace, _ options: DatasetOptions) throws(DataError) {
        try self.init(lengths: header.shape, options) { expected in
            .malformed(
                path: place.path, offset: header.shapeOffset, expected: expected,
                found: NumPyArray.text(ofShape: header.shape))
        }
    }

    /// - Parameters:
    ///   - lengths: of each axis, that of the images first.
    ///   - fault: the error for an array that is none of images, by what was expected.
    /// - Throws: what `fault` makes.
    init(lengths: [Int], _ options: DatasetOptions, fault: (String) -> DataError) throws(DataError) {
        sides = Array(lengths.dropFirst())
        var plane = sides
        if sides.count == 3 {
            let isLast = [1, 3, 4].contains(sides[2])
            let channels = isLast ? plane.removeLast() : plane.removeFirst()
            guard [1, 3, 4].contains(channels) else {
                throw fault("images, as (count, rows, columns, 1), or with 3 or 4 for colours")
            }
            colours = channels == 1 ? nil : Colours(count: channels, areFirst: !isLast)
        } else {
            colours = nil
        }
        guard let count = lengths.first, plane.count == 1 || plane.count == 2 else {
            throw fault("images, as (count, rows, columns), (count, rows, columns, 1 or 3) or (count, pixels)")
        }
        let pixels = plane.reduce(1) { $0.times($1) }
        guard count > 0, pixels > 0 else { throw fault("at least one image of at least one pixel") }
        guard pixels <= DatasetLimits.pixels else { throw fault("images of at most \(DatasetLimits.pixels) pixels") }
        self.count = count
        if let size = options.size {
            guard size.bytes == pixels, plane.count == 1 || plane == [size.rows, size.columns] else {
                throw fault("images of \(size.rows) × \(size.columns), as size= says")
            }
            shape = size
        } else if plane.count == 2 {
            shape = ImageShape(rows: plane[0], columns: plane[1])
        } else {
            guard let square = ImageShape(square: pixels) else {
                throw fault("square images, or size=ROWSxCOLUMNS behind the path")
            }
            shape = square
        }
    }

    /// Whether pixels have colours.
    var isColoured: Bool { colours != nil }

    /// What is said of it; nil where nothing is to be said.
    var note: String? {
        colours.map {
            "images in colour become grey: 0.299 red + 0.587 green + 0.114 blue (Rec. 601)"
                + ($0.count == 4 ? "; their opacity is left out" : "")
        }
    }

    /// Values whose first axis ran fastest, brought into the usual order.
    func rowMajor(_ values: [UInt8]) -> [UInt8] {
        let size = sides.reduce(1, *)
        // For each value of an image, its place in the file.
        var places = [0]
        var step = count
        for side in sides {
            places = places.flatMap { place in (0..<side).map { place + $0 * step } }
            step *= side
        }
        return values.withUnsafeBufferPointer { from in
            [UInt8](unsafeUninitializedCapacity: from.count) { buffer, filled in
                for image in 0..<count {
                    for (value, place) in places.enumerated() { buffer[image * size + value] = from[image + place] }
                }
                filled = from.count
            }
        }
    }

    /// Bytes in the usual order, of which each pixel becomes its luma after ITU-R BT.601, rounded, halves up; grey ones
    /// stay.
    func grey(_ bytes: [UInt8]) -> [UInt8] {
        guard let colours else { return bytes }
        let (pixels, channels) = (shape.bytes, colours.count)
        let (step, next) = colours.areFirst ? (1, pixels) : (channels, 1)
        return bytes.withUnsafeBufferPointer { from in
            [UInt8](unsafeUninitializedCapacity: count * pixels) { buffer, filled in
                for image in 0..<count {
                    for pixel in 0..<pixels {
                        let red = image * pixels * channels + pixel * step
                        buffer[image * pixels + pixel] = Luma.level(
                            from[red], from[red + next], from[red + 2 * next])
                    }
                }
                filled = count * pixels
            }
        }
    }

    /// An expression of Python for the array: images of three axes, or of four with the colours last.
    func python(_ array: String) -> String {
        guard let colours else { return "\(array).reshape(-1, \(shape.rows), \(shape.columns))" }
        return colours.areFirst ? "np.moveaxis(\(array), 1, -1)" : array
    }

    /// The rule of `grey` in NumPy.
    static let pythonGrey = """
        def as_grey(images):
            \"\"\"The luma of bytes with their colours last, after Rec. 601.\"\"\"
            red, green, blue = (images[..., colour].astype("i4") for colour in range(3))
            return ((299 * red + 587 * green + 114 * blue + 500) // 1000).astype("u1")
        """
}

extension ImageShape {
    /// A square of so many pixels; nil where that is no square.
    init?(square pixels: Int) {
        let side = Int(Double(pixels).squareRoot().rounded())
        guard side > 0, side * side == pixels else { return nil }
        self.init(rows: side, columns: side)
    }
}
