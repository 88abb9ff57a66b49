import CZlib

/// The bytes as `gzip` packs them.
package func gzip(_ bytes: [UInt8]) -> [UInt8] { compressed(bytes, windowBits: 15 + 16) }

/// Raw deflate data, as ZIP holds them.
package func deflated(_ bytes: [UInt8]) -> [UInt8] { compressed(bytes, windowBits: -15) }

/// Deflate data with zlib's header and checksum, as PNG holds them.
package func zlibbed(_ bytes: [UInt8]) -> [UInt8] { compressed(bytes, windowBits: 15) }

/// - Parameter windowBits: zlib's, which also say what is put around the data.
private func compressed(_ bytes: [UInt8], windowBits: Int32) -> [UInt8] {
    var stream = z_stream()
    let status = deflateInit2_(
        &stream, 9, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
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
