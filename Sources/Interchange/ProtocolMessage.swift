/// A message in the wire format of Protocol Buffers, field by field; a field can be repeated.
///
/// This target only writes them. Source: protobuf.dev, "Encoding".
package struct ProtocolMessage: Equatable, Sendable, ExpressibleByDictionaryLiteral {
    /// A field's value.
    package enum Value: Sendable {
        /// int32, int64, uint32, bool or an enumeration: a varint, negative ones in two's complement.
        case integer(Int)
        case float(Float)
        case double(Double)
        case text(String)
        case bytes([UInt8])
        case message(ProtocolMessage)
    }

    /// How a decoder finds a value's end, after its field's number.
    private enum WireType: UInt64 {
        case varint = 0
        case eightBytes = 1
        case lengthDelimited = 2
        case fourBytes = 5
    }

    /// The encoded message.
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// - Parameter elements: values by their fields' numbers, written in this order.
    package init(dictionaryLiteral elements: (Int, Value)...) {
        for (field, value) in elements { append(field, value) }
    }

    /// Appends a field, or one more value of a repeated one.
    ///
    /// - Parameter field: its number in the schema, from 1.
    package mutating func append(_ field: Int, _ value: Value) {
        switch value {
        case .integer(let value):
            begin(field, .varint)
            append(varint: UInt64(bitPattern: Int64(value)))
        case .float(let value):
            begin(field, .fourBytes)
            bytes.append(littleEndian: value.bitPattern)
        case .double(let value):
            begin(field, .eightBytes)
            bytes.append(littleEndian: value.bitPattern)
        case .text(let value): append(field, lengthDelimited: Array(value.utf8))
        case .bytes(let value): append(field, lengthDelimited: value)
        case .message(let value): append(field, lengthDelimited: value.bytes)
        }
    }

    private mutating func append(_ field: Int, lengthDelimited contents: [UInt8]) {
        begin(field, .lengthDelimited)
        append(varint: UInt64(contents.count))
        bytes += contents
    }

    private mutating func begin(_ field: Int, _ type: WireType) {
        precondition(field > 0, "fields are counted from 1")
        append(varint: UInt64(field) << 3 | type.rawValue)
    }

    /// Seven bits in a byte, the lowest first; the top bit says that more follow.
    private mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
