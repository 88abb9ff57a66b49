import Memory
import NumPyFiles

/// Where an array is: a `.npy` file, or a part of a `.npz` file.
struct ArrayPlace: Sendable, Equatable {
    let file: String
    /// Its name in the archive.
    var entry: String?

    /// As errors have it.
    var path: String { entry.map { "\(file): \($0).npy" } ?? file }
}

/// An array with its numbers as they are in its file.
struct FileArray: Sendable {
    let place: ArrayPlace
    let header: NPYHeader
    let numbers: RawNumbers

    /// Where a number stands, for errors.
    func offset(_ index: Int) -> Int { header.valuesStart + index * numbers.type.width }
}

/// Reads arrays; an archive is read once.
struct NumPyArrays {
    private var archives: [String: NPZArchive] = [:]

    /// The archive of a `.npz` file.
    ///
    /// - Throws: `DataError`.
    mutating func archive(_ path: String) throws(DataError) -> NPZArchive {
        if let archive = archives[path] { return archive }
        do throws(NumPyError) {
            let archive = try NPZArchive(bytes: BoundedFile.read(path, limit: ReadLimits.usual.fileBytes), path: path)
            archives[path] = archive
            return archive
        } catch {
            throw DataError(error)
        }
    }

    /// An array's header, without its numbers.
    mutating func header(_ place: ArrayPlace) throws(DataError) -> NPYHeader {
        let beginning: [UInt8]
        if let entry = place.entry {
            let archive = try archive(place.file)
            do throws(NumPyError) {
                beginning = try archive.beginning(of: entry, count: NPYHeader.mostBytes) ?? []
            } catch {
                throw DataError(error)
            }
        } else {
            beginning = try FileBytes(path: place.file).read(NPYHeader.mostBytes)
        }
        do throws(NumPyError) { return try NPYFile.decodeHeader(beginning, path: place.path) } catch {
            throw DataError(error)
        }
    }

    /// The bytes of an array's file or entry.
    private mutating func contents(_ place: ArrayPlace) throws(DataError) -> [UInt8] {
        let archive = place.entry == nil ? nil : try archive(place.file)
        do throws(NumPyError) {
            guard let archive, let entry = place.entry else {
                return try BoundedFile.read(place.file, limit: ReadLimits.usual.fileBytes)
            }
            return try archive.contents(of: entry) ?? []
        } catch {
            throw DataError(error)
        }
    }

    /// The array.
    ///
    /// - Throws: `DataError` where it is damaged, has other values than numbers, or more than there is memory for.
    mutating func array(_ place: ArrayPlace) throws(DataError) -> FileArray {
        let header = try header(place)
        guard let (type, isBigEndian) = NumberType.numpy(header.type) else {
            throw .malformed(
                path: place.path, offset: header.typeOffset, expected: "numbers, such as '|u1' or '<f4'",
                found: "values of the type '\(header.type)'")
        }
        let bytes = try contents(place)
        do throws(NumPyError) {
            // It may be another file by now.
            guard try NPYFile.decodeHeader(bytes, path: place.path) == header else {
                throw .unreadable(path: place.path, reason: "it has changed while it was read")
            }
            try NPYFile.checkLength(bytes, header, width: type.width, path: place.path)
        } catch {
            throw DataError(error)
        }
        let count = (bytes.count - header.valuesStart) / type.width
        return FileArray(
            place: place, header: header,
            numbers: RawNumbers(
                bytes: bytes, start: header.valuesStart, count: count, type: type, isBigEndian: isBigEndian))
    }
}
