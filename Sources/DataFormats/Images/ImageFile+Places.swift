import Foundation

extension ImageFile {
    /// Whether a name ends as an image's does.
    package static func isNamed(_ name: String) -> Bool { ImageKind.isImage(name: name) }

    /// Paths of the images in a folder, in the order of their names. Hidden files, folders, files of other kinds, and links
    /// that lead out of the folder are left out.
    ///
    /// - Returns: nil where the path is no folder.
    /// - Throws: `DataError` where it can't be read, or holds too many files.
    package static func paths(inFolder path: String) throws(DataError) -> [String]? {
        guard let root = FolderListing.real(path),
            let listing = try FolderListing(path, root: root, most: ImageFolder.mostFiles)
        else { return nil }
        guard !listing.isCut else {
            throw .unreadable(path: path, reason: "more than \(ImageFolder.mostFiles) files; expected at most so many")
        }
        return listing.files.filter { ImageFolder.isImage(path, $0) }.map { DataFolder.path(path, $0) }
    }

    /// Reads one image from an open file to its end, such as standard input.
    ///
    /// - Parameter name: of the file, for errors.
    /// - Throws: as `read(path:)`.
    package static func read(descriptor: Int32, name: String) throws(DataError) -> GrayImage {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let got = Foundation.read(descriptor, &piece, piece.count)
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw .unreadable(path: name, reason: String(cString: strerror(errno))) }
            guard got > 0 else { break }
            bytes += piece[..<got]
            guard bytes.count <= longestFile else {
                throw .unreadable(path: name, reason: "more than \(longestFile) bytes; expected at most so many")
            }
        }
        return try decode(bytes, path: name)
    }
}
