/// The map from a pixel byte to an input: byte · multiply + add.
package struct InputTransform: Sendable, Equatable {
    /// Inputs per pixel step, such as 1/255.
    package var multiply: Float
    /// The input of a pixel byte 0.
    package var add: Float

    /// `multiply` where a byte 0 is the input 0; nil elsewhere, where zeros can't be skipped.
    package var zeroKeepingFactor: Float? { add == 0 ? multiply : nil }

    package init(multiply: Float, add: Float) {
        self.multiply = multiply
        self.add = add
    }
}

/// Rows of a byte matrix, chosen by index: a batch that copies no pixels.
package struct ImageBatch {
    /// The whole matrix, row-major.
    package let pixels: UnsafePointer<UInt8>
    /// Bytes of one row.
    package let width: Int
    /// Row numbers of the batch, `count` of them.
    package let rows: UnsafePointer<Int32>
    /// Images of the batch.
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
