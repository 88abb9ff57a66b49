import Glibc

/// A file of the system, such as those in `/proc`, which have no length.
enum SmallFile {
    struct Unreadable: Error {}

    private static let most = 1 << 16

    /// Its first 64 kB.
    static func text(_ path: String) throws(Unreadable) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Unreadable() }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: most)
        var count = 0
        while count < most {
            let got = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress.map { $0 + count }, most - count) }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw Unreadable() }
            if got == 0 { break }
            count += got
        }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
