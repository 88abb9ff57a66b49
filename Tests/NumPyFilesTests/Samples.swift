import CZlib
import Foundation
import NumPyFiles
import Testing

/// What `make_fixtures.py` writes.
enum Samples {
    static let kernel = NumPyArray(
        shape: [2, 3], values: [0, -0.0, 1.5, -2.25, .leastNonzeroMagnitude, .greatestFiniteMagnitude])
    static let bias = NumPyArray(shape: [3], values: [0.1, 0.2, -0.3])
    static let entries = [
        NPZFile.Entry(name: "0.kernel", array: kernel), NPZFile.Entry(name: "0.bias", array: bias),
    ]

    static func path(_ name: String) throws -> String {
        try #require(Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Fixtures")).path
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: try path(name))))
    }

    /// Bit for bit, so that minus zero counts.
    static func areSame(_ array: NumPyArray, _ other: NumPyArray) -> Bool {
        array.shape == other.shape && array.values.map(\.bitPattern) == other.values.map(\.bitPattern)
    }

    /// A `.npy` file of version 1.0 with a header of one's own.
    static func npy(_ header: String, payload: Int = 0) -> [UInt8] {
        [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count & 0xFF), UInt8(header.utf8.count >> 8)]
            + Array(header.utf8) + [UInt8](repeating: 0, count: payload)
    }
}

/// A ZIP file put together by hand, so that each of its fields can lie.
struct HandmadeZip {
    struct Entry {
        var name = "a.npy"
        var localName: String?
        var flags: UInt16 = 0
        var method: UInt16 = 0
        var checksum: UInt32?
        var size: UInt32?
        var packed: [UInt8] = NPYFile.encode(Samples.bias)
        /// Place of the local header; nil where it really is.
        var offset: UInt32?
    }

    var entries: [Entry]
    var count: UInt16?
    var directoryOffset: UInt32?

    init(_ entries: [Entry]) { self.entries = entries }

    var bytes: [UInt8] {
        var (body, directory): ([UInt8], [UInt8]) = ([], [])
        for entry in entries {
            let offset = UInt32(body.count)
            func common(_ name: String) -> [UInt8] {
                let checksum = entry.checksum ?? UInt32(crc32(0, entry.packed, UInt32(entry.packed.count)))
                return word(UInt16(20)) + word(entry.flags) + word(entry.method) + word(UInt32(0)) + word(checksum)
                    + word(UInt32(entry.packed.count)) + word(entry.size ?? UInt32(entry.packed.count))
                    + word(UInt16(name.utf8.count)) + word(UInt16(0))
            }
            let localName = entry.localName ?? entry.name
            body += [0x50, 0x4B, 3, 4] + common(localName) + Array(localName.utf8) + entry.packed
            directory += [0x50, 0x4B, 1, 2] + word(UInt16(20)) + common(entry.name) + [UInt8](repeating: 0, count: 10)
            directory += word(entry.offset ?? offset) + Array(entry.name.utf8)
        }
        let count = count ?? UInt16(entries.count)
        let start = directoryOffset ?? UInt32(body.count)
        return body + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + word(count) + word(count)
            + word(UInt32(directory.count)) + word(start) + [0, 0]
    }

    private func word<Word: FixedWidthInteger>(_ value: Word) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}

/// Raw deflate data, as ZIP holds them.
func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    let status = deflateInit2_(
        &stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib starts")
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
    let written = input.withUnsafeMutableBufferPointer { input in
        output.withUnsafeMutableBufferPointer { output in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(output.count)
            precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END, "the output is large enough")
            return output.count - Int(stream.avail_out)
        }
    }
    return Array(output.prefix(written))
}
