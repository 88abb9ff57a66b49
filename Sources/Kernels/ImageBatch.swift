/// How a pixel byte becomes an input: byte · multiply + add.
package struct InputTransform: Sendable, Equatable {
    package var multiply: Float
    package var add: Float

    /// `multiply` where a zero stays zero, nil elsewhere.
    package var zeroKeepingFactor: Float? { add == 0 ? multiply : nil }

    package init(multiply: Float, add: Float) {
        self.multiply = multiply
        self.add = add
    }
}

/// Rows of a byte matrix, picked by index: a batch without a copy.
package struct ImageBatch {
    /// The whole matrix, row-major.
    package let pixels: UnsafePointer<UInt8>
    /// Bytes of one row.
    package let width: Int
    /// Row numbers of the batch, `count` of them.
    package let rows: UnsafePointer<Int32>
    package let count: Int

    package init(pixels: UnsafePointer<UInt8>, width: Int, rows: UnsafePointer<Int32>, count: Int) {
        self.pixels = pixels
        self.width = width
        self.rows = rows
        self.count = count
    }

    /// The part of the batch at `range` of its positions.
    package func slice(_ range: Range<Int>) -> ImageBatch {
        ImageBatch(pixels: pixels, width: width, rows: rows + range.lowerBound, count: range.count)
    }
}
