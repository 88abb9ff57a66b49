import Glibc

/// Pages of 2 MB for memory that a run reads and writes all the time, where the system gives them on request. Addresses
/// are then translated sooner, and the processor prefetches beyond 4 kB.
package enum HugePages {
    private static let size = 2 << 20
    /// Smaller arrays get ordinary pages.
    private static let fewestBytes = 256 << 10

    /// Size and alignment of an array of so many bytes.
    static func placement(byteCount: Int) -> (byteCount: Int, alignment: Int) {
        guard byteCount >= fewestBytes else { return (byteCount, 64) }
        return ((byteCount + size - 1) / size * size, size)
    }

    /// Requests large pages for the whole ones within a memory range, which should not have been written to yet.
    package static func advise(_ start: UnsafeMutableRawPointer, byteCount: Int) {
        let first = (UInt(bitPattern: start) + UInt(size) - 1) / UInt(size) * UInt(size)
        let end = (UInt(bitPattern: start) + UInt(byteCount)) / UInt(size) * UInt(size)
        guard end > first, let pages = UnsafeMutableRawPointer(bitPattern: first) else { return }
        // Refused, the memory serves as it is.
        _ = madvise(pages, Int(end - first), MADV_HUGEPAGE)
    }
}
