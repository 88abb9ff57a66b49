import Interchange
import TestSupport
import Testing

@Suite struct ProtocolMessageTests {
    @Test("The examples of protobuf.dev's page on encoding")
    func examples() {
        #expect(([1: .integer(150)] as ProtocolMessage).bytes == [0x08, 0x96, 0x01])
        #expect(
            ([2: .text("testing")] as ProtocolMessage).bytes == [0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6E, 0x67])
        #expect(([3: .message([1: .integer(150)])] as ProtocolMessage).bytes == [0x1A, 0x03, 0x08, 0x96, 0x01])
        // -2 in two's complement of 64 bits, ten bytes.
        #expect(
            ([1: .integer(-2)] as ProtocolMessage).bytes == [
                0x08, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01,
            ])
    }

    @Test("Whatever is written is read back, at the edges of a varint and of a length too")
    func roundTrip() throws {
        let integers = [0, 1, 127, 128, 16_383, 16_384, Int.max, Int.min, -1]
        let texts = ["", "ä\0", String(repeating: "x", count: 127), String(repeating: "y", count: 128)]
        var message: ProtocolMessage = [5: .float(-1.5), 6: .double(.pi), 6: .double(-.infinity)]
        for integer in integers { message.append(1, .integer(integer)) }
        for text in texts { message.append(300, .text(text)) }
        message.append(16, .message([:]))
        message.append(17, .bytes([1, 2, 255]))
        let read = try ProtocolReader(message.bytes)
        #expect(read.integers(1) == integers)
        #expect(read.texts(300) == texts)
        #expect(read.floats(5) == [-1.5] && read.doubles(6) == [.pi, -.infinity])
        #expect(read.byteStrings(16) == [[]] && read.byteStrings(17) == [[1, 2, 255]])
        #expect(read.fields.count == 3 + integers.count + texts.count + 2)
    }

    @Test("The reader of the tests refuses what is cut off")
    func readerRefuses() {
        for bytes: [UInt8] in [[0x08], [0x08, 0x96], [0x12, 0x03, 0x61], [0x0D, 1, 2, 3], [0x0B]] {
            #expect(throws: ProtocolReader.Fault.self) { try ProtocolReader(bytes) }
        }
    }
}
