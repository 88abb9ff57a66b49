import CZlib

/// Unpacks gzip'ed bytes piece by piece; zlib checks each member's CRC-32 and length.
struct GzipReader: ~Copyable {
    /// Deflate can't pack better than 1 : 1032, so a header that promises more than this times the file lies.
    static let greatestRatio = 1032

    private let input: [UInt8]
    private let path: String
    /// zlib keeps a pointer back to the stream, so the stream must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var position = 0
    private var ended = false

    static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B }

    /// - Throws: `DataError.unreadable` if zlib finds no memory.
    init(_ input: [UInt8], path: String) throws(DataError) {
        self.input = input
        self.path = path
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let gzipOnly: Int32 = 15 + 16
        guard inflateInit2_(stream, gzipOnly, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .unreadable(path: path, reason: "zlib has no memory left")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Unpacks until `output` is full or the data ends.
    ///
    /// - Returns: bytes written; fewer than asked for only at the end of the data.
    /// - Throws: `DataError.malformed`, its offset in the packed file, if the packed bytes are damaged or cut off.
    mutating func read(into output: UnsafeMutableBufferPointer<UInt8>) throws(DataError) -> Int {
        var written = 0
        while written < output.count, !ended {
            let (status, produced) = inflateOnce(into: UnsafeMutableBufferPointer(rebasing: output[written...]))
            written += produced
            switch status {
            case Z_OK: continue
            case Z_STREAM_END: try endMember()
            case Z_BUF_ERROR where position == input.count:
                throw fault(expected: "more packed data", found: "the end of the file")
            default:
                throw fault(expected: "intact gzip data", found: "damage (\(message ?? "zlib status \(status)"))")
            }
        }
        return written
    }

    private func fault(expected: String, found: String) -> DataError {
        .malformed(path: path, offset: position, expected: expected, found: found)
    }

    private var message: String? { stream.pointee.msg.map { String(cString: $0) } }

    private mutating func inflateOnce(into output: UnsafeMutableBufferPointer<UInt8>) -> (status: Int32, produced: Int)
    {
        // zlib counts in 32 bits; larger pieces come in the next round.
        let room = UInt32(clamping: output.count)
        let available = UInt32(clamping: input.count - position)
        let (status, left) = input.withUnsafeBufferPointer { bytes in
            stream.pointee.next_in = bytes.baseAddress.map { UnsafeMutablePointer(mutating: $0 + position) }
            stream.pointee.avail_in = available
            stream.pointee.next_out = output.baseAddress
            stream.pointee.avail_out = room
            return (inflate(stream, Z_NO_FLUSH), stream.pointee.avail_in)
        }
        position += Int(available - left)
        return (status, Int(room - stream.pointee.avail_out))
    }

    /// A gzip file may hold several members, each packed by itself; what follows the last one is no part of it.
    private mutating func endMember() throws(DataError) {
        guard position < input.count else {
            ended = true
            return
        }
        guard GzipReader.isGzip(Array(input[position...].prefix(2))), inflateReset(stream) == Z_OK else {
            throw fault(expected: "the end of the file", found: "\(input.count - position) bytes after the gzip data")
        }
    }
}
