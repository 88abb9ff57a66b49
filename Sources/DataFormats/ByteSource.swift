import Foundation

/// The bytes of a file in their order, unpacked where the file is packed.
protocol ByteSource: AnyObject {
    /// The file can't hold more bytes than this once it is unpacked.
    var mostBytes: Int { get }

    /// Fills the buffer as far as there is data.
    ///
    /// - Returns: bytes written; fewer than asked for only at the end of the data.
    func read(into output: UnsafeMutableBufferPointer<UInt8>) throws(DataError) -> Int
}

extension ByteSource {
    /// At most `count` bytes; fewer only at the end of the data.
    func read(_ count: Int) throws(DataError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let got = try bytes.withUnsafeMutableBufferPointer { buffer throws(DataError) in try read(into: buffer) }
        return got == count ? bytes : Array(bytes.prefix(got))
    }
}

/// A regular file, read piece by piece.
final class FileBytes: ByteSource {
    let path: String
    /// Length of the file when it was opened.
    let mostBytes: Int
    private let descriptor: Int32

    /// - Throws: `DataError.unreadable` with the system's reason; a folder, a pipe or a device counts as unreadable.
    init(path: String) throws(DataError) {
        // Without O_NONBLOCK a pipe in the place of a file would be waited for.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.unreadable(path) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let error = Self.unreadable(path)
            close(descriptor)
            throw error
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .unreadable(path: path, reason: "not a regular file")
        }
        self.path = path
        self.descriptor = descriptor
        mostBytes = Int(status.st_size)
    }

    deinit { close(descriptor) }

    func read(into output: UnsafeMutableBufferPointer<UInt8>) throws(DataError) -> Int {
        var count = 0
        while count < output.count {
            let got = Foundation.read(descriptor, output.baseAddress.map { $0 + count }, output.count - count)
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw Self.unreadable(path) }
            if got == 0 { break }
            count += got
        }
        return count
    }

    /// Goes back to the start.
    func rewind() throws(DataError) {
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw Self.unreadable(path) }
    }

    private static func unreadable(_ path: String) -> DataError {
        .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
}
