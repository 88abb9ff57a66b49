import Foundation

/// Reads a whole file whose length is checked first.
package enum BoundedFile {
    /// The bytes of a regular file.
    ///
    /// - Throws: `NumPyError.unreadable` with the system's reason; a folder, a pipe, a device and a file of more than
    ///   `limit` bytes count as unreadable.
    package static func read(_ path: String, limit: Int) throws(NumPyError) -> [UInt8] {
        // Opening a pipe must not wait for a writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable(path: path, reason: "not a regular file") }
        guard Int(status.st_size) <= limit else {
            throw .unreadable(path: path, reason: "\(status.st_size) bytes long; expected at most \(limit)")
        }
        var failure: String?
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
            while count < buffer.count {
                let got = Foundation.read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = String(cString: strerror(errno)) }
                if got <= 0 { break }
                count += got
            }
        }
        if let failure { throw .unreadable(path: path, reason: failure) }
        return bytes
    }
}
