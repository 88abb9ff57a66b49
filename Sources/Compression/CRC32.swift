import CZlib

/// CRC-32 as ZIP, gzip and PNG use it (polynomial 0x04C11DB7, reflected).
package enum CRC32 {
    /// The checksum of some bytes; 0xCBF43926 for the ASCII text `123456789`.
    package static func checksum(_ bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBufferPointer { checksum(UnsafeRawBufferPointer($0)) }
    }

    /// The checksum of some bytes in memory.
    package static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        UInt32(truncatingIfNeeded: crc32_z(0, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count))
    }
}
