/// What a ZIP file holds, to tell whose file it is before it is read.
package enum ZipContents {
    /// Names of the first entries as the central directory has them; none where it is no ZIP file or damaged.
    ///
    /// Source: PKWARE's APPNOTE.TXT, sections 4.3.12 and 4.3.16.
    package static func names(in bytes: [UInt8], most: Int = 64) -> [String] {
        let last = bytes.count - 22
        guard last >= 0, bytes.starts(with: [0x50, 0x4B]) else { return [] }
        let ends = stride(from: last, through: max(0, last - 0xFFFF), by: -1)
        guard let end = ends.first(where: { bytes.uint32(at: $0) == 0x0605_4B50 }) else { return [] }
        var names: [String] = []
        var record = Int(bytes.uint32(at: end + 16))
        while names.count < most, record >= 0, record + 46 <= end, bytes.uint32(at: record) == 0x0201_4B50 {
            let nameEnd = record + 46 + Int(bytes.uint16(at: record + 28))
            guard nameEnd <= end else { break }
            names.append(String(decoding: bytes[(record + 46)..<nameEnd], as: UTF8.self))
            record = nameEnd + Int(bytes.uint16(at: record + 30)) + Int(bytes.uint16(at: record + 32))
        }
        return names
    }
}
