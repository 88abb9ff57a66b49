import Foundation

/// A file that is written anew for every input, thousands of times a second.
enum ScratchFile {
    /// Writes it in place, as a new file each time would take longer than most parsers.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        try require(descriptor >= 0, "\(path) can't be written: \(String(cString: strerror(errno)))")
        defer { close(descriptor) }
        let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
        try require(written == bytes.count, "\(path) can't be written whole")
    }
}
