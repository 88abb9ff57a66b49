import Compression

/// One entry of a ZIP file, as its central directory has it. Source: PKWARE's APPNOTE.TXT, sections 4.3 and 4.4.
struct ZipEntry: Sendable {
    static let stored: UInt16 = 0
    static let deflated: UInt16 = 8

    let name: String
    let method: UInt16
    let checksum: UInt32
    let packedSize: Int
    let size: Int
    /// The position of its local header, in bytes.
    let offset: Int
    /// The position of its record in the central directory, in bytes, for errors.
    let record: Int
}

/// Reads the central directory, which alone counts for a ZIP file's entries, and checks all that can be checked before
/// unpacking.
struct ZipDirectory {
    private static let endSignature: UInt32 = 0x0605_4B50
    private static let entrySignature: UInt32 = 0x0201_4B50
    private static let endBytes = 22
    private static let entryBytes = 46
    /// The longest comment behind the end record.
    private static let longestComment = 0xFFFF
    /// Far more than the records of as many arrays as are read take.
    private static let longestDirectory = 4 << 20

    let bytes: ArchiveBytes
    let limits: ReadLimits
    /// Whether an array's name may have folders, as `dense_1/kernel:0.npy` has one.
    var takesFolders = false

    /// All entries in the directory's order, and the position of the directory.
    ///
    /// - Throws: `NumPyError.malformed`; more than `limits` allow is malformed too.
    func entries() throws(NumPyError) -> (entries: [ZipEntry], start: Int) {
        let last = try bytes.read(max(0, bytes.count - Self.endBytes - Self.longestComment)..<bytes.count)
        let tail = ArchiveWindow(start: bytes.count - last.count, bytes: last)
        let end = try endRecord(tail)
        let count = Int(tail.uint16(at: end + 10))
        let (size, start) = (Int(tail.uint32(at: end + 12)), Int(tail.uint32(at: end + 16)))
        // numpy.savez allows the 64-bit extension, but Python writes it into the directory only where it is needed.
        guard count != 0xFFFF, size != 0xFFFF_FFFF, start != 0xFFFF_FFFF else {
            throw fault(end, "a ZIP file without the 64-bit extension, below 4 GiB and 65535 entries", "one with it")
        }
        guard tail.uint32(at: end + 4) == 0, Int(tail.uint16(at: end + 8)) == count else {
            throw fault(end + 4, "a ZIP file in one part", "a part of several")
        }
        guard count <= limits.entries else {
            throw fault(end + 10, "at most \(limits.entries) entries", "\(count)")
        }
        guard start + size == end else {
            throw fault(end + 12, "a directory that ends where the end record starts", "\(size) bytes from \(start) on")
        }
        guard size <= Self.longestDirectory else {
            throw fault(end + 12, "a directory of at most \(Self.longestDirectory) bytes", "\(size)")
        }
        let directory = ArchiveWindow(start: start, bytes: try bytes.read(start..<end))
        var entries: [ZipEntry] = []
        var position = start
        for _ in 0..<count { entries.append(try entry(at: &position, directory)) }
        guard position == end else { throw fault(position, "the end of the directory", "more of it") }
        try checkTogether(entries)
        return (entries, start)
    }

    /// The end record: the last signature whose comment reaches exactly to the end of the file.
    private func endRecord(_ tail: ArchiveWindow) throws(NumPyError) -> Int {
        let last = bytes.count - Self.endBytes
        if last >= 0 {
            for position in stride(from: last, through: tail.start, by: -1)
            where tail.uint32(at: position) == Self.endSignature
                && Int(tail.uint16(at: position + 20)) == last - position
            {
                return position
            }
        }
        let isZip = try bytes.read(0..<min(2, bytes.count)) == [0x50, 0x4B]
        throw isZip
            ? fault(bytes.count, "the end record of a ZIP file", "the end of the file")
            : fault(0, "a .npz file, which is a ZIP archive (PK)", "other bytes at its start")
    }

