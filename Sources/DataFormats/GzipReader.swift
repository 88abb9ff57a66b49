import Compression

/// Unpacks a gzip'ed file piece by piece; zlib checks each member's CRC-32 and length.
final class GzipReader: ByteSource {
    private static let pieceBytes = 1 << 16

    private let file: FileBytes
    private let inflater: Inflater
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
        guard let inflater = Inflater(.gzip) else { throw Self.noMemory(file) }
        (self.file, self.inflater) = (file, inflater)
    }

    var mostBytes: Int {
        let (most, overflow) = file.mostBytes.multipliedReportingOverflow(by: Inflater.greatestRatio)
        return overflow ? .max : most
    }

    /// - Throws: `DataError.malformed`, its offset in the packed file, if the packed bytes are damaged or cut off.
    func read(into output: UnsafeMutableBufferPointer<UInt8>) throws(DataError) -> Int {
        var written = 0
        while written < output.count, !ended {
            try refill(atLeast: 1)
            let rest = UnsafeMutableBufferPointer(rebasing: output[written...])
            let step = inflater.unpack(piece[next...], into: rest)
            next += step.consumed
            written += step.produced
            switch step.status {
            case .going where step.produced == 0 && next == piece.count && fileEnded:
                throw fault(expected: "more packed data", found: "the end of the file")
            case .going where step.consumed + step.produced > 0 || next == piece.count: continue
            case .going: throw fault(expected: "intact gzip data", found: "data that zlib can't read")
            case .ended: try endMember()
            case .noMemory: throw Self.noMemory(file)
            case .damaged(let reason): throw fault(expected: "intact gzip data", found: "damage (\(reason))")
            }
        }
        return written
    }

    /// The offset of the next byte in the packed file.
    private var position: Int { before + next }

    private func fault(expected: String, found: String) -> DataError {
        .malformed(path: file.path, offset: position, expected: expected, found: found)
    }

    private static func noMemory(_ file: FileBytes) -> DataError {
        .unreadable(path: file.path, reason: "zlib has no memory left")
    }

    /// Reads more where fewer packed bytes than `count` are left; at the end of the file there may still be fewer.
    private func refill(atLeast count: Int) throws(DataError) {
        guard piece.count - next < count, !fileEnded else { return }
        let more = try file.read(Self.pieceBytes)
        fileEnded = more.count < Self.pieceBytes
        before += next
        piece = Array(piece[next...]) + more
        next = 0
    }

    /// A gzip file may hold several members, each packed by itself; what follows the last one is not part of it.
    private func endMember() throws(DataError) {
        try refill(atLeast: 2)
        guard next < piece.count else {
            ended = true
            return
        }
        guard GzipReader.isGzip(piece[next...]), inflater.beginNextMember() else {
            throw fault(
                expected: "the end of the file", found: "\(file.mostBytes - position) bytes after the gzip data")
        }
    }
}
