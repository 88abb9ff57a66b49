import CKernels

/// A rectangle of a row-major float matrix: the unit on which the element-wise kernels work.
package struct Slice {
    /// Rows of the matrix above the rectangle.
    package let firstRow: Int
    /// Columns of the matrix left of the rectangle.
    package let firstColumn: Int
    /// Rows of the rectangle.
    package let rows: Int
    /// Columns of the rectangle.
    package let width: Int
    /// Floats from one row to the next.
    package let stride: Int

    package init(rows: Range<Int>, columns: Range<Int>, stride: Int) {
        firstRow = rows.lowerBound
        firstColumn = columns.lowerBound
        self.rows = rows.count
        width = columns.count
        self.stride = stride
    }

    /// Floats from the matrix's start to the rectangle's first value.
    package var offset: Int { firstRow * stride + firstColumn }
}

/// Biases, sums, penalties, dropout, noise and the gather of input bytes.
package enum Elementwise {
    /// Sets every row of the slice to `bias` (width).
    package static func broadcast(
        _ slice: Slice, _ bias: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>,
        on level: KernelLevel = .current
    ) {
        level.kernels.pointee.broadcast_rows(slice.rows, slice.width, bias, out + slice.offset, slice.stride)
    }

    /// out (width) = sums over the slice's rows.
    package static func columnSums(
        _ slice: Slice, _ d: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>,
        on level: KernelLevel = .current
    ) {
        level.kernels.pointee.column_sums(slice.rows, slice.width, d + slice.offset, slice.stride, out)
    }

    /// Σ values², summed in double precision.
    package static func sumOfSquares(_ values: UnsafePointer<Float>, count: Int, on level: KernelLevel = .current)
        -> Double
    {
        level.kernels.pointee.sum_of_squares(count, values)
    }

    /// Σ |values|, summed in double precision.
    package static func sumOfMagnitudes(_ values: UnsafePointer<Float>, count: Int, on level: KernelLevel = .current)
        -> Double
    {
        level.kernels.pointee.sum_of_magnitudes(count, values)
    }

    /// gradient += l1 · sign(weights) + l2 · weights; sign(0) is 0.
    package static func addPenalty(
        count: Int, of weights: UnsafePointer<Float>, l1: Float, l2: Float, to gradient: UnsafeMutablePointer<Float>,
        on level: KernelLevel = .current
    ) {
        level.kernels.pointee.add_penalty(count, gradient, weights, l1, l2)
    }

    /// Inverted dropout of the slice, with rate 0 ... 1. One key gives one mask for the whole matrix, in whatever
    /// slices it is computed. The backward pass is the same call on the gradient.
    package static func dropout(
        _ slice: Slice, rate: Float, key: UInt64, _ input: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>,
        on level: KernelLevel = .current
    ) {
        level.kernels.pointee.dropout(
            slice.rows, slice.width, slice.stride, slice.firstRow, slice.firstColumn, rate, key, input + slice.offset,
            out + slice.offset)
    }

    /// Adds normal noise to the slice. One key gives one noise matrix, in whatever slices it is computed.
    package static func gaussianNoise(
        _ slice: Slice, deviation: Float, key: UInt64, _ input: UnsafePointer<Float>,
        into out: UnsafeMutablePointer<Float>,
        on level: KernelLevel = .current
    ) {
        level.kernels.pointee.gaussian_noise(
            slice.rows, slice.width, slice.stride, slice.firstRow, slice.firstColumn, deviation, key,
            input + slice.offset, out + slice.offset)
    }

    /// values = values · scale + shift for each column of the slice; scale and shift are (width).
    package static func scaleAndShift(
        _ slice: Slice, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>,
        _ values: UnsafeMutablePointer<Float>,
        on level: KernelLevel = .current
    ) {
        level.kernels.pointee.scale_and_shift(
            slice.rows, slice.width, slice.stride, scale, shift, values + slice.offset)
    }

    /// out (range, width) = the batch's bytes as inputs.
    package static func gather(
        _ range: Range<Int>, of batch: ImageBatch, transform: InputTransform, into out: UnsafeMutablePointer<Float>,
        on level: KernelLevel = .current
    ) {
        level.kernels.pointee.gather(
            range.count, batch.width, batch.pixels, batch.rows + range.lowerBound, transform.multiply, transform.add,
            out + range.lowerBound * batch.width, batch.width)
    }
}
