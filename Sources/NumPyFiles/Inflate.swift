import CZlib

/// Unpacks raw deflate data of a known length.
enum Inflate {
    /// Deflate can't pack better than 1 : 1032, so an entry that promises more than this times its bytes lies.
    static let greatestRatio = 1032

    enum Fault: Error {
        case noMemory
        case damaged(String)
        /// The packed data end before their end mark.
        case cutOff
        /// The data end after fewer bytes than promised.
        case shorter(Int)
        /// The data go on after the promised bytes.
        case longer
        /// Packed bytes after the end mark.
        case trailing(Int)
    }

    /// - Parameter size: bytes that the data must unpack to; no more are ever written.
    static func unpack(_ packed: ArraySlice<UInt8>, size: Int) throws(Fault) -> [UInt8] {
        // zlib keeps a pointer back to the stream, so the stream must not move.
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        let raw: Int32 = -15
        guard inflateInit2_(stream, raw, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .noMemory
        }
        defer { inflateEnd(stream) }
        var status = Z_OK
        let bytes = [UInt8](unsafeUninitializedCapacity: max(1, size)) { output, count in
            packed.withUnsafeBufferPointer { input in
                stream.pointee.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0) }
                stream.pointee.avail_in = UInt32(input.count)
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(size)
                status = inflate(stream, Z_FINISH)
            }
            count = size - Int(stream.pointee.avail_out)
        }
        switch status {
        case Z_STREAM_END:
            if bytes.count < size { throw .shorter(bytes.count) }
            if stream.pointee.avail_in > 0 { throw .trailing(Int(stream.pointee.avail_in)) }
            return bytes
        case Z_OK, Z_BUF_ERROR: throw stream.pointee.avail_in == 0 ? .cutOff : .longer
        case Z_MEM_ERROR: throw .noMemory
        default: throw .damaged(stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(status)")
        }
    }

    /// CRC-32 as ZIP uses it.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBufferPointer { UInt32(crc32_z(0, $0.baseAddress, $0.count)) }
    }
}
