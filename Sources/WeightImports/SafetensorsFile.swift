import DataFormats
import NumPyFiles

/// The safetensors format: the length of a header in 64 bits, a header in JSON, the values. Source: the Format section
/// of huggingface/safetensors's README.
package enum SafetensorsFile {
    /// An array as the header has it.
    struct Entry {
        let name: String
        /// The header's word for the type: `F32`.
        let type: String
        let shape: [Int]
        /// Where its bytes begin and end, counted from the end of the header.
        let start: Int
        let end: Int
        /// Where the header tells of it, in bytes, for errors.
        let offset: Int
    }

    /// The longest header that the format allows, in bytes.
    private static let longestHeader = 100_000_000

    /// Bytes of a value and, where weights can be of it, our type, by the header's words.
    private static let types: [String: (width: Int, name: String, type: NumberType?)] = [
        "F64": (8, "float64", .float64), "F32": (4, "float32", .float32), "F16": (2, "float16", .float16),
        "BF16": (2, "bfloat16", .bfloat16), "I64": (8, "int64", nil), "I32": (4, "int32", nil),
        "I16": (2, "int16", nil), "I8": (1, "int8", nil), "U64": (8, "uint64", nil), "U32": (4, "uint32", nil),
        "U16": (2, "uint16", nil), "U8": (1, "uint8", nil), "BOOL": (1, "bool", nil),
        "F8_E4M3": (1, "float8_e4m3", nil), "F8_E5M2": (1, "float8_e5m2", nil),
    ]

    /// Whether a file begins as one does: with the length of a header that is in it, and `{`.
    static func isOne(_ bytes: [UInt8]) -> Bool {
        bytes.count > 8 && bytes[8] == UInt8(ascii: "{") && length(bytes).map { $0 <= bytes.count - 8 } ?? false
    }

    /// Nil where it is beyond any file.
    private static func length(_ bytes: [UInt8]) -> Int? {
        Int(exactly: bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }

    /// The arrays of a whole file's bytes, in the order of their values; `path` is for errors.
    ///
    /// - Parameter most: the greatest number of arrays.
    /// - Throws: `WeightImportError.malformed`, nothing read.
    package static func decode(
        _ bytes: [UInt8], path: String, most: Int = 1024
    ) throws(WeightImportError) -> [WeightArray] {
        func fault(_ offset: Int, _ expected: String, _ found: String) -> WeightImportError {
            .malformed(
                path: path, offset: offset, expected: WeightPlanError.short(expected),
                found: WeightPlanError.short(found))
        }
        guard bytes.count >= 8 else {
            throw fault(bytes.count, "the length of a header in 8 bytes", "the end of the file")
        }
        guard let length = length(bytes), length <= longestHeader else {
            throw fault(0, "a header of at most \(longestHeader) bytes", "a greater length")
        }
        guard length <= bytes.count - 8 else {
            throw fault(bytes.count, "a header of \(length) bytes", "the end of the file")
        }
        let start = 8 + length
        var scanner = SafetensorsScanner(bytes: bytes, end: start, path: path, most: most)
        let entries = try scanner.entries().sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        var place = 0
        for entry in entries {
            // One behind the other, each byte in one of them: the format allows no holes and no bytes twice.
            guard entry.start == place else {
                throw fault(entry.offset, "\(entry.name) to begin at \(place)", "\(entry.start)")
            }
            let (bits, name) = try size(of: entry, fault)
            guard entry.end - entry.start == bits, entry.end <= bytes.count - start else {
                guard entry.end - entry.start == bits else {
                    let shape = NumPyArray.text(ofShape: entry.shape)
                    throw fault(entry.offset, "\(bits) bytes for \(shape) of \(name)", "\(entry.end - entry.start)")
                }
                throw fault(bytes.count, "\(entry.end - (bytes.count - start)) more bytes", "the end of the file")
            }
            place = entry.end
        }
        guard place == bytes.count - start else {
            throw fault(start + place, "the end of the file", "\(bytes.count - start - place) more bytes")
        }
        return entries.map { array($0, bytes, start, path) }
    }

    /// The bytes that an entry's shape promises, and the name of its type.
    private static func size(
        of entry: Entry, _ fault: (Int, String, String) -> WeightImportError
    ) throws(WeightImportError) -> (bytes: Int, type: String) {
        guard let type = types[entry.type] else {
            throw fault(entry.offset, "a type such as F32, F16, BF16 or F64", "\"\(entry.type)\"")
        }
        guard let count = NumPyArray.count(ofShape: entry.shape) else {
            throw fault(entry.offset, "a shape of fewer than 2^60 values", NumPyArray.text(ofShape: entry.shape))
        }
        return (count * type.width, type.name)
    }

    private static func array(_ entry: Entry, _ bytes: [UInt8], _ start: Int, _ path: String) -> WeightArray {
        let type = types[entry.type]
        let numbers = type?.type.map { number in
            RawNumbers(
                bytes: bytes, start: start + entry.start, count: (entry.end - entry.start) / number.width,
                type: number)
        }
        return WeightArray(
            path: path, name: entry.name, type: type?.name ?? entry.type, shape: entry.shape, isFortran: false,
            numbers: numbers)
    }
}
