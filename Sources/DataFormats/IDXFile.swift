import Compression
import Kernels
import Memory

/// One file in the IDX format of the MNIST database: a big-endian header, then unsigned bytes.
///
/// Header: two zero bytes, the element type (8: unsigned byte), the number of dimensions, and a 32-bit size for each.
struct IDXFile: Sendable {
    /// What a file should hold.
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

    /// Bytes of a header of labels: where the first label stands.
    static let labelsStart = 8

    /// Reads a file, gzip'ed or not.
    ///
    /// - Throws: `DataError` if it is not an IDX file of the kind, or not of the length that its header gives.
    init(path: String, kind: Kind) throws(DataError) {
        let (source, header, sizes) = try Self.open(path, kind)
        (self.path, self.header, self.sizes) = (path, header, sizes)
        payload = try Self.payload(source, sizes.reduce(1, *), header.count, path)
    }

    /// The sizes that a file's header gives, checked against what the file can hold, without reading its payload.
    ///
    /// - Throws: `DataError` if it is not an IDX file of the kind.
    static func sizes(path: String, kind: Kind) throws(DataError) -> [Int] { try open(path, kind).sizes }

    /// The file behind its header; the product of the sizes is at most `DatasetLimits.fileBytes`.
    private static func open(
        _ path: String, _ kind: Kind
    ) throws(DataError) -> (source: any ByteSource, header: [UInt8], sizes: [Int]) {
        let file = try FileBytes(path: path)
        let isGzip = GzipReader.isGzip(try file.read(2))
        try file.rewind()
        let source: any ByteSource = isGzip ? try GzipReader(file) : file
        let header = try source.read(4 + 4 * kind.dimensions)
        let sizes = try sizes(header, kind, path)
        try check(sizes, path, held: isGzip ? source.mostBytes : source.mostBytes - header.count)
        return (source, header, sizes)
    }

    /// Room for what the header promises is asked for at once; the system gives pages of it as they are filled, so a
    /// packed file that holds less than its header promises takes less.
    private static func payload(
        _ source: any ByteSource, _ promised: Int, _ headerBytes: Int, _ path: String
    ) throws(DataError) -> [UInt8] {
        do throws(MemoryRefusal) { try MemoryBudget.current.check(promised) } catch {
            throw .tooLarge(path: path, error)
        }
        var failure: DataError?
        let payload = [UInt8](unsafeUninitializedCapacity: promised) { buffer, count in
            if let start = buffer.baseAddress { HugePages.advise(start, byteCount: promised) }
            do throws(DataError) { count = try source.read(into: buffer) } catch { failure = error }
        }
        if let failure { throw failure }
        guard payload.count == promised else {
            throw truncated(path, headerBytes + payload.count, promised - payload.count)
        }
        // Reading on finds surplus bytes, and lets zlib check the last member's CRC-32 and length.
        guard try source.read(1).isEmpty else { throw oversized(path, headerBytes + promised) }
        return payload
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

    /// Refuses sizes of the header that the file can't hold, or that are more than is loaded.
    private static func check(_ sizes: [Int], _ path: String, held: Int) throws(DataError) {
        let promised = sizes.reduce(1) { $0.times($1) }
        let shape = sizes.map(String.init).joined(separator: " × ")
        guard promised <= held else {
            throw .malformed(
                path: path, offset: 4, expected: "at most \(held) bytes of data, which is what the file can hold",
                found: "a header that promises \(shape) = \(promised)")
        }
        let pixels = sizes.dropFirst().reduce(1) { $0.times($1) }
        guard pixels <= DatasetLimits.pixels else {
            throw .malformed(
                path: path, offset: 8, expected: "images of at most \(DatasetLimits.pixels) pixels",
                found: "a header that promises \(sizes[1]) × \(sizes[2]) = \(pixels)")
        }
        guard promised <= DatasetLimits.fileBytes else {
            throw .malformed(
                path: path, offset: 4,
                expected: "at most \(DatasetLimits.fileBytes) bytes of data, which is as much as is loaded",
                found: "a header that promises \(shape) = \(promised)")
        }
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
