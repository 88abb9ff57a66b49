import Foundation

/// Reads a whole file whose length is checked first.
package enum BoundedFile {
    /// The bytes of a regular file.
    ///
    /// - Throws: `NumPyError.unreadable` with the system's reason; a folder, a pipe, a device and a file of more than
    ///   `limit` bytes count as unreadable.
    package static func read(_ path: String, limit: Int) throws(NumPyError) -> [UInt8] {
        let (descriptor, length) = try open(path, limit: limit)
        defer { close(descriptor) }
        var failure: String?
        guard length > 0 else { return [] }
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
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

    /// Opens a file to read; the caller closes the descriptor.
    ///
    /// - Throws: as `read`.
    static func open(_ path: String, limit: Int) throws(NumPyError) -> (descriptor: Int32, bytes: Int) {
        // Opening a pipe must not wait for a writer.
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
        var status = stat()
        let reason: String? =
            if fstat(descriptor, &status) != 0 {
                String(cString: strerror(errno))
            } else if status.st_mode & S_IFMT != S_IFREG {
                "not a regular file"
            } else if Int(status.st_size) > limit {
                "\(status.st_size) bytes long; expected at most \(limit)"
            } else {
                nil
            }
        guard let reason else { return (descriptor, Int(status.st_size)) }
        close(descriptor)
        throw .unreadable(path: path, reason: reason)
    }
}
