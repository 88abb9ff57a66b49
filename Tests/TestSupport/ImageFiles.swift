import CZlib

/// A PNG file with all its scan lines unfiltered.
///
/// - Parameters:
///   - depth: bits of a sample.
///   - type: PNG's colour type.
///   - lines: the packed samples of all lines, without the filter's bytes.
///   - chunks: that stand before the pixels.
package func png(
    rows: Int, columns: Int, depth: UInt8 = 8, type: UInt8 = 0, _ lines: [UInt8],
    chunks: [(name: String, data: [UInt8])] = []
) -> [UInt8] {
    let size = bigEndianBytes(UInt32(columns)) + bigEndianBytes(UInt32(rows))
    let length = max(1, lines.count / max(1, rows))
    let filtered = stride(from: 0, to: lines.count, by: length).flatMap { [0] + lines[$0..<($0 + length)] }
    let all =
        [(name: "IHDR", data: size + [depth, type, 0, 0, 0])] + chunks + [("IDAT", zlibbed(filtered)), ("IEND", [])]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + all.flatMap { pngChunk($0.name, $0.data) }
}

/// A chunk with its length and checksum.
package func pngChunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let checked = Array(name.utf8) + data
    return bigEndianBytes(UInt32(data.count)) + checked
        + bigEndianBytes(UInt32(crc32(0, checked, UInt32(checked.count))))
}

private func bigEndianBytes(_ word: UInt32) -> [UInt8] { withUnsafeBytes(of: word.bigEndian) { Array($0) } }
