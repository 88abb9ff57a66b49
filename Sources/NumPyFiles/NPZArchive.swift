/// The arrays of a `.npz` file, which are unpacked one by one.
package struct NPZArchive: Sendable {
    private let entries: [ZipEntry]
    private let reader: ZipReader

    /// Reads the directory of the bytes of a whole file; `path` is for errors.
    ///
    /// - Parameter takesFolders: whether names may have slashes, as Keras's paths of variables have; they never become
    ///   paths.
    /// - Throws: `NumPyError`.
    package init(
        bytes: [UInt8], path: String, limits: ReadLimits = .usual, takesFolders: Bool = false
    ) throws(NumPyError) {
        try self.init(ArchiveBytes(bytes, path: path), limits, takesFolders: takesFolders)
    }

    /// Reads the directory of a file, which stays open: of its arrays only what is asked for is read.
    ///
    /// - Throws: `NumPyError`.
    package init(path: String, limits: ReadLimits = .archive) throws(NumPyError) {
        try self.init(try ArchiveBytes(path: path, limit: limits.fileBytes), limits, takesFolders: false)
    }

    private init(_ bytes: ArchiveBytes, _ limits: ReadLimits, takesFolders: Bool) throws(NumPyError) {
        let directory = ZipDirectory(bytes: bytes, limits: limits, takesFolders: takesFolders)
        let (entries, start) = try directory.entries()
        (self.entries, reader) = (entries, ZipReader(bytes: bytes, end: start))
    }

    /// The arrays' names in the archive's order, without `.npy`.
    package var names: [String] { entries.map { String($0.name.dropLast(4)) } }

    /// The bytes of an array's `.npy` file; nil where there is none of the name.
    ///
    /// - Throws: `NumPyError` where they are damaged.
    package func contents(of name: String) throws(NumPyError) -> [UInt8]? {
        guard let entry = entry(name) else { return nil }
        return try reader.contents(of: entry)
    }

    /// What stands behind its first `start` bytes, such as its header; the checksum of all of it is checked.
    ///
    /// - Parameter start: at most its size.
    /// - Throws: `NumPyError` where it is damaged.
    package func contents(of name: String, from start: Int) throws(NumPyError) -> [UInt8]? {
        guard let entry = entry(name) else { return nil }
        return try reader.contents(of: entry, from: start)
    }

    /// The first bytes of it, at most `count`; their checksum is not looked at.
    ///
    /// - Throws: `NumPyError` where they are damaged.
    package func beginning(of name: String, count: Int) throws(NumPyError) -> [UInt8]? {
        guard let entry = entry(name) else { return nil }
        return try reader.beginning(of: entry, count: count)
    }

    /// Bytes of it once it is unpacked.
    package func size(of name: String) -> Int { entry(name)?.size ?? 0 }

    private func entry(_ name: String) -> ZipEntry? { entries.first { $0.name == name + ".npy" } }
}
