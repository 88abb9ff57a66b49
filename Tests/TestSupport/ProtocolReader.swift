/// Reads the wire format of Protocol Buffers without a schema: made for tests, apart from what writes it.
package struct ProtocolReader: Sendable {
    package enum Value: Equatable, Sendable {
        case varint(UInt64)
        case eightBytes(UInt64)
        case fourBytes(UInt32)
        case bytes([UInt8])
    }

    /// Why bytes are no message.
    package struct Fault: Error, Equatable {
        package let offset: Int
    }

    /// In the message's order.
    package let fields: [(number: Int, value: Value)]

    /// - Throws: `Fault` where the bytes are cut off, or of a kind that is not in use.
    package init(_ bytes: [UInt8]) throws {
        var position = 0
        func take(_ count: Int) throws -> ArraySlice<UInt8> {
            guard count >= 0, bytes.count - position >= count else { throw Fault(offset: position) }
            defer { position += count }
            return bytes[position..<(position + count)]
        }
        func varint() throws -> UInt64 {
            var value: UInt64 = 0
            for shift in stride(from: 0 as UInt64, to: 70, by: 7) {
                let byte = try take(1)[position - 1]
                value |= UInt64(byte & 0x7F) << shift
                if byte < 0x80 { return value }
            }
            throw Fault(offset: position)
        }
        func whole(_ count: Int) throws -> UInt64 {
            try take(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        var fields: [(number: Int, value: Value)] = []
        while position < bytes.count {
            let key = try varint()
            switch key & 7 {
            case 0: fields.append((Int(key >> 3), .varint(try varint())))
            case 1: fields.append((Int(key >> 3), .eightBytes(try whole(8))))
            case 2: fields.append((Int(key >> 3), .bytes(Array(try take(Int(try varint()))))))
            case 5: fields.append((Int(key >> 3), .fourBytes(UInt32(try whole(4)))))
            default: throw Fault(offset: position)
            }
        }
        self.fields = fields
    }

    /// All values of a field.
    package subscript(_ number: Int) -> [Value] { fields.filter { $0.number == number }.map(\.value) }

    package func messages(_ number: Int) throws -> [ProtocolReader] {
        try byteStrings(number).map { try ProtocolReader($0) }
    }

    package func texts(_ number: Int) -> [String] { byteStrings(number).map { String(decoding: $0, as: UTF8.self) } }

    package func integers(_ number: Int) -> [Int] {
        self[number].compactMap { if case .varint(let value) = $0 { Int(Int64(bitPattern: value)) } else { nil } }
    }

    package func floats(_ number: Int) -> [Float] {
        self[number].compactMap { if case .fourBytes(let bits) = $0 { Float(bitPattern: bits) } else { nil } }
    }

    package func doubles(_ number: Int) -> [Double] {
        self[number].compactMap { if case .eightBytes(let bits) = $0 { Double(bitPattern: bits) } else { nil } }
    }

    package func byteStrings(_ number: Int) -> [[UInt8]] {
        self[number].compactMap { if case .bytes(let bytes) = $0 { bytes } else { nil } }
    }
}

extension [UInt8] {
    /// The bytes as 32-bit floats, the lowest byte of each first.
    package var littleEndianFloats: [Float] {
        stride(from: 0, to: count, by: 4).map { start in
            Float(bitPattern: self[start..<(start + 4)].reversed().reduce(0) { $0 << 8 | UInt32($1) })
        }
    }
}
