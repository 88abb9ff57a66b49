import CImages

/// JPEG images. Sources: ITU-T T.81, annex B, and Exif 2.32.
enum JPEGFile {
    /// Reads the segments before the first scan.
    ///
    /// - Parameter bytes: that begin as a JPEG image does.
    /// - Returns: nil where more bytes are needed.
    static func header(_ bytes: [UInt8], path: String) throws(DataError) -> ImageHeader? {
        try segments(bytes, path: path)?.header
    }

    private static func segments(
        _ bytes: [UInt8], path: String
    ) throws(DataError) -> (header: ImageHeader, form: PixelForm)? {
        func fault(_ offset: Int, _ expected: String, _ found: String) -> DataError {
            .malformed(path: path, offset: offset, expected: expected, found: found)
        }
        func word(_ place: Int) -> Int { Int(bytes[place]) << 8 | Int(bytes[place + 1]) }
        var orientation: ImageOrientation?
        var frame: (rows: Int, columns: Int, form: PixelForm)?
        var position = 2
        while position + 4 <= bytes.count {
            guard bytes[position] == 0xFF else {
                throw fault(position, "a marker of a JPEG image (255)", "\(bytes[position])")
            }
            let marker = bytes[position + 1]
            switch marker {
            case 0xFF: position += 1
            case 0x01, 0xD0...0xD8: position += 2
            case 0xDA, 0xD9:
                guard let frame else { throw fault(position, "the image's size before its data", "none") }
                let header = ImageHeader(
                    kind: .jpeg, rows: frame.rows, columns: frame.columns, isColor: frame.form != .gray,
                    orientation: orientation ?? .upright)
                return (header, frame.form)
            default:
                let length = word(position + 2)
                guard length >= 2 else { throw fault(position + 2, "a segment's length from 2", "\(length)") }
                let end = position + 2 + length
                if isFrame(marker), frame == nil {
                    guard position + 10 <= bytes.count else { return nil }
                    let (rows, columns) = (word(position + 5), word(position + 7))
                    guard rows > 0, columns > 0 else {
                        throw fault(position + 5, "1 to 65535 rows and columns", "\(rows) × \(columns)")
                    }
                    guard let form = form(components: bytes[position + 9]) else {
                        throw fault(position + 9, "1, 3 or 4 colours", "\(bytes[position + 9])")
                    }
                    frame = (rows, columns, form)
                } else if marker == 0xE1, orientation == nil {
                    guard end <= bytes.count else { return nil }
                    let segment = bytes[(position + 4)..<end]
                    if segment.starts(with: Array("Exif\u{0}\u{0}".utf8)) {
                        orientation = .read(exif: segment.dropFirst(6))
                    }
                }
                position = end
            }
        }
        return nil
    }

    /// Start of a frame: C0 to CF but tables.
    private static func isFrame(_ marker: UInt8) -> Bool {
        (0xC0...0xCF).contains(marker) && ![0xC4, 0xC8, 0xCC].contains(marker)
    }

    private static func form(components: UInt8) -> PixelForm? {
        switch components {
        case 1: .gray
        case 3: .rgb
        case 4: .cmyk
        default: nil
        }
    }

    /// The whole image, upright.
    ///
    /// - Throws: `DataError` where it is damaged, or takes too much memory.
    static func decode(_ bytes: [UInt8], path: String) throws(DataError) -> GrayImage {
        guard let (header, form) = try segments(bytes, path: path) else { throw ImageHeader.cut(bytes, path) }
        let turned = header.orientation.isTurned
        let (rows, columns) = turned ? (header.columns, header.rows) : (header.rows, header.columns)
        // A progressive image is kept as coefficients of two bytes, too.
        try ImageFile.check(bytes: rows * columns * (3 * form.channels + 2), path: path)
        let levels = try ImageFile.unpacked(rows, columns, form, name: "JPEG", path: path) { pixels, message in
            image_unpack_jpeg(
                bytes, bytes.count, Int32(rows), Int32(columns), Int32(form.channels), pixels, message)
        }
        return header.orientation.upright(levels)
    }
}
