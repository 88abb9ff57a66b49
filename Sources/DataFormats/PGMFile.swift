/// A grey-level image from one file.
package struct GrayImage: Sendable, Equatable {
    /// Height in pixels.
    package let rows: Int
    /// Width in pixels.
    package let columns: Int
    /// rows × columns bytes, row by row; 0 is black.
    package let pixels: [UInt8]

    /// An image; `pixels` has rows × columns bytes.
    package init(rows: Int, columns: Int, pixels: [UInt8]) {
        precondition(pixels.count == rows * columns, "pixels must be rows × columns")
        self.rows = rows
        self.columns = columns
        self.pixels = pixels
    }

    /// The image with black and white exchanged.
    package var inverted: GrayImage { GrayImage(rows: rows, columns: columns, pixels: pixels.map { 255 - $0 }) }
}

/// Portable grey maps: `P2`, numbers as text, and `P5`, bytes. Source: Netpbm's `pgm(5)`.
package enum PGMFile {
    /// The most bytes that a file may have.
    private static let longestFile = 1 << 26
    private static let sizes = 1...16_384
    private static let greatestValue = 1...65_535

    /// Reads one image; grey levels up to another greatest value than 255 are stretched to it, rounded.
    ///
    /// - Throws: `DataError` if the file holds anything else, or anything more.
    package static func read(path: String) throws(DataError) -> GrayImage {
        let file = try FileBytes(path: path)
        guard file.mostBytes <= longestFile else {
            throw .unreadable(path: path, reason: "\(file.mostBytes) bytes long; expected at most \(longestFile)")
        }
        return try decode(try file.read(file.mostBytes), path: path)
    }

    /// Takes the bytes of a whole file; `path` is for errors.
    package static func decode(_ bytes: [UInt8], path: String) throws(DataError) -> GrayImage {
        guard let magic = bytes.dropFirst().first, bytes[0] == UInt8(ascii: "P"), magic == 0x32 || magic == 0x35 else {
            throw .malformed(
                path: path, offset: 0, expected: "a PGM image (P2 or P5)", found: kind(ofFileStartingWith: bytes))
        }
        var scanner = PGMScanner(bytes: bytes, path: path, position: 2)
        let columns = try scanner.number(in: sizes, "columns")
        let rows = try scanner.number(in: sizes, "rows")
        let greatest = try scanner.number(in: greatestValue, "for white")
        let pixels =
            magic == 0x32
            ? try scanner.text(count: rows * columns, greatest) : try scanner.binary(count: rows * columns, greatest)
        return GrayImage(rows: rows, columns: columns, pixels: pixels)
    }

    private static func kind(ofFileStartingWith bytes: [UInt8]) -> String {
        let known: [(name: String, magic: [UInt8])] = [
            ("a PNG image", [0x89, 0x50, 0x4E, 0x47]), ("a JPEG image", [0xFF, 0xD8, 0xFF]),
            ("a GIF image", Array("GIF8".utf8)), ("another portable map", Array("P".utf8)),
        ]
        if bytes.isEmpty { return "an empty file" }
        return known.first { bytes.starts(with: $0.magic) }?.name ?? "other bytes"
    }
}

/// Reads the numbers of a PGM file.
private struct PGMScanner {
    let bytes: [UInt8]
    let path: String
    var position: Int

    /// A number of the header, or of a P2 image.
    mutating func number(in range: ClosedRange<Int>, _ what: String) throws(DataError) -> Int {
        skipBlanks()
        let start = position
        let expected = "\(range.lowerBound) to \(range.upperBound) \(what)"
        while position < bytes.count, isDigit(bytes[position]) { position += 1 }
        guard position > start else {
            throw fault(start, expected, start == bytes.count ? "the end of the data" : "no number")
        }
        // Zeros before a number don't count, however many there are.
        let figures = bytes[start..<position].drop { $0 == UInt8(ascii: "0") }
        let digits = figures.isEmpty ? "0" : String(decoding: figures.prefix(20), as: UTF8.self)
        guard let value = Int(digits), range.contains(value) else { throw fault(start, expected, digits) }
        return value
    }

    /// The grey levels of a P2 image, from 0 to 255.
    mutating func text(count: Int, _ greatest: Int) throws(DataError) -> [UInt8] {
        // Each value takes a digit and a blank, so a short file is refused before room is made for its image.
        guard bytes.count - position >= 2 * count - 1 else { throw fault(bytes.count, "\(count) grey levels", "fewer") }
        var pixels: [UInt8] = []
        pixels.reserveCapacity(count)
        while pixels.count < count {
            pixels.append(stretched(try number(in: 0...greatest, "as a grey level"), greatest))
        }
        skipBlanks()
        guard position == bytes.count else { throw fault(position, "the end of the data", "more bytes") }
        return pixels
    }

    /// The grey levels of a P5 image, from 0 to 255.
    mutating func binary(count: Int, _ greatest: Int) throws(DataError) -> [UInt8] {
        // Exactly one blank ends the header: the next byte may be a grey level with the value of a blank.
        guard position < bytes.count, isBlank(bytes[position]) else {
            throw fault(position, "a blank behind the header", position == bytes.count ? "the end of the data" : "none")
        }
        let start = position + 1
        let width = greatest > 255 ? 2 : 1
        let held = bytes.count - start
        guard held >= count * width else {
            let lacking = count * width - held
            throw fault(bytes.count, "\(lacking) more \(lacking == 1 ? "byte" : "bytes")", "the end of the data")
        }
        guard held == count * width else { throw fault(start + count * width, "the end of the data", "more bytes") }
        var pixels: [UInt8] = []
        pixels.reserveCapacity(count)
        for index in 0..<count {
            let at = start + index * width
            let value = width == 1 ? Int(bytes[at]) : Int(bytes[at]) << 8 | Int(bytes[at + 1])
            guard value <= greatest else { throw fault(at, "0 to \(greatest) as a grey level", "\(value)") }
            pixels.append(stretched(value, greatest))
        }
        return pixels
    }

    /// A grey level as a part of 255, rounded.
    private func stretched(_ value: Int, _ greatest: Int) -> UInt8 { UInt8((value * 255 + greatest / 2) / greatest) }

    /// Blanks, and comments from # to the end of the line.
    private mutating func skipBlanks() {
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "#") {
                while position < bytes.count, bytes[position] != 0x0A { position += 1 }
            } else if isBlank(bytes[position]) {
                position += 1
            } else {
                return
            }
        }
    }

    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private func fault(_ offset: Int, _ expected: String, _ found: String) -> DataError {
        .malformed(path: path, offset: offset, expected: expected, found: found)
    }
}
