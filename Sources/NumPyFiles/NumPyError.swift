/// Why an array file can't be used; nothing of it is used.
package enum NumPyError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The system can't read the file, or it is longer than the limit.
    case unreadable(path: String, reason: String)
    /// The file's content is wrong. `offset` counts bytes from 0. For an archive `path` names the entry, and the offset
    /// is within the unpacked entry.
    case malformed(path: String, offset: Int, expected: String, found: String)
    /// An archive with more arrays or bytes than a ZIP file without its 64-bit extension can have.
    case tooLarge(entries: Int, bytes: Int)

    package var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path): can't be read: \(reason)"
        case .malformed(let path, let offset, let expected, let found):
            "\(path): at byte \(offset): expected \(expected), found \(found)"
        case .tooLarge(let entries, let bytes):
            "\(entries) arrays of \(bytes) bytes: expected at most 65534 arrays and 4 GiB for one .npz file"
        }
    }

    static func truncated(_ path: String, at offset: Int, lacking: Int) -> NumPyError {
        .malformed(
            path: path, offset: offset, expected: "\(lacking) more \(lacking == 1 ? "byte" : "bytes")",
            found: "the end of the data")
    }

    static func trailing(_ path: String, at offset: Int, count: Int) -> NumPyError {
        .malformed(
            path: path, offset: offset, expected: "the end of the data",
            found: "\(count) more \(count == 1 ? "byte" : "bytes")")
    }
}
