import Kernels
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

/// Reads arrays; the directory of an archive is read once.
struct NumPyArrays {
    private var archives: [String: NPZArchive] = [:]

    /// The archive of a `.npz` file.
    ///
    /// - Throws: `DataError`.
    mutating func archive(_ path: String) throws(DataError) -> NPZArchive {
        if let archive = archives[path] { return archive }
        do throws(NumPyError) {
            let archive = try NPZArchive(path: path)
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
            beginning = try DataFolder.open(place.file).source.read(NPYHeader.mostBytes)
        }
        do throws(NumPyError) { return try NPYFile.decodeHeader(beginning, path: place.path) } catch {
            throw DataError(error)
        }
    }

    /// The bytes behind the header of an array, once it is known that the file has as many as the header promises, and
    /// that there is memory for them.
    mutating func values(_ place: ArrayPlace, _ header: NPYHeader, width: Int) throws(DataError) -> [UInt8] {
        guard let entry = place.entry else { return try Self.values(ofFile: place.file, header, width: width) }
        let archive = try archive(place.file)
        let size = archive.size(of: entry)
        do throws(NumPyError) { try NPYFile.checkLength(size, header, width: width, path: place.path) } catch {
            throw DataError(error)
        }
        do throws(MemoryRefusal) { try MemoryBudget.current.check(size) } catch {
            throw .tooLarge(path: place.path, error)
        }
        do throws(NumPyError) { return try archive.contents(of: entry, from: header.valuesStart) ?? [] } catch {
            throw DataError(error)
        }
    }

    /// The same of a `.npy` file, gzip'ed or not.
    private static func values(ofFile path: String, _ header: NPYHeader, width: Int) throws(DataError) -> [UInt8] {
        let (source, isPacked) = try DataFolder.open(path)
        let promised = header.shape.reduce(1) { $0.times($1) }.times(width)
        // What a packed file holds is known only as a bound.
        let held = isPacked ? min(source.mostBytes, header.valuesStart.plus(promised)) : source.mostBytes
        do throws(NumPyError) { try NPYFile.checkLength(held, header, width: width, path: path) } catch {
            throw DataError(error)
        }
        do throws(MemoryRefusal) { try MemoryBudget.current.check(promised) } catch {
            throw .tooLarge(path: path, error)
        }
        let beginning = try source.read(header.valuesStart)
        let values = try source.read(promised)
        let more = try source.read(1)
        do throws(NumPyError) {
            // It may be another file by now.
            guard try NPYFile.decodeHeader(beginning, path: path) == header else {
                throw .unreadable(path: path, reason: "it has changed while it was read")
            }
            try NPYFile.checkLength(
                beginning.count + values.count + more.count, header, width: width, path: path)
        } catch {
            throw DataError(error)
        }
        return values
    }

    /// The labels of an array: numbers, or text.
    ///
    /// - Throws: as `array`, and `DataError.malformed` for what are no labels.
    mutating func labels(_ place: ArrayPlace) throws(DataError) -> ArrayLabels {
        let header = try header(place)
        guard let type = TextType(header.type) else { return try ArrayLabels(try array(place)) }
        let values = try values(place, header, width: type.width)
        return try ArrayLabels(text: values, type, header, place)
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
        let values = try values(place, header, width: type.width)
        return FileArray(
            place: place, header: header,
            numbers: RawNumbers(
                bytes: values, start: 0, count: values.count / type.width, type: type, isBigEndian: isBigEndian))
    }
}
