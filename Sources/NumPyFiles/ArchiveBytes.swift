import Foundation

/// The bytes of an archive, read piece by piece: of a file that stays open, or of memory.
struct ArchiveBytes: Sendable {
    private enum Source: Sendable {
        case memory([UInt8])
        case file(OpenFile)
    }

    /// The path of the file, for errors.
    let path: String
    /// Its length.
    let count: Int
    private let source: Source

    init(_ bytes: [UInt8], path: String) { (source, count, self.path) = (.memory(bytes), bytes.count, path) }

    /// - Throws: `NumPyError.unreadable` with the system's reason; a folder, a pipe, a device and a file of more than
    ///   `limit` bytes count as unreadable.
    init(path: String, limit: Int) throws(NumPyError) {
        let file = try BoundedFile.open(path, limit: limit)
        (source, count, self.path) = (.file(OpenFile(descriptor: file.descriptor)), file.bytes, path)
    }

    /// The bytes of a range, which must lie within.
    ///
    /// - Throws: `NumPyError.unreadable`, also where the file has become shorter.
    func read(_ range: Range<Int>) throws(NumPyError) -> [UInt8] {
        switch source {
        case .memory(let bytes): return Array(bytes[range])
        case .file(let file):
            var reason: String?
            let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
                (filled, reason) = file.read(into: buffer, from: range.lowerBound)
            }
            if let reason { throw .unreadable(path: path, reason: reason) }
            return bytes
        }
    }

    /// A descriptor that is closed with the last value that has it.
    private final class OpenFile: Sendable {
        private let descriptor: Int32

        init(descriptor: Int32) { self.descriptor = descriptor }

        deinit { close(descriptor) }

        /// - Returns: how many bytes were read, and why there are not more where they don't fill the buffer.
        func read(into buffer: UnsafeMutableBufferPointer<UInt8>, from offset: Int) -> (count: Int, reason: String?) {
            var count = 0
            while count < buffer.count {
                let place = buffer.baseAddress.map { $0 + count }
                let got = pread(descriptor, place, buffer.count - count, off_t(offset + count))
                if got < 0, errno == EINTR { continue }
                if got < 0 { return (count, String(cString: strerror(errno))) }
                if got == 0 { return (count, "it has changed while it was read") }
                count += got
            }
            return (count, nil)
        }
    }
}

/// Some bytes of an archive, whose places are counted from the archive's start.
struct ArchiveWindow {
    /// Where the first of them stands.
    let start: Int
    let bytes: [UInt8]

    var end: Int { start + bytes.count }

    /// Little-endian; the caller has checked that the bytes are there.
    func uint16(at place: Int) -> UInt16 { bytes.uint16(at: place - start) }

    /// Little-endian; the caller has checked that the bytes are there.
    func uint32(at place: Int) -> UInt32 { bytes.uint32(at: place - start) }

    subscript(range: Range<Int>) -> ArraySlice<UInt8> {
        bytes[(range.lowerBound - start)..<(range.upperBound - start)]
    }
}
