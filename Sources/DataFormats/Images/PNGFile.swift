import CImages

/// PNG images. Source: the W3C's "Portable Network Graphics", third edition.
enum PNGFile {
    /// Deflate packs at most so many bytes into one.
    private static let densest = 1032
    private static let headerLength = 33

    /// Reads IHDR.
    ///
    /// - Parameter bytes: that begin as a PNG image does.
    /// - Returns: nil where more bytes are needed.
    static func header(_ bytes: [UInt8], path: String) throws(DataError) -> ImageHeader? {
        guard bytes.count >= headerLength else { return nil }
        let start = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
        if let place = start.indices.first(where: { bytes[$0] != start[$0] }) {
            throw .malformed(
                path: path, offset: place, expected: "the header of a PNG image (IHDR)", found: "other bytes")
        }
        let (columns, rows) = (word(bytes, 16), word(bytes, 20))
        for (place, size, name) in [(16, columns, "columns"), (20, rows, "rows")] {
            guard (1...1_000_000).contains(size) else {
                throw .malformed(path: path, offset: place, expected: "1 to 1000000 \(name)", found: "\(size)")
            }
        }
        guard [0, 2, 3, 4, 6].contains(bytes[25]) else {
            throw .malformed(path: path, offset: 25, expected: "a colour type: 0, 2, 3, 4 or 6", found: "\(bytes[25])")
        }
        return ImageHeader(kind: .png, rows: rows, columns: columns, isColor: bytes[25] & 2 != 0)
    }

    /// The whole image.
    ///
    /// - Throws: `DataError` where it is damaged, or takes too much memory.
    static func decode(_ bytes: [UInt8], path: String) throws(DataError) -> GrayImage {
        guard let header = try header(bytes, path: path) else { throw ImageHeader.cut(bytes, path) }
        let chunks = try Chunks(bytes, path: path)
        let form: PixelForm =
            switch (bytes[25] & 2 != 0, bytes[25] & 4 != 0 || chunks.hasTransparency) {
            case (false, false): .gray
            case (false, true): .grayWithOpacity
            case (true, false): .rgb
            case (true, true): .rgbWithOpacity
            }
        let (rows, columns) = (header.rows, header.columns)
        let samples = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][bytes[25]] ?? 1
        let promised = rows * columns * samples * Int(bytes[24]) / 8
        guard promised <= densest * chunks.dataBytes else {
            throw .malformed(
                path: path, offset: 16, expected: "a size that its data can have",
                found: "\(columns) × \(rows) pixels in \(chunks.dataBytes) packed bytes")
        }
        try ImageFile.check(bytes: rows * columns * (form.channels + 1) + bytes.count, path: path)
        return try ImageFile.unpacked(rows, columns, form, name: "PNG", path: path) { pixels, message in
            image_unpack_png(
                chunks.image, chunks.image.count, Int32(rows), Int32(columns), Int32(form.channels), pixels, message)
        }
    }

    private static func word(_ bytes: [UInt8], _ place: Int) -> Int {
        bytes[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) }
    }

    /// The chunks that make the image. What else there is (texts, profiles, a gamma that image programs for data leave
    /// aside, too) is not handed on: it can be packed as tightly as a bomb.
    private struct Chunks {
        /// The file without the other chunks.
        var image: [UInt8]
        /// Bytes of packed pixels.
        var dataBytes = 0
        var hasTransparency = false

        init(_ bytes: [UInt8], path: String) throws(DataError) {
            image = Array(bytes.prefix(8))
            image.reserveCapacity(bytes.count)
            var position = 8
            while true {
                guard position + 12 <= bytes.count else {
                    throw .malformed(
                        path: path, offset: bytes.count, expected: "a chunk, up to the last one (IEND)",
                        found: "the end of the data")
                }
                let length = PNGFile.word(bytes, position)
                let end = position + 12 + length
                guard end <= bytes.count else {
                    throw .malformed(
                        path: path, offset: bytes.count, expected: "\(end - bytes.count) more bytes",
                        found: "the end of the data")
                }
                let name = bytes[(position + 4)..<(position + 8)]
                let isTransparency = name.elementsEqual("tRNS".utf8)
                // Capital letters begin the names of chunks that can't be left out.
                if isTransparency || bytes[position + 4] & 0x20 == 0 { image += bytes[position..<end] }
                if isTransparency { hasTransparency = true }
                if name.elementsEqual("IDAT".utf8) { dataBytes += length }
                if name.elementsEqual("IEND".utf8) { return }
                position = end
            }
        }
    }
}
