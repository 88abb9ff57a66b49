import Glibc

/// A buffer of values of any type.
package protocol SizedBuffer: AnyObject {
    /// Bytes of all its values.
    var byteCount: Int { get }
}

/// The end of the program for lack of memory. What is saved of a run stays saved, and the terminal is put back, as at any
/// crash.
enum AllocationFailure {
    static func end(_ amount: String) -> Never {
        fatalError("the system gives no memory for \(amount) more")
    }
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

    /// What is large is bounded by the memory that may be taken before a buffer is made: `Memory`. Where the system gives
    /// none even so, the program ends and says how much it asked for.
    package init(count: Int) {
        self.count = count
        let (bytes, isTooMany) = max(count, 1).multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
        // No machine has half of all addresses; what rounds the size up can't overflow below that.
        guard count >= 0, !isTooMany, bytes < Int.max / 2 else { AllocationFailure.end("\(count) values") }
        let own = HugePages.own(byteCount: bytes)
        let pages = own > 0 ? HugePages.take(byteCount: own) : nil
        ownPages = pages == nil ? 0 : own
        guard let raw = pages ?? Self.take(byteCount: bytes) else {
            AllocationFailure.end("\((bytes + (1 << 20) - 1) >> 20) MiB")
        }
        // The system's zeros, too: its pages are there only once they are written to.
        raw.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        pointer = raw.bindMemory(to: Element.self, capacity: max(count, 1))
    }

    /// Bytes of the heap on a cache line; nil where it has none.
    private static func take(byteCount: Int) -> UnsafeMutableRawPointer? {
        var address: UnsafeMutableRawPointer?
        return posix_memalign(&address, 64, byteCount) == 0 ? address : nil
    }

    deinit {
        let raw = UnsafeMutableRawPointer(pointer)
        if ownPages > 0 { HugePages.give(raw, byteCount: ownPages) } else { free(raw) }
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
