import Glibc

/// Pages of 2 MB for memory that a run reads and writes all the time, where the system gives them on request. Addresses
/// are then translated sooner, and the processor prefetches beyond 4 kB.
package enum HugePages {
    private static let size = 2 << 20
    /// Smaller arrays get ordinary pages.
    private static let fewestBytes = 256 << 10

    /// Bytes of the pages that an array of so many bytes has for itself; 0 for a small one.
    static func own(byteCount: Int) -> Int {
        byteCount >= fewestBytes ? (byteCount + size - 1) / size * size : 0
    }

    /// Takes whole pages from the system, with zeros in them. Memory of the heap would keep its large pages when it is
    /// freed, and small things that are put there then take 2 MB.
    ///
    /// - Parameter byteCount: a multiple of 2 MB.
    /// - Returns: the start of a page of 2 MB; nil where the system has no room.
    static func take(byteCount: Int) -> UnsafeMutableRawPointer? {
        // So much more that pages of 2 MB begin within it; the rest is given back.
        let start = mmap(nil, byteCount + size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let start, start != MAP_FAILED else { return nil }
        let before = (size - Int(UInt(bitPattern: start) % UInt(size))) % size
        if before > 0 { munmap(start, before) }
        munmap(start + before + byteCount, size - before)
        advise(start + before, byteCount: byteCount)
        return start + before
    }

    /// Gives pages back that were taken.
    static func give(_ start: UnsafeMutableRawPointer, byteCount: Int) { munmap(start, byteCount) }

    /// Requests large pages for the whole ones within a memory range, which should not have been written to yet.
    package static func advise(_ start: UnsafeMutableRawPointer, byteCount: Int) {
        let first = (UInt(bitPattern: start) + UInt(size) - 1) / UInt(size) * UInt(size)
        let end = (UInt(bitPattern: start) + UInt(byteCount)) / UInt(size) * UInt(size)
        guard end > first, let pages = UnsafeMutableRawPointer(bitPattern: first) else { return }
        // Refused, the memory serves as it is.
        _ = madvise(pages, Int(end - first), MADV_HUGEPAGE)
    }
}
