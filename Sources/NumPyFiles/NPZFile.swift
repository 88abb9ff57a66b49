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
        try ZipWriter.archive(entries.map { (name: $0.name + ".npy", pieces: [NPYFile.encode($0.array)]) })
    }

    /// An array of any type, with its name.
    package struct Member: Sendable {
        let name: String
        let pieces: [[UInt8]]

        /// - Parameters:
        ///   - name: the name in the archive, without `.npy`.
        ///   - type: NumPy's text for the type of a value: `|u1`.
        ///   - shape: the length of each axis.
        ///   - values: their bytes, in row-major order.
        package init(name: String, type: String, shape: [Int], values: [UInt8]) {
            (self.name, pieces) = (name, [NPYFile.header(type: type, shape: shape), values])
        }

        /// An array of one axis of text.
        package init(name: String, texts: [String]) {
            let (type, values) = TextType.encode(texts)
            self.init(name: name, type: type, shape: [texts.count], values: values)
        }

        /// Bytes of its `.npy` file.
        package var byteCount: Int { pieces.reduce(0) { $0 + $1.count } }
    }

    /// The bytes of an archive of arrays of any type, without compression; the same arrays give the same bytes.
    ///
    /// - Throws: `NumPyError.tooLarge` beyond 4 GiB.
    package static func encode(members: [Member]) throws(NumPyError) -> [UInt8] {
        try ZipWriter.archive(members.map { (name: $0.name + ".npy", pieces: $0.pieces) })
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
        let archive = ArchiveBytes(bytes, path: path)
        let (found, start) = try ZipDirectory(bytes: archive, limits: limits).entries()
        let reader = ZipReader(bytes: archive, end: start)
        var entries: [Entry] = []
        for entry in found {
            let array = try NPYFile.decode(try reader.contents(of: entry), path: "\(path): \(entry.name)")
            entries.append(Entry(name: String(entry.name.dropLast(4)), array: array))
        }
        return entries
    }
}
