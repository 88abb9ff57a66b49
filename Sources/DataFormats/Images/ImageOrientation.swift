/// How the pixels of a photo lie in its file, as the camera was held. Source: Exif 2.32, tag 274.
enum ImageOrientation: Int, Sendable {
    case upright = 1
    case mirrored, upsideDown, mirroredUpsideDown, transposed, turnedLeft, transversed, turnedRight

    /// Whether rows of the file are columns.
    var isTurned: Bool { rawValue > 4 }
    /// Whether what is first in the file's columns is last.
    private var flipsRows: Bool { [.upsideDown, .mirroredUpsideDown, .turnedLeft, .transversed].contains(self) }
    /// Whether what is first in the file's rows is last.
    private var flipsColumns: Bool { [.mirrored, .upsideDown, .transversed, .turnedRight].contains(self) }

    /// The image upright.
    ///
    /// - Parameter image: as it lies in the file.
    func upright(_ image: GrayImage) -> GrayImage {
        guard self != .upright else { return image }
        let (rows, columns) = isTurned ? (image.columns, image.rows) : (image.rows, image.columns)
        // Steps in the file for a step to the right and one down.
        let (right, down) = isTurned ? (image.columns, 1) : (1, image.columns)
        let (flipsX, flipsY) = isTurned ? (flipsRows, flipsColumns) : (flipsColumns, flipsRows)
        let pixels = [UInt8](unsafeUninitializedCapacity: rows * columns) { upright, count in
            image.pixels.withUnsafeBufferPointer { stored in
                for y in 0..<rows {
                    let row = (flipsY ? rows - 1 - y : y) * down
                    for x in 0..<columns {
                        upright[y * columns + x] = stored[row + (flipsX ? columns - 1 - x : x) * right]
                    }
                }
            }
            count = rows * columns
        }
        return GrayImage(rows: rows, columns: columns, pixels: pixels)
    }

    /// Finds tag 274 in the first directory of Exif's data.
    ///
    /// - Parameter tiff: what follows `Exif` and two zeros: a TIFF header, then directories.
    /// - Returns: upright where there is none, or it is damaged.
    static func read(exif tiff: ArraySlice<UInt8>) -> ImageOrientation {
        let bytes = Array(tiff)
        let isLittle = bytes.starts(with: [0x49, 0x49, 0x2A, 0])
        guard isLittle || bytes.starts(with: [0x4D, 0x4D, 0, 0x2A]) else { return .upright }
        func number(_ start: Int, _ count: Int) -> Int? {
            guard start + count <= bytes.count else { return nil }
            let digits = bytes[start..<(start + count)]
            return (isLittle ? Array(digits.reversed()) : Array(digits)).reduce(0) { $0 << 8 | Int($1) }
        }
        guard let directory = number(4, 4), let entries = number(directory, 2) else { return .upright }
        for entry in 0..<entries {
            let place = directory + 2 + 12 * entry
            guard let tag = number(place, 2), let type = number(place + 2, 2) else { return .upright }
            // 3 is a number of 16 bits, 4 one of 32.
            guard tag == 274, type == 3 || type == 4 else { continue }
            return number(place + 8, type == 3 ? 2 : 4).flatMap(ImageOrientation.init) ?? .upright
        }
        return .upright
    }
}
