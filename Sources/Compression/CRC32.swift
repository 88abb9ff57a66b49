import CZlib

/// CRC-32 as ZIP, gzip and PNG use it (polynomial 0x04C11DB7, reflected).
package enum CRC32 {
    /// The checksum of some bytes; 0xCBF43926 for the ASCII text `123456789`.
    ///
    /// - Parameter first: the checksum of what stands before them; 0 for nothing.
    package static func checksum(_ bytes: [UInt8], behind first: UInt32 = 0) -> UInt32 {
        bytes.withUnsafeBufferPointer { checksum(UnsafeRawBufferPointer($0), behind: first) }
    }

    /// The checksum of some bytes in memory.
    package static func checksum(_ bytes: UnsafeRawBufferPointer, behind first: UInt32 = 0) -> UInt32 {
        // zlib begins anew where there is no address.
        guard !bytes.isEmpty else { return first }
        return UInt32(
            truncatingIfNeeded: crc32_z(
                UInt(first), bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count))
    }
}
