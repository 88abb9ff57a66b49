import Compression
import Foundation

/// Writes values little-endian, one after the other, with a header in front: magic, version, length and a CRC-32.
struct ByteWriter {
    /// Magic, version and kind, length of the content, CRC-32.
    static let headerLength = 20

    /// Room for the header, then the content.
    private var written = Data(count: ByteWriter.headerLength)

    init(reserving count: Int = 0) { written.reserveCapacity(Self.headerLength + count) }

    mutating func write(_ value: Int) { write(UInt64(bitPattern: Int64(value))) }
    mutating func write(_ value: Double) { write(value.bitPattern) }
    mutating func write(_ value: Float) {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { written.append(contentsOf: $0) }
    }
    mutating func write(_ value: Bool) { written.append(value ? 1 : 0) }

    mutating func write(_ value: UInt64) {
        withUnsafeBytes(of: value.littleEndian) { written.append(contentsOf: $0) }
    }

    mutating func write(_ value: Double?) {
        write(value != nil)
        if let value { write(value) }
    }

    mutating func write(_ value: Int?) {
        write(value != nil)
        if let value { write(value) }
    }

    mutating func write(_ text: String) { write(Array(text.utf8)) }

    mutating func write(_ bytes: [UInt8]) {
        write(bytes.count)
        written.append(contentsOf: bytes)
    }

    mutating func write(_ values: [Float]) {
        write(values.count)
        // Every machine that this builds for is little-endian; `ByteReader` reads the same way.
        values.withUnsafeBytes { written.append(contentsOf: $0) }
    }

    mutating func write<Element>(_ elements: [Element], _ one: (inout ByteWriter, Element) -> Void) {
        write(elements.count)
        for element in elements { one(&self, element) }
    }

    /// The content with a header by which it is recognized, and damage is found.
    consuming func sealed(_ kind: BlobKind) -> Data {
        let count = written.count - Self.headerLength
        let checksum = Self.checksum(written.dropFirst(Self.headerLength))
        var header = Data(kind.magic)
        withUnsafeBytes(of: kind.version.littleEndian) { header.append(contentsOf: $0) }
        withUnsafeBytes(of: UInt64(count).littleEndian) { header.append(contentsOf: $0) }
        withUnsafeBytes(of: checksum.littleEndian) { header.append(contentsOf: $0) }
        written.replaceSubrange(..<Self.headerLength, with: header)
        return written
    }

    static func checksum(_ data: Data) -> UInt32 {
        data.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) in CRC32.checksum(bytes) }
    }
}

/// The kind of a blob, and its layout.
package enum BlobKind {
    case checkpoint, weights, evaluation

    /// Four letters, the magic of the header.
    var magic: [UInt8] {
        switch self {
        case .checkpoint: Array("TSCP".utf8)
        case .weights: Array("TSWT".utf8)
        case .evaluation: Array("TSEV".utf8)
        }
    }

    /// The version of the layout; grows with every change.
    var version: UInt32 {
        switch self {
        // 2: the factor of the L1 penalty, which the user may have changed.
        // 3: the planned epochs, which the user may have changed, and the changes of the run's line that were made.
        // 4: samples of the batches, for their quartiles.
        case .checkpoint: 4
        // 2: which weights were evaluated.
        // 3: the numbers of the rows, where they don't lie one behind the other.
        case .evaluation: 3
        case .weights: 1
        }
    }
}
