import Foundation

/// The names in one folder, in the order of their bytes.
struct FolderListing {
    /// Regular files, and links to some within the data set.
    private(set) var files: [String] = []
    /// Folders, likewise.
    private(set) var folders: [String] = []
    /// Hidden names, and what is neither a file nor a folder, or has a name that is no UTF-8.
    private(set) var others: [String] = []
    /// Links that lead out of the data set, or nowhere.
    private(set) var outside: [String] = []
    /// Whether there are more names than were looked at.
    private(set) var isCut = false

    /// - Parameters:
    ///   - path: of the folder.
    ///   - root: the data set's folder, which no link may leave; without a link in its path.
    ///   - most: names that are looked at.
    /// - Returns: nil where it is no folder.
    /// - Throws: `DataError.unreadable`.
    init?(_ path: String, root: String, most: Int) throws(DataError) {
        guard let folder = opendir(path) else {
            if errno == ENOTDIR || errno == ENOENT { return nil }
            throw .unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        defer { closedir(folder) }
        var count = 0
        while let entry = readdir(folder) {
            let type = entry.pointee.d_type
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
            }
            if name == "." || name == ".." { continue }
            count += 1
            guard count <= most else {
                isCut = true
                break
            }
            take(name, type, path, root)
        }
        for list in [\FolderListing.files, \.folders, \.others, \.outside] {
            self[keyPath: list].sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
    }

    private mutating func take(_ name: String?, _ type: UInt8, _ folder: String, _ root: String) {
        guard let name else { return others.append("?") }
        guard !name.hasPrefix(".") else { return others.append(name) }
        let path = DataFolder.path(folder, name)
        switch Int(type) {
        case DT_REG: files.append(name)
        case DT_DIR: folders.append(name)
        case DT_LNK, DT_UNKNOWN: takeLink(name, path, root)
        default: others.append(name)
        }
    }

    private mutating func takeLink(_ name: String, _ path: String, _ root: String) {
        guard let real = Self.real(path), real == root || real.hasPrefix(root.hasSuffix("/") ? root : root + "/") else {
            return outside.append(name)
        }
        var status = stat()
        guard stat(path, &status) == 0 else { return outside.append(name) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: files.append(name)
        case S_IFDIR: folders.append(name)
        default: others.append(name)
        }
    }

    /// A path without links in it; nil where it leads nowhere.
    static func real(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(validatingCString: found)
    }
}
