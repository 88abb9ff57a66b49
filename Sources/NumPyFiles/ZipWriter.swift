import Compression

/// Makes a ZIP file of entries without compression. The same entries always give the same bytes: all have the time
/// 1980-01-01, where ZIP's calendar begins.
struct ZipWriter {
    private static let date: UInt16 = 0x0021
    /// Version 2.0 of the format is enough for stored entries.
    private static let version: UInt16 = 20
    /// A regular file that all users may read, made on Unix.
    private static let attributes: UInt32 = 0o100644 << 16
    private static let unix: UInt16 = 3 << 8

    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// - Parameter entries: each with the pieces of its contents.
    /// - Throws: `NumPyError.tooLarge` before anything is copied.
    static func archive(_ entries: [(name: String, pieces: [[UInt8]])]) throws(NumPyError) -> [UInt8] {
        let total = entries.reduce(22) { sum, entry in
            entry.pieces.reduce(sum + 2 * entry.name.utf8.count + 76) { $0 + $1.count }
        }
        guard entries.count < 0xFFFF, total < 0xFFFF_FFFF else {
            throw .tooLarge(entries: entries.count, bytes: total)
        }
        var writer = ZipWriter()
        writer.bytes.reserveCapacity(total)
        for (name, pieces) in entries { writer.add(name, pieces) }
        return writer.finish()
    }

    private mutating func add(_ name: String, _ pieces: [[UInt8]]) {
        let offset = UInt32(bytes.count)
        // The fields that the local header and the directory's record share, from "version needed" to "extra length".
        var common: [UInt8] = []
        for word in [Self.version, 0, ZipEntry.stored, 0, Self.date] { common.append(littleEndian: word) }
        let length = UInt32(pieces.reduce(0) { $0 + $1.count })
        common.append(littleEndian: pieces.reduce(0) { CRC32.checksum($1, behind: $0) })
        common.append(littleEndian: length)
        common.append(littleEndian: length)
        common.append(littleEndian: UInt16(name.utf8.count))
        common.append(littleEndian: UInt16(0))

        bytes.append(littleEndian: ZipReader.localSignature)
        bytes += common + Array(name.utf8)
        for piece in pieces { bytes += piece }

        directory.append(littleEndian: UInt32(0x0201_4B50))
        directory.append(littleEndian: Self.unix | Self.version)
        directory += common
        // No comment, the first disk, no internal attributes.
        for _ in 0..<3 { directory.append(littleEndian: UInt16(0)) }
        directory.append(littleEndian: Self.attributes)
        directory.append(littleEndian: offset)
        directory += name.utf8
        count += 1
    }

    private consuming func finish() -> [UInt8] {
        let start = UInt32(bytes.count)
        bytes += directory
        bytes.append(littleEndian: UInt32(0x0605_4B50))
        for word in [0, 0, UInt16(count), UInt16(count)] { bytes.append(littleEndian: word) }
        bytes.append(littleEndian: UInt32(directory.count))
        bytes.append(littleEndian: start)
        bytes.append(littleEndian: UInt16(0))
        return bytes
    }
}
