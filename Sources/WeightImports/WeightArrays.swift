import DataFormats
import Foundation
import Memory
import NumPyFiles

/// Reads the arrays of files and folders: all of them, or none.
package enum WeightArrays {
    /// A quarter of the memory that there is, as a file, what is unpacked of it, and its values, which are twice as many
    /// bytes where it has numbers of 16 bits, are there at the same time; 2 GiB at most.
    package static var limits: ReadLimits {
        let bytes = min(1 << 31, MemoryBudget.current.bytes / 4)
        return ReadLimits(fileBytes: bytes, unpackedBytes: bytes)
    }

    /// The arrays of all paths, in order: of `.npz`, `.npy` and `.safetensors` files, and of folders with such.
    ///
    /// - Parameter limits: of all files together.
    /// - Throws: `WeightImportError` for the first fault.
    package static func read(
        _ paths: [String], limits: ReadLimits = WeightArrays.limits
    ) throws(WeightImportError) -> [WeightArray] {
        var arrays: [WeightArray] = []
        var left = limits
        for path in paths {
            for file in try files(of: path, most: left.entries) {
                let bytes: [UInt8]
                do throws(NumPyError) { bytes = try BoundedFile.read(file, limit: left.fileBytes) } catch {
                    throw .numpy(error)
                }
                let found = try decode(bytes, path: file, limits: left)
                left.fileBytes -= bytes.count
                left.unpackedBytes -= found.reduce(0) { $0 + ($1.numbers.map { $0.count * $0.type.width } ?? 0) }
                left.entries -= found.count
                guard left.unpackedBytes >= 0, left.entries >= 0 else {
                    throw .tooMuch(
                        path: file,
                        expected: "at most \(limits.entries) arrays of \(limits.unpackedBytes) bytes in all files")
                }
                arrays += found
            }
        }
        return arrays
    }

    /// The arrays of a file's bytes, which are known by their beginning; `path` is for errors, and names a single array.
    package static func decode(
        _ bytes: [UInt8], path: String, limits: ReadLimits
    ) throws(WeightImportError) -> [WeightArray] {
        let names = ZipContents.names(in: bytes)
        if let file = ForeignFile(path: path, beginning: bytes.prefix(8), names: names) { throw .foreign(file) }
        let name = URL(fileURLWithPath: path).lastPathComponent
        if bytes.starts(with: [0x93, 0x4E, 0x55]) || name.hasSuffix(".npy") {
            let stem = name.hasSuffix(".npy") ? String(name.dropLast(4)) : name
            return [try array(bytes, path: path, name: stem)]
        }
        if bytes.starts(with: [0x50, 0x4B]) || name.hasSuffix(".npz") { return try archive(bytes, path, limits) }
        if SafetensorsFile.isOne(bytes) || name.hasSuffix(".safetensors") {
            return try SafetensorsFile.decode(bytes, path: path, most: limits.entries)
        }
        throw .unknownKind(path: path)
    }

    // MARK: - NumPy's files

    private static func archive(
        _ bytes: [UInt8], _ path: String, _ limits: ReadLimits
    ) throws(WeightImportError) -> [WeightArray] {
        var arrays: [WeightArray] = []
        do throws(NumPyError) {
            let archive = try NPZArchive(bytes: bytes, path: path, limits: limits, takesFolders: true)
            for name in archive.names {
                let contents = try archive.contents(of: name) ?? []
                arrays.append(try array(contents, path: path, name: name, place: "\(path): \(name).npy"))
            }
        } catch {
            throw .numpy(error)
        }
        return arrays
    }

    private static func array(_ bytes: [UInt8], path: String, name: String) throws(WeightImportError) -> WeightArray {
        do throws(NumPyError) { return try array(bytes, path: path, name: name, place: path) } catch {
            throw .numpy(error)
        }
    }

    private static func array(
        _ bytes: [UInt8], path: String, name: String, place: String
    ) throws(NumPyError) -> WeightArray {
        let header = try NPYFile.decodeHeader(bytes, path: place)
        guard let (type, isBigEndian) = NumberType.numpy(header.type) else {
            throw .malformed(
                path: place, offset: header.typeOffset, expected: "numbers, such as '<f4'",
                found: "values of the type '\(header.type)'")
        }
        try NPYFile.checkLength(bytes.count, header, width: type.width, path: place)
        let count = (bytes.count - header.valuesStart) / type.width
        let numbers = RawNumbers(
            bytes: bytes, start: header.valuesStart, count: count, type: type, isBigEndian: isBigEndian)
        return WeightArray(
            path: path, name: name, type: type.name, shape: header.shape, isFortran: header.isFortran,
            numbers: type.isFloat ? numbers : nil)
    }

    // MARK: - Folders

    /// The files of a path: itself, or a folder's `weights.npz`, or its `.npy` files but for predictions, by name.
    private static func files(of path: String, most: Int) throws(WeightImportError) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            return [path]
        }
        let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        let archive = folder + "/weights.npz"
        if FileManager.default.fileExists(atPath: archive) { return [archive] }
        // A folder is read name by name: it may have a million.
        guard let stream = opendir(folder) else {
            throw .numpy(.unreadable(path: folder, reason: String(cString: strerror(errno))))
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            guard name.hasSuffix(".npy"), name != "predictions.npy", !name.hasPrefix(".") else { continue }
            names.append(name)
            guard names.count <= most else {
                throw .tooMuch(path: folder, expected: "at most \(most) .npy files in it")
            }
        }
        guard !names.isEmpty else { throw .noArrays(folder: folder) }
        return names.sorted().map { "\(folder)/\($0)" }
    }
}
