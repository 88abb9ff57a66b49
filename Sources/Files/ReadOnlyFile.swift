import Foundation

/// Whether a file that results would replace is write-protected.
package enum ReadOnlyFile {
    /// Why it may not be replaced; nil where it may, or does not exist.
    ///
    /// Renaming needs no permission of the replaced file, and root has all permissions. But a file without write
    /// permission for its owner is meant to stay.
    package static func reason(_ path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        if status.st_mode & 0o222 == 0 { return "it is read-only" }
        return access(path, W_OK) == 0 ? nil : String(cString: strerror(errno))
    }
}
