import CZlib

/// Unpacks deflate data (RFC 1951) piece by piece.
package final class Inflater {
    /// What is around the packed data.
    package enum Wrapping {
        /// Nothing, as in a ZIP file.
        case none
        /// Members of gzip (RFC 1952), whose CRC-32 and length are checked.
        case gzip

        /// zlib's word for it: 2^15 bytes of window, and the kind of header.
        fileprivate var windowBits: Int32 { self == .none ? -15 : 15 + 16 }
    }

    /// The state of unpacking after a step.
    package enum Status: Equatable {
        /// There may be more: give it more bytes, or room for more.
        case going
        /// The end mark was read, of a member where there are members.
        case ended
        case noMemory
        /// The packed data are none; zlib's words for why.
        case damaged(String)
    }

    /// The result of a step.
    package struct Step {
        /// The state after it.
        package let status: Status
        /// Packed bytes that were read.
        package let consumed: Int
        /// Unpacked bytes that were written.
        package let produced: Int
    }

    /// Deflate packs at most 1032 : 1, so a header that gives more bytes than this times the packed ones is wrong.
    package static let greatestRatio = 1032

    /// zlib keeps a pointer back to the stream, so the stream must not move.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Nil where zlib finds no memory.
    package init?(_ wrapping: Wrapping) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit2_(stream, wrapping.windowBits, ZLIB_VERSION, size) == Z_OK else { return nil }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Unpacks as much as there is data for and room for; of either at most 4 GiB in a step, as zlib counts.
    package func unpack(_ packed: ArraySlice<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>) -> Step {
        let (room, available) = (UInt32(clamping: output.count), UInt32(clamping: packed.count))
        let (status, left) = packed.withUnsafeBufferPointer { bytes in
            // zlib reads there only.
            stream.pointee.next_in = bytes.baseAddress.map { UnsafeMutablePointer(mutating: $0) }
            stream.pointee.avail_in = available
            stream.pointee.next_out = output.baseAddress
            stream.pointee.avail_out = room
            return (inflate(stream, Z_NO_FLUSH), stream.pointee.avail_in)
        }
        return Step(
            status: meaning(of: status), consumed: Int(available - left),
            produced: Int(room - stream.pointee.avail_out))
    }

    /// Gets ready for the next member.
    ///
    /// - Returns: whether zlib could.
    package func beginNextMember() -> Bool { inflateReset(stream) == Z_OK }

    /// Z_BUF_ERROR says that nothing could be done without more bytes or more room.
    private func meaning(of status: Int32) -> Status {
        switch status {
        case Z_OK, Z_BUF_ERROR: .going
        case Z_STREAM_END: .ended
        case Z_MEM_ERROR: .noMemory
        default: .damaged(stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(status)")
        }
    }
}
