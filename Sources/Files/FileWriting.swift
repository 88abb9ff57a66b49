import Foundation

/// Why bytes could not be written.
package struct WriteFailure: Error {
    /// The cause in the system's words.
    package let reason: String

    /// The failure of `errno`.
    package init() { reason = String(cString: strerror(errno)) }

    package init(reason: String) { self.reason = reason }
}

/// Writes all bytes. `FileHandle` would end the program on an error, and `print` would not report it.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(WriteFailure) {
    var rest = bytes[...]
    while !rest.isEmpty {
        let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if written >= 0 {
            rest = rest.dropFirst(written)
        } else if errno == EAGAIN {
            // Another program that shares the terminal or pipe has made it non-blocking.
            var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            _ = poll(&waiting, 1, -1)
        } else if errno != EINTR {
            throw WriteFailure()
        }
    }
}

/// Writes the whole text, in UTF-8.
package func writeAll(_ text: String, to descriptor: Int32) throws(WriteFailure) {
    try writeAll(Array(text.utf8), to: descriptor)
}
