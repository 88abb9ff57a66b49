/// One file in the IDX format of the MNIST database: a big-endian header, then unsigned bytes.
///
/// Header: two zero bytes, the element type (8: unsigned byte), the number of dimensions, and a 32-bit size for each.
struct IDXFile: Sendable {
    /// What a file is meant to hold.
    enum Kind: Sendable {
        case images, labels

        /// 3 for images (count, rows, columns), 1 for labels (count).
        var dimensions: Int { self == .images ? 3 : 1 }
        var magic: UInt32 { 0x0800 | UInt32(dimensions) }
        var name: String { self == .images ? "image" : "label" }
    }

    let path: String
    let header: [UInt8]
    /// Sizes as the header gives them, each at least 1.
    let sizes: [Int]
    /// As many bytes as the product of `sizes`.
    let payload: [UInt8]

    /// Reads a file, gzip'ed or not.
    ///
    /// - Throws: `DataError` if it is not an IDX file of the kind, or not of the length that its header gives.
    init(path: String, kind: Kind) throws(DataError) {
        let bytes = try readFile(path)
        if GzipReader.isGzip(bytes) {
            var reader = try GzipReader(bytes, path: path)
            header = try Self.unpackHeader(&reader, kind)
            sizes = try Self.sizes(header, kind, path)
            let promised = try Self.product(
                sizes, path, limit: bytes.count.multipliedClamping(GzipReader.greatestRatio))
            payload = try Self.unpackPayload(&reader, promised, header.count, path)
        } else {
            header = Array(bytes.prefix(4 + 4 * kind.dimensions))
            sizes = try Self.sizes(header, kind, path)
            let held = bytes.count - header.count
            let promised = try Self.product(sizes, path, limit: held)
            guard held == promised else { throw Self.oversized(path, header.count + promised) }
            payload = Array(bytes[header.count...])
        }
        self.path = path
    }

    /// The sizes that a file's header gives, without its payload.
    ///
    /// - Throws: `DataError` if it is not an IDX file of the kind.
    static func sizes(path: String, kind: Kind) throws(DataError) -> [Int] {
        let bytes = try readFile(path)
        guard GzipReader.isGzip(bytes) else {
            return try sizes(Array(bytes.prefix(4 + 4 * kind.dimensions)), kind, path)
        }
        var reader = try GzipReader(bytes, path: path)
        return try sizes(try unpackHeader(&reader, kind), kind, path)
    }

    private static func unpackHeader(_ reader: inout GzipReader, _ kind: Kind) throws(DataError) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: 4 + 4 * kind.dimensions)
        let result = header.withUnsafeMutableBufferPointer { buffer in read(&reader, into: buffer) }
        return Array(header.prefix(try result.get()))
    }

    private static func unpackPayload(
        _ reader: inout GzipReader, _ promised: Int, _ headerBytes: Int, _ path: String
    ) throws(DataError) -> [UInt8] {
        var result = Result<Int, DataError>.success(0)
        let payload = [UInt8](unsafeUninitializedCapacity: promised) { buffer, count in
            result = read(&reader, into: UnsafeMutableBufferPointer(rebasing: buffer[..<promised]))
            count = (try? result.get()) ?? 0
        }
        let unpacked = try result.get()
        guard unpacked == promised else { throw truncated(path, headerBytes + unpacked, promised - unpacked) }
        // Reading on finds bytes too many, and lets zlib check the last member's CRC-32 and length.
        var extra: [UInt8] = [0]
        let after = extra.withUnsafeMutableBufferPointer { buffer in read(&reader, into: buffer) }
        guard try after.get() == 0 else { throw oversized(path, headerBytes + promised) }
        return payload
    }

    private static func read(
        _ reader: inout GzipReader, into buffer: UnsafeMutableBufferPointer<UInt8>
    ) -> Result<Int, DataError> {
        do throws(DataError) { return .success(try reader.read(into: buffer)) } catch { return .failure(error) }
    }

    // MARK: - The header

    private static func sizes(_ header: [UInt8], _ kind: Kind, _ path: String) throws(DataError) -> [Int] {
        guard header.count >= 4 else { throw truncated(path, header.count, 4 + 4 * kind.dimensions - header.count) }
        let magic = word(header, 0)
        guard magic == kind.magic else {
            throw .malformed(
                path: path, offset: 0, expected: "an IDX \(kind.name) file (\(hexadecimal(kind.magic)))",
                found: describe(magic))
        }
        guard header.count == 4 + 4 * kind.dimensions else {
            throw truncated(path, header.count, 4 + 4 * kind.dimensions - header.count)
        }
        var sizes: [Int] = []
        for (index, name) in ["items", "rows", "columns"].prefix(kind.dimensions).enumerated() {
            let size = Int(word(header, 4 + 4 * index))
            guard size >= 1, size <= Int(Int32.max) else {
                throw .malformed(
                    path: path, offset: 4 + 4 * index, expected: "1 to \(Int32.max) \(name)", found: "\(size)")
            }
            sizes.append(size)
        }
        return sizes
    }

    /// Bytes that the header promises, refused before they are allocated where the file can't hold them.
    private static func product(_ sizes: [Int], _ path: String, limit: Int) throws(DataError) -> Int {
        let promised = sizes.reduce(1) { $0.multipliedClamping($1) }
        guard promised <= limit else {
            let shape = sizes.map(String.init).joined(separator: " × ")
            throw .malformed(
                path: path, offset: 4, expected: "at most \(limit) bytes of data, which is what the file can hold",
                found: "a header that promises \(shape) = \(promised)")
        }
        return promised
    }

    private static func truncated(_ path: String, _ offset: Int, _ lacking: Int) -> DataError {
        .malformed(
            path: path, offset: offset, expected: "\(lacking) more \(lacking == 1 ? "byte" : "bytes")",
            found: "the end of the data")
    }

    private static func oversized(_ path: String, _ offset: Int) -> DataError {
        .malformed(path: path, offset: offset, expected: "the end of the data", found: "more bytes")
    }

    private static func word(_ bytes: [UInt8], _ at: Int) -> UInt32 {
        bytes[at..<(at + 4)].reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func hexadecimal(_ word: UInt32) -> String {
        let digits = String(word, radix: 16)
        return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
    }

    private static func describe(_ magic: UInt32) -> String {
        let meaning =
            switch magic {
            case Kind.images.magic: "an IDX image file"
            case Kind.labels.magic: "an IDX label file"
            case let other where other >> 16 == 0 && (0x08...0x0E).contains(other >> 8 & 0xFF):
                "an IDX file of another type or shape"
            default: "no IDX header"
            }
        return "\(meaning) (\(hexadecimal(magic)))"
    }
}

extension Int {
    /// The product, or `Int.max` where it is greater.
    fileprivate func multipliedClamping(_ other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}
