import CZlib
import Compression

/// An image of bytes, and its PNG file. Source: the W3C's "Portable Network Graphics", third edition.
package struct PNGImage: Equatable, Sendable {
    /// Grey or RGB; the raw value is PNG's colour type.
    package enum Kind: UInt8, Sendable {
        case gray = 0
        case rgb = 2

        /// Bytes of a pixel: 1 or 3.
        package var samples: Int { self == .gray ? 1 : 3 }
    }

    /// Pixels in a row.
    package let width: Int
    /// Rows.
    package let height: Int
    /// Grey or RGB.
    package let kind: Kind
    /// height × width × samples, row by row.
    package var pixels: [UInt8]

    /// - Parameter pixels: height × width × samples.
    package init(width: Int, height: Int, kind: Kind, pixels: [UInt8]) {
        precondition(width > 0 && height > 0, "a PNG image has pixels")
        precondition(pixels.count == width * height * kind.samples, "pixels must be height × width × samples")
        self.width = width
        self.height = height
        self.kind = kind
        self.pixels = pixels
    }

    /// Each pixel as a square of `factor` × `factor`.
    package func enlarged(by factor: Int) -> PNGImage {
        let samples = kind.samples
        var result: [UInt8] = []
        result.reserveCapacity(pixels.count * factor * factor)
        for row in 0..<height {
            var line: [UInt8] = []
            for column in 0..<width {
                let start = (row * width + column) * samples
                for _ in 0..<factor { line += pixels[start..<(start + samples)] }
            }
            for _ in 0..<factor { result += line }
        }
        return PNGImage(width: width * factor, height: height * factor, kind: kind, pixels: result)
    }

    /// The file; the same image gives the same bytes with the same zlib.
    package var encoded: [UInt8] {
        var header: [UInt8] = []
        header.append(bigEndian: UInt32(width))
        header.append(bigEndian: UInt32(height))
        // 8 bits a sample; the only compression, the only filter method, not interlaced.
        header += [8, kind.rawValue, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Self.chunk("IHDR", header)
            + Self.chunk("IDAT", Self.packed(scanlines)) + Self.chunk("IEND", [])
    }

    /// Every row after the number of its filter, which is 0 for none.
    private var scanlines: [UInt8] {
        let length = width * kind.samples
        var lines: [UInt8] = []
        lines.reserveCapacity(pixels.count + height)
        for row in 0..<height {
            lines.append(0)
            lines += pixels[(row * length)..<((row + 1) * length)]
        }
        return lines
    }

    private static func packed(_ bytes: [UInt8]) -> [UInt8] {
        let most = Int(compressBound(UInt(bytes.count)))
        return [UInt8](unsafeUninitializedCapacity: most) { output, count in
            var length = UInt(most)
            let status = bytes.withUnsafeBufferPointer { input in
                compress2(output.baseAddress, &length, input.baseAddress, UInt(input.count), Z_DEFAULT_COMPRESSION)
            }
            precondition(status == Z_OK, "zlib has room for what compressBound says, and needs some memory")
            count = Int(length)
        }
    }

    private static func chunk(_ type: String, _ contents: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: UInt32(contents.count))
        let body = Array(type.utf8) + contents
        bytes += body
        bytes.append(bigEndian: CRC32.checksum(body))
        return bytes
    }
}
