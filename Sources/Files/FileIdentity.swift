import Foundation

/// Finds out whether two paths are one file, also where one is a link to the other, or does not exist yet.
package enum FileIdentity: Hashable {
    case existing(device: UInt64, number: UInt64)
    /// A file to be made in a folder.
    case missing(folder: UInt64, device: UInt64, name: String)

    /// Nil for `/dev/null`, which discards everything, and for a file in a folder that does not exist.
    package init?(_ path: String) {
        if let status = FileTarget.status(path) {
            self.init(status)
            return
        }
        guard let place = FileTarget.followed(path), let folder = FileTarget.status(FileTarget.folder(of: place))
        else { return nil }
        self = .missing(
            folder: UInt64(folder.st_ino), device: UInt64(folder.st_dev),
            name: place.split(separator: "/").last.map(String.init) ?? "")
    }

    /// The regular file that a descriptor writes to; nil for a terminal, a pipe or a device, which several can share.
    package init?(regularFileOf descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        self.init(status)
    }

    private init?(_ status: stat) {
        if status.st_mode & S_IFMT == S_IFCHR, let null = FileTarget.status("/dev/null"), status.st_rdev == null.st_rdev
        {
            return nil
        }
        self = .existing(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
    }
}
