import Foundation

/// Why bytes can't be decoded; nothing of them is used.
package enum BlobError: Error, Equatable, CustomStringConvertible {
    case otherKind
    case version(UInt32)
    case checksum
    /// The content ends too soon, or a count is impossible.
    case truncated
    case value(String)

    package var description: String {
        switch self {
        case .otherKind: "it is something else"
        case .version(let version): "it has layout \(version), which this program does not know"
        case .checksum: "its checksum is wrong"
        case .truncated: "it ends too soon"
        case .value(let what): "it has \(what)"
        }
    }
}

/// Reads what `ByteWriter` wrote. Every length is checked before it is used.
package struct ByteReader {
    private let bytes: Data
    private var place: Int
    /// The layout of the content. Later layouts only add values, which are not read from an earlier one.
    private(set) var version: UInt32 = 0

    /// Checks the header and the checksum.
    package init(_ data: Data, _ kind: BlobKind) throws(BlobError) {
        bytes = data
        place = data.startIndex
        guard Array(data.prefix(4)) == kind.magic else { throw .otherKind }
        place += 4
        let version = try UInt32(littleEndian: raw())
        guard (1...kind.version).contains(version) else { throw .version(version) }
        self.version = version
        let length = try UInt64(littleEndian: raw())
        let checksum = try UInt32(littleEndian: raw())
        guard length == UInt64(data.endIndex - place) else { throw .truncated }
        guard ByteWriter.checksum(data[place...]) == checksum else { throw .checksum }
    }

    /// Throws where bytes are left over.
    func finish() throws(BlobError) { guard place == bytes.endIndex else { throw .value("bytes left over") } }

    mutating func unsigned() throws(BlobError) -> UInt64 { UInt64(littleEndian: try raw()) }
    /// A count, a place or a number of a row: none of them comes near the bound, and sums of them never overflow.
    mutating func whole() throws(BlobError) -> Int {
        let number = Int(Int64(bitPattern: try unsigned()))
        guard number.magnitude <= UInt(ColumnKind.counts.upperBound) else { throw .value("the number \(number)") }
        return number
    }
    mutating func double() throws(BlobError) -> Double { Double(bitPattern: try unsigned()) }
    mutating func float() throws(BlobError) -> Float { Float(bitPattern: UInt32(littleEndian: try raw())) }

    mutating func flag() throws(BlobError) -> Bool {
        let byte: UInt8 = try raw()
        guard byte < 2 else { throw .value("\(byte) for a flag") }
        return byte == 1
    }

    mutating func optionalWhole() throws(BlobError) -> Int? { try flag() ? try whole() : nil }

    mutating func optionalDouble() throws(BlobError) -> Double? { try flag() ? try double() : nil }

    mutating func text() throws(BlobError) -> String { String(decoding: try byteList(), as: UTF8.self) }

    mutating func byteList() throws(BlobError) -> [UInt8] {
        let count = try count(ofSize: 1)
        defer { place += count }
        return Array(bytes[place..<(place + count)])
    }

    mutating func floats() throws(BlobError) -> [Float] {
        let count = try count(ofSize: MemoryLayout<Float>.size)
        let length = count * MemoryLayout<Float>.size
        let part = bytes[place..<(place + length)]
        place += length
        return [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            _ = part.copyBytes(to: UnsafeMutableRawBufferPointer(buffer))
            initialized = count
        }
    }

    mutating func list<Element>(
        _ one: (inout ByteReader) throws(BlobError) -> Element
    ) throws(BlobError) -> [Element] {
        // An element has at least one byte.
        let count = try count(ofSize: 1)
        var elements: [Element] = []
        for _ in 0..<count { elements.append(try one(&self)) }
        return elements
    }

    private mutating func count(ofSize size: Int) throws(BlobError) -> Int {
        let count = try whole()
        guard count >= 0, count <= (bytes.endIndex - place) / size else { throw .truncated }
        return count
    }

    private mutating func raw<Value: FixedWidthInteger>() throws(BlobError) -> Value {
        let size = MemoryLayout<Value>.size
        guard bytes.endIndex - place >= size else { throw .truncated }
        var value: Value = 0
        _ = withUnsafeMutableBytes(of: &value) { bytes[place..<(place + size)].copyBytes(to: $0) }
        place += size
        return value
    }
}
