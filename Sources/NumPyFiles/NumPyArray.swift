/// An array of 32-bit floats as NumPy stores it, in row-major (C) order.
public struct NumPyArray: Sendable, Equatable {
    /// Empty for a single number.
    public let shape: [Int]
    /// As many as the product of the shape.
    public let values: [Float]

    public init(shape: [Int], values: [Float]) {
        precondition(shape.allSatisfy { $0 >= 0 } && shape.reduce(1, *) == values.count, "one value a place")
        self.shape = shape
        self.values = values
    }

    /// The shape as Python writes it: `(784, 200)`, `(200,)`, `()`.
    public static func text(ofShape shape: [Int]) -> String {
        shape.count == 1 ? "(\(shape[0]),)" : "(\(shape.map(String.init).joined(separator: ", ")))"
    }
}

/// What a reader takes at most, checked before anything is allocated.
public struct ReadLimits: Sendable, Equatable {
    /// Bytes of the file.
    public var fileBytes: Int
    /// Bytes of all arrays of an archive, unpacked, headers included.
    public var unpackedBytes: Int
    /// Arrays of an archive.
    public var entries: Int

    public init(fileBytes: Int = 1 << 31, unpackedBytes: Int = 1 << 31, entries: Int = 1024) {
        self.fileBytes = fileBytes
        self.unpackedBytes = unpackedBytes
        self.entries = entries
    }
}
