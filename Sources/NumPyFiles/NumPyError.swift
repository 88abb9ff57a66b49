/// Why an array file can't be used. Nothing of a file that is refused is kept.
package enum NumPyError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The system refuses to read the file, or it is longer than what is taken.
    case unreadable(path: String, reason: String)
    /// The file is not what it should be. `offset` counts bytes from 0; `path` names the entry where it is one of an
    /// archive, and the offset is then one of the unpacked entry.
    case malformed(path: String, offset: Int, expected: String, found: String)
    /// An archive of more arrays or bytes than a ZIP file without its 64-bit extension holds.
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
