import Compression
import NumPyFiles
import TestSupport

/// A `.npy` file.
struct NPYTarget: FuzzTarget {
    static let name = "npy"
    static let parsers = ["NPYFile.decode", "NPYFile.read"]

    init() throws {}

    static func samples() throws -> [String: [UInt8]] {
        [
            "matrix": NPYFile.encode(NumPyArray(shape: [2, 3], values: [1, -2, 0, .infinity, 5, 6])),
            "vector": NPYFile.encode(NumPyArray(shape: [3], values: [1, 2, 3])),
            "number": NPYFile.encode(NumPyArray(shape: [], values: [7])),
            "empty": NPYFile.encode(NumPyArray(shape: [0, 5], values: [])),
        ]
    }

    func run(_ input: [UInt8]) throws {
        do {
            let array = try NPYFile.decode(input, path: "x.npy")
            try require(4 * array.values.count <= input.count, "more values than the file has")
            let again = try NPYFile.decode(NPYFile.encode(array), path: "x.npy")
            try require(again.shape == array.shape, "\(array.shape) comes back as \(again.shape)")
            try require(again.values.map(\.bitPattern) == array.values.map(\.bitPattern), "other values come back")
        } catch let error as NumPyError {
            try requireMessage(error)
        }
    }
}

/// A `.npz` file: ZIP with `.npy` files in it.
struct NPZTarget: FuzzTarget {
    static let name = "npz"
    static let parsers = ["NPZFile.decode", "NPZFile.read"]
    static let longestInput = 1 << 14
    static let repair: (@Sendable ([UInt8]) -> [UInt8])? = { ZipRepair.repaired($0) }

    /// Small, so that what lies beyond them is reached.
    private static let limits = ReadLimits(fileBytes: 1 << 14, unpackedBytes: 1 << 20, entries: 16)

    init() throws {}

    static func samples() throws -> [String: [UInt8]] {
        let kernel = NPZFile.Entry(name: "0.kernel", array: NumPyArray(shape: [2, 1], values: [1, 2]))
        let bias = NPZFile.Entry(name: "0.bias", array: NumPyArray(shape: [1], values: [3]))
        return ["stored": try NPZFile.encode([kernel, bias]), "none": try NPZFile.encode([])]
    }

    func run(_ input: [UInt8]) throws {
        do {
            let entries = try NPZFile.decode(input, path: "x.npz", limits: Self.limits)
            let bytes = entries.reduce(0) { $0 + 4 * $1.array.values.count }
            try require(entries.count <= Self.limits.entries && bytes <= Self.limits.unpackedBytes, "beyond the limits")
            try require(Set(entries.map(\.name)).count == entries.count, "a name twice")
            let again = try NPZFile.decode(try NPZFile.encode(entries), path: "x.npz", limits: .usual)
            try require(again.map(\.name) == entries.map(\.name), "other names come back")
            for (one, other) in zip(entries, again) {
                try require(one.array.shape == other.array.shape, "another shape comes back")
            }
        } catch let error as NumPyError {
            try requireMessage(error)
        }
    }
}

/// The right checksums of the entries of a ZIP file, as far as it has any.
enum ZipRepair {
    static func repaired(_ input: [UInt8]) -> [UInt8] {
        var bytes = input
        guard let end = (0..<max(0, bytes.count - 21)).last(where: { bytes.word32(at: $0) == 0x0605_4B50 }) else {
            return input
        }
        var record = Int(bytes.word32(at: end + 16))
        for _ in 0..<16 {
            guard record + 46 <= end, bytes.word32(at: record) == 0x0201_4B50 else { break }
            if let checksum = checksum(bytes, record) {
                bytes.replaceSubrange((record + 16)..<(record + 20), with: littleEndian(checksum))
            }
            record += 46 + [28, 30, 32].reduce(0) { $0 + Int(bytes.word16(at: record + $1)) }
        }
        return bytes
    }

    /// The CRC-32 of an entry's unpacked data; nil where they can't be found.
    private static func checksum(_ bytes: [UInt8], _ record: Int) -> UInt32? {
        let (packed, place) = (Int(bytes.word32(at: record + 20)), Int(bytes.word32(at: record + 42)))
        guard place + 30 <= bytes.count else { return nil }
        let start = place + 30 + Int(bytes.word16(at: place + 26)) + Int(bytes.word16(at: place + 28))
        guard packed <= bytes.count, start + packed <= bytes.count else { return nil }
        let data = bytes[start..<(start + packed)]
        guard bytes.word16(at: record + 10) == 8 else { return CRC32.checksum(Array(data)) }
        let size = Int(bytes.word32(at: record + 24))
        guard size <= 1 << 17, let inflater = Inflater(.none) else { return nil }
        var room = [UInt8](repeating: 0, count: max(1, size))
        let step = room.withUnsafeMutableBufferPointer { inflater.unpack(data, into: $0) }
        return CRC32.checksum(Array(room.prefix(step.produced)))
    }
}

extension [UInt8] {
    /// Little-endian; the caller has checked that the bytes are there.
    func word16(at place: Int) -> UInt16 { UInt16(self[place]) | UInt16(self[place + 1]) << 8 }
    func word32(at place: Int) -> UInt32 { UInt32(word16(at: place)) | UInt32(word16(at: place + 2)) << 16 }
}
