import Foundation

/// The names in a folder. A new file, or a new name of one, outlasts a power cut only once its folder is on the disk, too.
package enum FolderNames {
    /// Has the disk keep the names that a folder has now.
    ///
    /// A folder that can't be read, and a file system that keeps its names by itself, are no failure.
    ///
    /// - Throws: `WriteFailure` where the disk fails.
    package static func keep(in folder: String) throws(WriteFailure) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        guard fsync(descriptor) != 0, [EIO, ENOSPC, EDQUOT].contains(errno) else { return }
        throw WriteFailure()
    }

    /// The same for the folder that a file is in.
    package static func keep(of file: String) throws(WriteFailure) { try keep(in: FileTarget.folder(of: file)) }
}
