/// An array of 32-bit floats as NumPy stores it, in row-major (C) order.
package struct NumPyArray: Sendable, Equatable {
    /// Empty for a single number.
    package let shape: [Int]
    /// As many as the product of the shape.
    package let values: [Float]

    package init(shape: [Int], values: [Float]) {
        precondition(shape.allSatisfy { $0 >= 0 } && shape.reduce(1, *) == values.count, "one value a place")
        self.shape = shape
        self.values = values
    }

    /// The shape as Python writes it: `(784, 200)`, `(200,)`, `()`.
    package static func text(ofShape shape: [Int]) -> String {
        shape.count == 1 ? "(\(shape[0]),)" : "(\(shape.map(String.init).joined(separator: ", ")))"
    }
}

/// What a reader takes at most, checked before anything is allocated.
package struct ReadLimits: Sendable, Equatable {
    /// Bytes of the file.
    package var fileBytes: Int
    /// Bytes of all arrays of an archive, unpacked, headers included.
    package var unpackedBytes: Int
    /// Arrays of an archive.
    package var entries: Int

    package init(fileBytes: Int = 1 << 31, unpackedBytes: Int = 1 << 31, entries: Int = 1024) {
        self.fileBytes = fileBytes
        self.unpackedBytes = unpackedBytes
        self.entries = entries
    }
}
