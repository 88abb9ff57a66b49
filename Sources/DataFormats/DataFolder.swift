import Foundation

/// The files of a folder whose beginning is of some kind.
enum DataFolder {
    /// A folder with more files is none of a few data files.
    private static let mostNames = 2000

    /// Names of regular files in a folder, sorted; a file that is there both plain and gzip'ed is named once, plain.
    ///
    /// - Returns: nil where the path is no folder, or has too many files to be one of a few.
    /// - Throws: `DataError.unreadable`.
    static func names(_ path: String) throws(DataError) -> [String]? {
        guard let folder = opendir(path) else {
            if errno == ENOTDIR || errno == ENOENT { return nil }
            throw .unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        defer { closedir(folder) }
        var names: Set<String> = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.insert(name) }
            if names.count > mostNames { return nil }
        }
        return names.filter { !$0.hasSuffix(".gz") || !names.contains(String($0.dropLast(3))) }.sorted()
    }

    /// Whether there is a folder at the path.
    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The path of the folder that a file is in.
    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The path of a file in a folder.
    static func path(_ folder: String, _ name: String) -> String { folder + (folder.hasSuffix("/") ? "" : "/") + name }

    /// The first bytes of a file, unpacked where it is gzip'ed; nil where it is no regular file, can't be read, or is
    /// damaged at its start.
    static func beginning(of path: String, count: Int) -> [UInt8]? {
        do throws(DataError) { return try open(path).source.read(count) } catch { return nil }
    }

    /// A file at its start, unpacked where it is gzip'ed.
    ///
    /// - Throws: `DataError.unreadable`.
    static func open(_ path: String) throws(DataError) -> (source: any ByteSource, isPacked: Bool) {
        let file = try FileBytes(path: path)
        let isPacked = GzipReader.isGzip(try file.read(2))
        try file.rewind()
        return (isPacked ? try GzipReader(file) : file, isPacked)
    }
}
