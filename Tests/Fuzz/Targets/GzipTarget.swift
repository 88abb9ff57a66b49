import Compression
import DataFormats
import TestSupport

/// gzip'ed labels, read piece by piece by the program, and here in one go.
struct GzipTarget: FuzzTarget {
    static let name = "gzip"
    static let parsers = ["Inflater.unpack", "GzipReader.read"]
    static let repair: (@Sendable ([UInt8]) -> [UInt8])? = { GzipRepair.repaired($0) }

    /// More than any input unpacks to that is worth a comparison.
    private static let most = 1 << 20
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.writeDataset(trainLabels: [0], testLabels: [1])
    }

    private static func labels(_ count: Int) -> [UInt8] {
        [0, 0, 8, 1, 0, 0, UInt8(count >> 8), UInt8(count & 0xFF)] + (0..<count).map { UInt8($0 % 10) }
    }

    static func samples() throws -> [String: [UInt8]] {
        let two = gzip(Array(labels(30).prefix(20))) + gzip(Array(labels(30).dropFirst(20)))
        return [
            "one-member": gzip(labels(30)), "two-members": two, "more-behind": gzip(labels(3)) + [1, 2, 3],
            "much": gzip([0, 0, 8, 1, 0, 0, 0xC0, 0] + Array(repeating: 3, count: 0xC000)),
        ]
    }

    func run(_ input: [UInt8]) throws {
        // Without the mark it would be a plain file.
        guard input.starts(with: [0x1F, 0x8B]) else { return }
        let path = folder.path("train-labels-idx1-ubyte")
        try ScratchFile.write(input, to: path)
        let whole = try Self.unpacked(input, pieces: input.count)
        // Larger pieces of much data: some hundred of them tell as much as thousands.
        let piece = (1 + Int(input.last ?? 0) % 17) * max(1, (whole?.count ?? 0) / 1024)
        try require(try Self.unpacked(input, pieces: piece) == whole, "other data in pieces of \(piece) bytes")
        do {
            guard let format = try IDXFormat(path: folder.path, options: DatasetOptions()) else { return }
            let labels = try format.outline().labels
            try require(labels == whole.map { Array($0.dropFirst(8)) }, "other labels than are packed")
        } catch let error as DataError {
            try requireMessage(error)
        }
    }

    /// Everything in all members, up to `most` bytes; nil where it is damaged, cut off or followed by something else.
    private static func unpacked(_ packed: [UInt8], pieces: Int) throws -> [UInt8]? {
        guard let inflater = Inflater(.gzip) else { throw Finding("zlib has no memory") }
        var (bytes, place, end): ([UInt8], Int, Int) = ([], 0, 0)
        var room = [UInt8](repeating: 0, count: pieces == packed.count ? 1 << 14 : pieces)
        while bytes.count < most {
            end = min(packed.count, max(end, place + pieces))
            let step = room.withUnsafeMutableBufferPointer { inflater.unpack(packed[place..<end], into: $0) }
            try require(step.consumed <= end - place && step.produced <= room.count, "more than there was room for")
            bytes += room.prefix(step.produced)
            place += step.consumed
            switch step.status {
            case .damaged, .noMemory: return nil
            case .ended:
                if place == packed.count { return bytes }
                guard packed[place...].starts(with: [0x1F, 0x8B]), inflater.beginNextMember() else { return nil }
            case .going where step.consumed + step.produced == 0:
                if end == packed.count { return nil }
                end = min(packed.count, end + pieces)
            case .going: break
            }
        }
        return bytes
    }
}

/// The right checksum and length behind the first member.
enum GzipRepair {
    static func repaired(_ input: [UInt8]) -> [UInt8] {
        // A header without options has ten bytes.
        guard input.count > 18, input[2] == 8, input[3] == 0, let inflater = Inflater(.none) else { return input }
        var room = [UInt8](repeating: 0, count: 1 << 17)
        let step = room.withUnsafeMutableBufferPointer { inflater.unpack(input[10...], into: $0) }
        let end = 10 + step.consumed
        guard step.status == .ended else { return input }
        let data = Array(room.prefix(step.produced))
        let behind = input.dropFirst(end + 8)
        return input[..<end] + littleEndian(CRC32.checksum(data)) + littleEndian(UInt32(data.count)) + behind
    }
}

func littleEndian<Word: FixedWidthInteger>(_ word: Word) -> [UInt8] {
    withUnsafeBytes(of: word.littleEndian) { Array($0) }
}
