/// What the header of a `.npy` file says of the values behind it.
package struct NPYHeader: Sendable, Equatable {
    /// NumPy's text for the type of a value: `<f4`, `|u1`.
    package let type: String
    /// Whether the first axis runs fastest (Fortran order).
    package let isFortran: Bool
    /// The length of each axis; empty for a single number.
    package let shape: [Int]
    /// Where the type and the shape stand, in bytes, for errors.
    package let typeOffset, shapeOffset: Int
    /// Where the values begin, in bytes.
    package let valuesStart: Int

    package init(
        type: String, isFortran: Bool, shape: [Int], typeOffset: Int, shapeOffset: Int, valuesStart: Int
    ) {
        (self.type, self.isFortran, self.shape) = (type, isFortran, shape)
        (self.typeOffset, self.shapeOffset, self.valuesStart) = (typeOffset, shapeOffset, valuesStart)
    }

    /// Bytes at a file's start that are enough to read any header.
    package static let mostBytes = 12 + NPYFile.longestHeader
}
