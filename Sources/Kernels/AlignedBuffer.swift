/// A buffer of values of any type.
package protocol SizedBuffer: AnyObject {
    /// Bytes of all its values.
    var byteCount: Int { get }
}

/// A zeroed array of trivial values at a fixed address that starts on a cache line.
package final class AlignedBuffer<Element: BitwiseCopyable>: SizedBuffer {
    /// The first value, on a cache line of 64 bytes, or on a page of 2 MB where the buffer is large.
    package let pointer: UnsafeMutablePointer<Element>
    /// Number of values; with 0 there is still room for one.
    package let count: Int
    /// Bytes of the pages that it has for itself; 0 where it lies in the heap.
    private let ownPages: Int
    /// Bytes of the values, of one at least.
    package var byteCount: Int { max(count, 1) * MemoryLayout<Element>.stride }

    package init(count: Int) {
        self.count = count
        let bytes = max(count, 1) * MemoryLayout<Element>.stride
        let own = HugePages.own(byteCount: bytes)
        let pages = own > 0 ? HugePages.take(byteCount: own) : nil
        ownPages = pages == nil ? 0 : own
        let raw = pages ?? UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        // The system's zeros, too: its pages are there only once they are written to.
        raw.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        pointer = raw.bindMemory(to: Element.self, capacity: max(count, 1))
    }

    deinit {
        let raw = UnsafeMutableRawPointer(pointer)
        if ownPages > 0 { HugePages.give(raw, byteCount: ownPages) } else { raw.deallocate() }
    }

    /// Copies all values of a buffer of the same count.
    package func copy(from other: AlignedBuffer) {
        precondition(count == other.count, "buffers of one size")
        pointer.update(from: other.pointer, count: count)
    }

    /// Sets all bytes to zero.
    package func clear() {
        UnsafeMutableRawPointer(pointer).initializeMemory(
            as: UInt8.self, repeating: 0, count: count * MemoryLayout<Element>.stride)
    }
}
