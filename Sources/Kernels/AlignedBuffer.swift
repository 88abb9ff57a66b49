/// A buffer of whatever values.
package protocol SizedBuffer: AnyObject {
    var byteCount: Int { get }
}

/// A zeroed array of trivial values at a fixed address that starts on a cache line.
package final class AlignedBuffer<Element: BitwiseCopyable>: SizedBuffer {
    package let pointer: UnsafeMutablePointer<Element>
    package let count: Int
    package var byteCount: Int { max(count, 1) * MemoryLayout<Element>.stride }

    package init(count: Int) {
        self.count = count
        let bytes = max(count, 1) * MemoryLayout<Element>.stride
        let place = HugePages.placement(byteCount: bytes)
        let raw = UnsafeMutableRawPointer.allocate(byteCount: place.byteCount, alignment: place.alignment)
        HugePages.advise(raw, byteCount: place.byteCount)
        raw.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        pointer = raw.bindMemory(to: Element.self, capacity: max(count, 1))
    }

    deinit {
        UnsafeMutableRawPointer(pointer).deallocate()
    }

    package func copy(from other: AlignedBuffer) {
        precondition(count == other.count, "buffers of one size")
        pointer.update(from: other.pointer, count: count)
    }

    package func clear() {
        UnsafeMutableRawPointer(pointer).initializeMemory(
            as: UInt8.self, repeating: 0, count: count * MemoryLayout<Element>.stride)
    }
}
