/// Portable grey maps: `P2`, numbers as text, and `P5`, bytes. Source: Netpbm's `pgm(5)`.
package enum PGMFile {
    private static let sizes = 1...16_384
    private static let greatestValue = 1...65_535

    /// Reads one image; grey levels up to another greatest value than 255 are stretched to it, rounded.
    ///
    /// - Throws: `DataError` if the file holds anything else, or anything more.
    package static func read(path: String) throws(DataError) -> GrayImage {
        try decode(try ImageFile.bytes(path: path), path: path)
    }

    /// Takes the bytes of a whole file; `path` is for errors.
    package static func decode(_ bytes: [UInt8], path: String) throws(DataError) -> GrayImage {
        guard let magic = bytes.dropFirst().first, bytes[0] == UInt8(ascii: "P"), magic == 0x32 || magic == 0x35 else {
            throw .malformed(
                path: path, offset: 0, expected: "a PGM image (P2 or P5)",
                found: ImageKind.words(ofFileStartingWith: bytes))
        }
        let (header, start) = try header(bytes, path: path)
        var scanner = PGMScanner(bytes: bytes, path: path, position: start)
        let (rows, columns, greatest) = (header.rows, header.columns, header.greatest)
        let pixels =
            magic == 0x32
            ? try scanner.text(count: rows * columns, greatest) : try scanner.binary(count: rows * columns, greatest)
        return GrayImage(rows: rows, columns: columns, pixels: pixels)
    }

    /// What stands before the grey levels, and where it ends; `bytes` begin with `P2` or `P5`.
    static func header(
        _ bytes: [UInt8], path: String
    ) throws(DataError) -> (sizes: (rows: Int, columns: Int, greatest: Int), end: Int) {
        var scanner = PGMScanner(bytes: bytes, path: path, position: 2)
        let columns = try scanner.number(in: sizes, "columns")
        let rows = try scanner.number(in: sizes, "rows")
        let greatest = try scanner.number(in: greatestValue, "for white")
        return ((rows, columns, greatest), scanner.position)
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
