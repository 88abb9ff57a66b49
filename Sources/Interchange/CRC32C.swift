/// The checksum of Castagnoli's polynomial, as iSCSI and TensorFlow's records use it. Source: RFC 3720, section 12.1.
package enum CRC32C {
    /// The polynomial 0x1EDC6F41 with its bits reversed.
    private static let polynomial: UInt32 = 0x82F6_3B78

    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ polynomial : value >> 1 }
    }

    /// The CRC of some bytes; 0xE3069283 for the ASCII text `123456789`.
    package static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~0) { sum, byte in sum >> 8 ^ table[Int((sum ^ UInt32(byte)) & 0xFF)] }
    }

    /// The checksum rotated right by 15 bits plus a constant, so that checksums of data that contain checksums stay
    /// good. Source: TensorFlow's "TFRecords format details".
    package static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
        let sum = checksum(bytes)
        return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
    }
}

/// A record of a TFRecord file: its length, the length's checksum, the contents, their checksum. Source: TensorFlow's
/// "TFRecords format details".
package enum TFRecord {
    /// The bytes of one record.
    package static func encode(_ contents: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(contents.count + 16)
        bytes.append(littleEndian: UInt64(contents.count))
        bytes.append(littleEndian: CRC32C.masked(bytes))
        bytes += contents
        bytes.append(littleEndian: CRC32C.masked(contents))
        return bytes
    }
}
