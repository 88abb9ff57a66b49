import Foundation

/// A file of the program's own, which only its owner can read.
package enum PrivateFile {
    private static let mode: mode_t = 0o600

    /// Writes a whole file, or nothing: a reader never sees half of it. What is written is on the disk when the call
    /// returns. What killed programs have left in its folder is removed.
    ///
    /// - Parameter replacing: whether a file that is there is replaced. Of two programs that write at once without it, one
    ///   finds the other's file.
    /// - Returns: false where there is a file that is not to be replaced; it stays.
    /// - Throws: `WriteFailure`; nothing is left behind.
    package static func write(_ bytes: [UInt8], to path: String, replacing: Bool) throws(WriteFailure) -> Bool {
        Leftovers.remove(in: FileTarget.folder(of: path))
        let staged = try StagedFile(bytes, for: path, mode: mode)
        defer { staged.close() }
        // Whoever looks whether there is a file, and then makes it, has the folder meanwhile.
        let folder = open(staged.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { if folder >= 0 { close(folder) } }
        if !replacing {
            while folder >= 0, flock(folder, LOCK_EX) != 0, errno == EINTR {}
            guard FileTarget.status(path) == nil else {
                staged.removeTemporary()
                return false
            }
        }
        try staged.settle()
        try staged.keepName()
        return true
    }
}
