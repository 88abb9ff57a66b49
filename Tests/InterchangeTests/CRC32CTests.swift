import Interchange
import TestSupport
import Testing

@Suite struct CRC32CTests {
    @Test("The examples of RFC 3720, B.4, and the check value of Castagnoli's polynomial")
    func examples() {
        #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
        #expect(CRC32C.checksum([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
        #expect(CRC32C.checksum((0..<32).map(UInt8.init)) == 0x46DD_794E)
        #expect(CRC32C.checksum((0..<32).reversed().map(UInt8.init)) == 0x113F_DB5C)
        // An iSCSI read command.
        let command: [UInt8] =
            [0x01, 0xC0, 0, 0] + [UInt8](repeating: 0, count: 12) + [0x14, 0, 0, 0, 0, 0, 4, 0]
            + [0, 0, 0, 0x14, 0, 0, 0, 0x18, 0x28, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]
        #expect(command.count == 48 && CRC32C.checksum(command) == 0xD996_3A56)
        #expect(CRC32C.checksum(Array("123456789".utf8)) == 0xE306_9283)
        #expect(CRC32C.checksum([]) == 0)
    }

    @Test("A masked checksum is turned by 15 bits, with TensorFlow's constant added")
    func masked() {
        // 0xE3069283 turned is 0x2507C60D.
        #expect(CRC32C.masked(Array("123456789".utf8)) == 0x2507_C60D &+ 0xA282_EAD8)
        #expect(CRC32C.masked([]) == 0xA282_EAD8)
    }

    @Test("A record is length, its checksum, contents, their checksum")
    func record() {
        let record = TFRecord.encode([1, 2, 3])
        #expect(record.count == 8 + 4 + 3 + 4)
        #expect(Array(record[0..<8]) == [3, 0, 0, 0, 0, 0, 0, 0])
        #expect(Array(record[8..<12]) == bytes(CRC32C.masked([3, 0, 0, 0, 0, 0, 0, 0])))
        #expect(Array(record[12..<15]) == [1, 2, 3])
        #expect(Array(record[15...]) == bytes(CRC32C.masked([1, 2, 3])))
        #expect(TFRecord.encode([]).count == 16)
    }

    private func bytes(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
}
