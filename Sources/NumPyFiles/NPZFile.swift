/// The `.npz` format: a ZIP file of `.npy` files, as `numpy.savez` and `numpy.savez_compressed` write it.
package enum NPZFile {
    /// An array and its name.
    package struct Entry: Sendable, Equatable {
        /// The name in the archive, without `.npy`.
        package let name: String
        /// Shape and values.
        package let array: NumPyArray

        package init(name: String, array: NumPyArray) {
            self.name = name
            self.array = array
        }
    }

    /// The bytes of an archive without compression; the same arrays give the same bytes.
    ///
    /// - Throws: `NumPyError.tooLarge` beyond 4 GiB.
    package static func encode(_ entries: [Entry]) throws(NumPyError) -> [UInt8] {
        try ZipWriter.archive(entries.map { (name: $0.name + ".npy", contents: NPYFile.encode($0.array)) })
    }

    /// Reads all arrays, in the archive's order.
    ///
    /// - Throws: `NumPyError` for the first fault of the archive or of an array, nothing read.
    package static func read(path: String, limits: ReadLimits = .usual) throws(NumPyError) -> [Entry] {
        try decode(try BoundedFile.read(path, limit: limits.fileBytes), path: path, limits: limits)
    }

    /// Decodes the bytes of a whole file; `path` is for errors.
    package static func decode(
        _ bytes: [UInt8], path: String, limits: ReadLimits = .usual
    ) throws(NumPyError) -> [Entry] {
        let (found, start) = try ZipDirectory(bytes: bytes, path: path, limits: limits).entries()
        let reader = ZipReader(bytes: bytes, path: path, end: start)
        var entries: [Entry] = []
        for entry in found {
            let array = try NPYFile.decode(try reader.contents(of: entry), path: "\(path): \(entry.name)")
            entries.append(Entry(name: String(entry.name.dropLast(4)), array: array))
        }
        return entries
    }
}
