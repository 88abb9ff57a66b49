import CZlib
import TestSupport

/// An IDX file of unsigned bytes; `sizes` may lie about the payload.
func idx(_ sizes: [UInt32], _ payload: [UInt8], type: UInt8 = 8) -> [UInt8] {
    let header = sizes.flatMap { size in withUnsafeBytes(of: size.bigEndian) { Array($0) } }
    return [0, 0, type, UInt8(sizes.count)] + header + payload
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
