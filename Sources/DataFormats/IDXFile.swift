import Compression
import Kernels
import Memory

/// One file in the IDX format of the MNIST database: a big-endian header, then numbers, mostly unsigned bytes.
///
/// Header: two zero bytes, the type of the numbers (8: unsigned byte), the number of dimensions, and a 32-bit size for
/// each.
struct IDXFile: Sendable {
    /// What a file should hold.
    enum Kind: Sendable {
        case images, labels

        /// 3 for images (count, rows, columns), 1 for labels (count).
        var dimensions: Int { self == .images ? 3 : 1 }
        var magic: UInt32 { 0x0800 | UInt32(dimensions) }
        var name: String { self == .images ? "image" : "label" }

        /// Whether numbers of this type and shape can be what it should hold. Images can have an axis of colours. Labels
        /// are whole numbers, and may be a table.
        func takes(_ type: NumberType, dimensions: Int) -> Bool {
            switch self {
            case .images: dimensions == 3 || dimensions == 4
            case .labels: type != .float32 && type != .float64 && (dimensions == 1 || dimensions == 2)
            }
        }
    }

    /// Sizes and type as the header gives them.
    struct Header: Sendable, Equatable {
        let bytes: [UInt8]
        let type: NumberType
        /// Each at least 1.
        let sizes: [Int]

        /// How many numbers follow.
        var count: Int { sizes.reduce(1) { $0.times($1) } }
        /// How many bytes follow.
        var promised: Int { count.times(type.width) }
    }

    let path: String
    let header: Header
    /// Numbers as the header promises them, big-endian.
    let payload: [UInt8]

    var sizes: [Int] { header.sizes }
    var numbers: RawNumbers {
        RawNumbers(bytes: payload, start: 0, count: header.count, type: header.type, isBigEndian: true)
    }

    /// QMNIST's labels are a table of so many columns, of which the first is the class. Source: its README.
    private static let labelColumns = 8
    /// Red, green, blue and an opacity.
    private static let mostColours = 4
    private static let types: [UInt8: NumberType] = [
        0x08: .uint8, 0x09: .int8, 0x0B: .int16, 0x0C: .int32, 0x0D: .float32, 0x0E: .float64,
    ]

    /// Reads a file, gzip'ed or not.
    ///
    /// - Throws: `DataError` if it is not an IDX file of the kind, or not of the length that its header gives.
    init(path: String, kind: Kind) throws(DataError) {
        let (source, header) = try Self.open(path, kind)
        (self.path, self.header) = (path, header)
        payload = try Self.payload(source, header.promised, header.bytes.count, path)
    }

    /// What a file's header gives, checked against what the file can hold, without reading its payload.
    ///
    /// - Throws: `DataError` if it is not an IDX file of the kind.
    static func header(path: String, kind: Kind) throws(DataError) -> Header { try open(path, kind).header }

    /// What kind the file behind these first four bytes is; nil where it is no IDX file of images or labels.
    static func kind(ofFileStartingWith bytes: [UInt8]) -> Kind? {
        guard bytes.count >= 4, bytes[0] == 0, bytes[1] == 0, let type = types[bytes[2]] else { return nil }
        return [Kind.images, .labels].first { $0.takes(type, dimensions: Int(bytes[3])) }
    }

    /// Where a label stands among the bytes of its file, by the file's header.
    static func offset(ofLabel index: Int, in header: Header) -> Int {
        header.bytes.count + index * header.sizes.dropFirst().reduce(1, *) * header.type.width
    }

    /// The file behind its header; what it promises is at most `DatasetLimits.fileBytes`.
    private static func open(
        _ path: String, _ kind: Kind
    ) throws(DataError) -> (source: any ByteSource, header: Header) {
        let (source, isPacked) = try DataFolder.open(path)
        let header = try header(source, kind, path)
        try check(header, path, held: isPacked ? source.mostBytes : source.mostBytes - header.bytes.count)
        return (source, header)
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

    private static func header(_ source: any ByteSource, _ kind: Kind, _ path: String) throws(DataError) -> Header {
        var header = try source.read(4)
        guard header.count == 4 else { throw truncated(path, header.count, 4 + 4 * kind.dimensions - header.count) }
        let magic = word(header, 0)
        let dimensions = Int(header[3])
        guard magic >> 16 == 0, let type = types[header[2]], kind.takes(type, dimensions: dimensions) else {
            throw .malformed(
                path: path, offset: 0, expected: "an IDX \(kind.name) file (\(hexadecimal(kind.magic)))",
                found: describe(magic))
        }
        header += try source.read(4 * dimensions)
        guard header.count == 4 + 4 * dimensions else {
            throw truncated(path, header.count, 4 + 4 * dimensions - header.count)
        }
        var sizes: [Int] = []
        let names = kind == .labels ? ["items", "columns"] : ["items", "rows", "columns", "colours"]
        for (index, name) in names.prefix(dimensions).enumerated() {
            let size = Int(word(header, 4 + 4 * index))
            guard size >= 1, size <= Int(Int32.max) else {
                throw .malformed(
                    path: path, offset: 4 + 4 * index, expected: "1 to \(Int32.max) \(name)", found: "\(size)")
            }
            sizes.append(size)
        }
        guard kind == .images || dimensions == 1 || sizes[1] == labelColumns else {
            throw .malformed(
                path: path, offset: 8, expected: "a label each, or a table of \(labelColumns) columns, as QMNIST has",
                found: "\(sizes[1]) columns")
        }
        return Header(bytes: header, type: type, sizes: sizes)
    }

    /// Refuses sizes of the header that the file can't hold, or that are more than is loaded.
    private static func check(_ header: Header, _ path: String, held: Int) throws(DataError) {
        let (sizes, promised) = (header.sizes, header.promised)
        let shape = sizes.map(String.init).joined(separator: " × ")
        let total = header.type.width == 1 ? "\(promised)" : "\(header.count) numbers of \(header.type.width) bytes"
        guard promised <= held else {
            throw .malformed(
                path: path, offset: 4, expected: "at most \(held) bytes of data, which is what the file can hold",
                found: "a header that promises \(shape) = \(total)")
        }
        let numbers = sizes.dropFirst().reduce(1) { $0.times($1) }
        // What of them is colours is looked at where they are read.
        guard numbers <= DatasetLimits.pixels * (sizes.count == 4 ? mostColours : 1) else {
            let sides = sizes.dropFirst().map(String.init).joined(separator: " × ")
            throw .malformed(
                path: path, offset: 8, expected: "images of at most \(DatasetLimits.pixels) pixels",
                found: "a header that promises \(sides) = \(numbers)")
        }
        guard promised <= DatasetLimits.fileBytes else {
            throw .malformed(
                path: path, offset: 4,
                expected: "at most \(DatasetLimits.fileBytes) bytes of data, which is as much as is loaded",
                found: "a header that promises \(shape) = \(total)")
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
