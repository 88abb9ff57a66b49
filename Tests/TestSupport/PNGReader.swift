import CZlib
import Interchange

/// Reads PNG files of the kinds that `PNGImage` writes: made for tests, apart from what writes them.
package enum PNGReader {
    package struct Fault: Error, Equatable {
        package let reason: String
    }

    /// - Throws: `Fault` for the first thing that PNG's rules forbid, or that `PNGImage` does not write.
    package static func read(_ bytes: [UInt8]) throws -> PNGImage {
        guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else { throw Fault(reason: "magic") }
        let chunks = try chunks(Array(bytes.dropFirst(8)))
        guard chunks.map(\.type) == ["IHDR", "IDAT", "IEND"], chunks[2].contents.isEmpty else {
            throw Fault(reason: "chunks \(chunks.map(\.type))")
        }
        let header = chunks[0].contents
        guard header.count == 13, header[8] == 8, let kind = PNGImage.Kind(rawValue: header[9]),
            Array(header[10...]) == [0, 0, 0]
        else { throw Fault(reason: "header \(header)") }
        let (width, height) = (number(header[0..<4]), number(header[4..<8]))
        let length = width * kind.samples
        let lines = try inflated(chunks[1].contents, size: height * (length + 1))
        var pixels: [UInt8] = []
        for row in 0..<height {
            let start = row * (length + 1)
            guard lines[start] == 0 else { throw Fault(reason: "filter \(lines[start])") }
            pixels += lines[(start + 1)..<(start + 1 + length)]
        }
        return PNGImage(width: width, height: height, kind: kind, pixels: pixels)
    }

    private static func chunks(_ bytes: [UInt8]) throws -> [(type: String, contents: [UInt8])] {
        var chunks: [(type: String, contents: [UInt8])] = []
        var position = 0
        while position < bytes.count {
            guard bytes.count - position >= 12 else { throw Fault(reason: "cut off") }
            let length = number(bytes[position..<(position + 4)])
            guard bytes.count - position - 12 >= length else { throw Fault(reason: "length \(length)") }
            let body = Array(bytes[(position + 4)..<(position + 8 + length)])
            let sum = number(bytes[(position + 8 + length)..<(position + 12 + length)])
            guard Int(body.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }) == sum else {
                throw Fault(reason: "checksum")
            }
            chunks.append((String(decoding: body.prefix(4), as: UTF8.self), Array(body.dropFirst(4))))
            position += 12 + length
        }
        return chunks
    }

    private static func inflated(_ packed: [UInt8], size: Int) throws -> [UInt8] {
        var output = [UInt8](repeating: 0, count: size + 1)
        var length = UInt(output.count)
        let status = uncompress(&output, &length, packed, UInt(packed.count))
        guard status == Z_OK, length == size else { throw Fault(reason: "zlib status \(status), \(length) bytes") }
        return Array(output.prefix(size))
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
