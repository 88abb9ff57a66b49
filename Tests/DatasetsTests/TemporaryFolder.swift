import CZlib
import Foundation

/// A folder for one test, removed with the value.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "trainspotter-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: [UInt8], as name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
    }

    /// Makes a file that long, with a hole behind what it holds.
    func extend(_ name: String, to bytes: UInt64) throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path + "/" + name))
        try file.truncate(atOffset: bytes)
        try file.close()
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path + "/" + name) }
}

/// An IDX file of unsigned bytes; `sizes` may lie about the payload.
func idx(_ sizes: [UInt32], _ payload: [UInt8], type: UInt8 = 8) -> [UInt8] {
    [0, 0, type, UInt8(sizes.count)] + sizes.flatMap { size in (0..<4).map { UInt8(size >> (24 - 8 * $0) & 0xFF) } }
        + payload
}

/// The bytes as `gzip` packs them.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    let status = deflateInit2_(
        &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
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

/// A good data set of 4 training and 2 test images of 2 × 3, three classes.
func writeSmallDataset(to folder: TemporaryFolder) throws {
    try folder.write(idx([4, 2, 3], Array(0..<24)), as: "train-images-idx3-ubyte")
    try folder.write(idx([4], [0, 1, 2, 1]), as: "train-labels-idx1-ubyte")
    try folder.write(idx([2, 2, 3], Array(100..<112)), as: "t10k-images-idx3-ubyte")
    try folder.write(idx([2], [2, 0]), as: "t10k-labels-idx1-ubyte")
}
