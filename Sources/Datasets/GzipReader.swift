import CZlib

/// Unpacks a gzip'ed file piece by piece; zlib checks each member's CRC-32 and length.
final class GzipReader: ByteSource {
    /// Deflate packs at most 1032 : 1, so a header that gives more bytes than this times the file's length is wrong.
    static let greatestRatio = 1032
    private static let pieceBytes = 1 << 16

    private let file: FileBytes
    /// zlib keeps a pointer back to the stream, so the stream must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    /// Packed bytes that were read; those before `next` are unpacked.
    private var piece: [UInt8] = []
    private var next = 0
    /// Packed bytes before the piece.
    private var before = 0
    private var fileEnded = false
    private var ended = false

    static func isGzip(_ bytes: some Collection<UInt8>) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

    /// - Parameter file: at its start.
    /// - Throws: `DataError.unreadable` if zlib finds no memory.
    init(_ file: FileBytes) throws(DataError) {
        self.file = file
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let gzipOnly: Int32 = 15 + 16
        guard inflateInit2_(stream, gzipOnly, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .unreadable(path: file.path, reason: "zlib has no memory left")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    var mostBytes: Int {
        let (most, overflow) = file.mostBytes.multipliedReportingOverflow(by: Self.greatestRatio)
        return overflow ? .max : most
    }

    /// - Throws: `DataError.malformed`, its offset in the packed file, if the packed bytes are damaged or cut off.
    func read(into output: UnsafeMutableBufferPointer<UInt8>) throws(DataError) -> Int {
        var written = 0
        while written < output.count, !ended {
            try refill(atLeast: 1)
            let (status, produced) = inflateOnce(into: UnsafeMutableBufferPointer(rebasing: output[written...]))
            written += produced
            switch status {
            case Z_OK: continue
            case Z_STREAM_END: try endMember()
            case Z_BUF_ERROR where next == piece.count && fileEnded:
                throw fault(expected: "more packed data", found: "the end of the file")
            case Z_BUF_ERROR where next == piece.count: continue
            default:
                throw fault(expected: "intact gzip data", found: "damage (\(message ?? "zlib status \(status)"))")
            }
        }
        return written
    }

    /// The offset of the next byte in the packed file.
    private var position: Int { before + next }

    private func fault(expected: String, found: String) -> DataError {
        .malformed(path: file.path, offset: position, expected: expected, found: found)
    }

    private var message: String? { stream.pointee.msg.map { String(cString: $0) } }

    /// Reads more where fewer packed bytes than `count` are left; at the end of the file there may still be fewer.
    private func refill(atLeast count: Int) throws(DataError) {
        guard piece.count - next < count, !fileEnded else { return }
        let more = try file.read(Self.pieceBytes)
        fileEnded = more.count < Self.pieceBytes
        before += next
        piece = Array(piece[next...]) + more
        next = 0
    }

    private func inflateOnce(into output: UnsafeMutableBufferPointer<UInt8>) -> (status: Int32, produced: Int) {
        // zlib counts in 32 bits; larger pieces come in the next round.
        let room = UInt32(clamping: output.count)
        let available = UInt32(clamping: piece.count - next)
        let (status, left) = piece.withUnsafeBufferPointer { bytes in
            stream.pointee.next_in = bytes.baseAddress.map { UnsafeMutablePointer(mutating: $0 + next) }
            stream.pointee.avail_in = available
            stream.pointee.next_out = output.baseAddress
            stream.pointee.avail_out = room
            return (inflate(stream, Z_NO_FLUSH), stream.pointee.avail_in)
        }
        next += Int(available - left)
        return (status, Int(room - stream.pointee.avail_out))
    }

    /// A gzip file may hold several members, each packed by itself; what follows the last one is not part of it.
    private func endMember() throws(DataError) {
        try refill(atLeast: 2)
        guard next < piece.count else {
            ended = true
            return
        }
        guard GzipReader.isGzip(piece[next...]), inflateReset(stream) == Z_OK else {
            throw fault(
                expected: "the end of the file", found: "\(file.mostBytes - position) bytes after the gzip data")
        }
    }
}