    private func entry(at position: inout Int, _ bytes: ArchiveWindow) throws(NumPyError) -> ZipEntry {
        let (record, end) = (position, bytes.end)
        guard record + Self.entryBytes <= end, bytes.uint32(at: record) == Self.entrySignature else {
            throw fault(record, "an entry of the directory", "none")
        }
        let nameEnd = record + Self.entryBytes + Int(bytes.uint16(at: record + 28))
        position = nameEnd + Int(bytes.uint16(at: record + 30)) + Int(bytes.uint16(at: record + 32))
        guard position <= end else { throw fault(record, "an entry within the directory", "one beyond it") }
        let name = try name(bytes[(record + Self.entryBytes)..<nameEnd], at: record + Self.entryBytes)
        guard bytes.uint16(at: record + 8) & 1 == 0 else {
            throw fault(record + 8, "\(name) unencrypted", "a password")
        }
        let method = bytes.uint16(at: record + 10)
        guard method == ZipEntry.stored || method == ZipEntry.deflated else {
            throw fault(record + 10, "\(name) stored (0) or deflated (8)", "method \(method)")
        }
        let entry = ZipEntry(
            name: name, method: method, checksum: bytes.uint32(at: record + 16),
            packedSize: Int(bytes.uint32(at: record + 20)), size: Int(bytes.uint32(at: record + 24)),
            offset: Int(bytes.uint32(at: record + 42)), record: record)
        guard ![entry.packedSize, entry.size, entry.offset].contains(0xFFFF_FFFF) else {
            throw fault(record + 20, "\(name) without the 64-bit extension", "sizes of 64 bits")
        }
        try checkSizes(entry)
        return entry
    }

    private func checkSizes(_ entry: ZipEntry) throws(NumPyError) {
        let most = entry.method == ZipEntry.stored ? entry.packedSize : Inflater.greatestRatio * entry.packedSize
        guard entry.size <= most, entry.method == ZipEntry.deflated || entry.size == entry.packedSize else {
            throw fault(
                entry.record + 24, "\(entry.name) of at most \(most) bytes, which is what \(entry.packedSize) can hold",
                "\(entry.size)")
        }
    }

    /// A valid name of a file in one folder. These names never become paths here, but other code should not get invalid
    /// ones either.
    private func name(_ raw: ArraySlice<UInt8>, at place: Int) throws(NumPyError) -> String {
        let isPlain = raw.allSatisfy {
            (0x20...0x7E).contains($0)
                && (takesFolders || $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\"))
        }
        let name = String(decoding: raw.map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
        guard isPlain, name.hasSuffix(".npy"), name.count > 4, name.count <= 255 else {
            let expected = "a name such as 0.kernel.npy" + (takesFolders ? "" : ", without a folder")
            throw fault(place, expected, "\"\(name.prefix(60))\"")
        }
        return name
    }

    /// Faults of several entries together: equal names, too many bytes in all, shared data.
    private func checkTogether(_ entries: [ZipEntry]) throws(NumPyError) {
        var names: Set<String> = []
        var total = 0
        for entry in entries {
            guard names.insert(entry.name).inserted else {
                throw fault(entry.record, "each name once", "\(entry.name) again")
            }
            total += entry.size
            guard total <= limits.unpackedBytes else {
                throw fault(
                    entry.record + 24, "at most \(limits.unpackedBytes) bytes unpacked",
                    "\(total) with \(entry.name)")
            }
        }
        let sorted = entries.sorted { $0.offset < $1.offset }
        for (entry, next) in zip(sorted, sorted.dropFirst())
        where entry.offset + ZipReader.localBytes + entry.packedSize > next.offset {
            throw fault(next.record + 42, "\(next.name) after the data of \(entry.name)", "the same bytes for both")
        }
    }

    private func fault(_ offset: Int, _ expected: String, _ found: String) -> NumPyError {
        .malformed(path: bytes.path, offset: offset, expected: expected, found: found)
    }
}
