import Interchange

/// Takes TFRecord files apart, checksums checked: made for tests.
package enum TFRecordReader {
    package struct Fault: Error, Equatable {
        package let offset: Int
    }

    /// The contents of every record.
    ///
    /// - Throws: `Fault` where a record is cut off or a checksum is another.
    package static func read(_ bytes: [UInt8]) throws -> [[UInt8]] {
        var records: [[UInt8]] = []
        var rest = bytes[...]
        func take(_ count: Int) throws -> [UInt8] {
            guard rest.count >= count else { throw Fault(offset: rest.startIndex) }
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
        func check(_ contents: [UInt8]) throws {
            let sum = try take(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            guard sum == CRC32C.masked(contents) else { throw Fault(offset: rest.startIndex) }
        }
        while !rest.isEmpty {
            let length = try take(8)
            try check(length)
            let contents = try take(length.reversed().reduce(0) { $0 << 8 | Int($1) })
            try check(contents)
            records.append(contents)
        }
        return records
    }
}
