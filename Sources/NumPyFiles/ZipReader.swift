import Compression

/// Unpacks entries of a ZIP file whose directory was checked.
struct ZipReader: Sendable {
    static let localSignature: UInt32 = 0x0403_4B50
    /// Bytes of a local header without its name and extra field.
    static let localBytes = 30

    let bytes: ArchiveBytes
    /// Start of the central directory: entries end before it.
    let end: Int

    /// The unpacked bytes, with the directory's length and checksum.
    func contents(of entry: ZipEntry) throws(NumPyError) -> [UInt8] { try contents(of: entry, from: 0) }

    /// The unpacked bytes behind the first `start`, of which there must be as many; all of them have the directory's
    /// length and checksum.
    func contents(of entry: ZipEntry, from start: Int) throws(NumPyError) -> [UInt8] {
        let range = try dataRange(entry)
        let (head, rest): ([UInt8], [UInt8])
        if entry.method == ZipEntry.stored {
            let middle = range.lowerBound + start
            (head, rest) = (try bytes.read(range.lowerBound..<middle), try bytes.read(middle..<range.upperBound))
        } else {
            let packed = try bytes.read(range)
            do throws(Inflate.Fault) {
                (head, rest) = try Inflate.unpack(packed[...], size: entry.size, from: start)
            } catch {
                throw describe(error, entry, at: range.lowerBound)
            }
        }
        let checksum = CRC32.checksum(rest, behind: CRC32.checksum(head))
        guard checksum == entry.checksum else {
            throw fault(
                entry.record + 16, "\(entry.name) with the CRC-32 \(Self.hexadecimal(entry.checksum))",
                Self.hexadecimal(checksum))
        }
        return rest
    }

    /// The first unpacked bytes, at most `count`: only so much of the data is read as they take.
    func beginning(of entry: ZipEntry, count: Int) throws(NumPyError) -> [UInt8] {
        let range = try dataRange(entry)
        let count = min(count, entry.size)
        if entry.method == ZipEntry.stored { return try bytes.read(range.prefix(count)) }
        var length = 1 << 16
        while true {
            let packed = try bytes.read(range.prefix(length))
            do throws(Inflate.Fault) {
                let beginning = try Inflate.beginning(packed[...], count: count)
                if beginning.count == count || packed.count == range.count { return beginning }
            } catch {
                throw describe(error, entry, at: range.lowerBound)
            }
            length *= 4
        }
    }

    /// The range of an entry's data. The local header repeats name and method; the sizes are the directory's, as the
    /// local ones can follow the data, or be in an extra field.
    private func dataRange(_ entry: ZipEntry) throws(NumPyError) -> Range<Int> {
        let nameStart = entry.offset + Self.localBytes
        let local =
            nameStart <= end
            ? ArchiveWindow(start: entry.offset, bytes: try bytes.read(entry.offset..<nameStart)) : nil
        guard let local, local.uint32(at: entry.offset) == Self.localSignature else {
            throw fault(entry.record + 42, "the place of \(entry.name)", "\(entry.offset), where none starts")
        }
        let nameEnd = nameStart + Int(local.uint16(at: entry.offset + 26))
        let start = nameEnd + Int(local.uint16(at: entry.offset + 28))
        guard start + entry.packedSize <= end else {
            throw fault(entry.offset, "\(entry.name) to end before the directory", "\(entry.packedSize) bytes")
        }
        let isSame =
            try bytes.read(nameStart..<nameEnd).elementsEqual(entry.name.utf8)
            && local.uint16(at: entry.offset + 8) == entry.method
        guard isSame else {
            throw fault(entry.offset, "the name and method of \(entry.name) as in the directory", "others")
        }
        return start..<(start + entry.packedSize)
    }

    private func describe(_ error: Inflate.Fault, _ entry: ZipEntry, at offset: Int) -> NumPyError {
        let promised = "\(entry.name) of \(entry.size) bytes, as in the directory"
        return switch error {
        case .noMemory: .unreadable(path: bytes.path, reason: "zlib has no memory left")
        case .damaged(let message): fault(offset, "intact deflate data of \(entry.name)", "damage (\(message))")
        case .cutOff: fault(offset + entry.packedSize, "more packed data of \(entry.name)", "their end")
        case .shorter(let count): fault(offset, promised, "\(count)")
        case .longer: fault(offset, promised, "more")
        case .trailing(let count):
            fault(offset + entry.packedSize - count, "the end of \(entry.name)", "\(count) more packed bytes")
        }
    }

    private func fault(_ offset: Int, _ expected: String, _ found: String) -> NumPyError {
        .malformed(path: bytes.path, offset: offset, expected: expected, found: found)
    }

    private static func hexadecimal(_ word: UInt32) -> String {
        let digits = String(word, radix: 16)
        return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
    }
}
