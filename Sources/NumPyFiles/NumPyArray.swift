import Memory

/// An array of 32-bit floats as NumPy stores it, in row-major (C) order.
package struct NumPyArray: Sendable, Equatable {
    /// The length of each axis; empty for a single number.
    package let shape: [Int]
    /// As many values as the product of the shape.
    package let values: [Float]

    package init(shape: [Int], values: [Float]) {
        precondition(Self.count(ofShape: shape) == values.count, "one value a place")
        self.shape = shape
        self.values = values
    }

    /// The number of values of a shape; nil where it is no shape, or not fewer than 2⁶⁰ even without its sizes of 0. NumPy
    /// makes no such array either, so that a product of its sizes, in any order, never overflows.
    package static func count(ofShape shape: [Int]) -> Int? {
        var count = 1
        for size in shape where size != 0 {
            let (product, overflows) = count.multipliedReportingOverflow(by: size)
            guard size > 0, !overflows, product < 1 << 60 else { return nil }
            count = product
        }
        return shape.contains(0) ? 0 : count
    }

    /// The shape as Python writes it: `(784, 200)`, `(200,)`, `()`.
    package static func text(ofShape shape: [Int]) -> String {
        shape.count == 1 ? "(\(shape[0]),)" : "(\(shape.map(String.init).joined(separator: ", ")))"
    }
}

/// Limits of a reader, checked before memory is allocated.
package struct ReadLimits: Sendable, Equatable {
    /// The greatest number of bytes of the file.
    package var fileBytes: Int
    /// The greatest number of bytes of all unpacked arrays of an archive, with headers.
    package var unpackedBytes: Int
    /// The greatest number of arrays of an archive.
    package var entries: Int

    /// 2 GiB of a file and of its arrays, or less where there is less memory: a file, its unpacked bytes and its values
    /// are there at the same time.
    package static var usual: ReadLimits {
        let bytes = min(1 << 31, MemoryBudget.current.bytes / 3)
        return ReadLimits(fileBytes: bytes, unpackedBytes: bytes)
    }

    /// For a file whose arrays are read one by one, each checked against the memory there is: what a ZIP file can hold.
    package static var archive: ReadLimits { ReadLimits(fileBytes: 1 << 32, unpackedBytes: 1 << 32) }

    package init(fileBytes: Int, unpackedBytes: Int, entries: Int = 1024) {
        self.fileBytes = fileBytes
        self.unpackedBytes = unpackedBytes
        self.entries = entries
    }
}
