import Foundation

/// Whether a file that results would replace is meant to stay.
package enum ReadOnlyFile {
    /// Why it may not be replaced; nil where it may, or is not there.
    ///
    /// A file that is replaced by renaming needs no permission of its own, and root has every one: the file's owner has
    /// still said that it is not to be written, where it has no permission for that at all.
    package static func reason(_ path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        if status.st_mode & 0o222 == 0 { return "it is read-only" }
        return access(path, W_OK) == 0 ? nil : String(cString: strerror(errno))
    }
}
