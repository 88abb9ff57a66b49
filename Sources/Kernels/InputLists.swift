import CKernels

/// The non-zero pixels of a batch, as lists by image and as lists by pixel.
///
/// Both are made from the bytes directly, in parts that don't touch each other, so that workers share the work.
package final class InputLists {
    package let width: Int
    package let capacity: Int
    private let byRow: AlignedBuffer<ck_entry>
    private let byPixel: AlignedBuffer<ck_entry>
    private let rowCounts: AlignedBuffer<Int32>
    private let pixelCounts: AlignedBuffer<Int32>

    /// Pixels of one part of the lists by pixel: whole cache lines of bytes.
    package static let pixelsInPart = 128

    /// - Parameter capacity: the most rows of a batch.
    package init(width: Int, capacity: Int) {
        self.width = width
        self.capacity = capacity
        byRow = AlignedBuffer(count: width * capacity)
        byPixel = AlignedBuffer(count: width * capacity)
        rowCounts = AlignedBuffer(count: capacity)
        pixelCounts = AlignedBuffer(count: width)
    }

    /// What the lists of one worker take.
    package static func bytes(width: Int, capacity: Int) -> Int {
        width.times(capacity).times(2 * MemoryLayout<ck_entry>.stride).plus(capacity.plus(width).times(4))
    }

    package var pixelParts: Int { (width + Self.pixelsInPart - 1) / Self.pixelsInPart }

    /// Lists by image for positions `range` of the batch.
    package func listRows(_ range: Range<Int>, of batch: ImageBatch, multiply: Float) {
        ck_row_lists(
            range.count, width, batch.pixels, batch.rows + range.lowerBound, multiply,
            byRow.pointer + range.lowerBound * width, width, rowCounts.pointer + range.lowerBound)
    }

    /// Lists by pixel for one of `pixelParts` parts.
    package func listPixels(part: Int, of batch: ImageBatch, multiply: Float) {
        let first = part * Self.pixelsInPart
        ck_column_lists(
            batch.count, width, batch.pixels, batch.rows, first, min(first + Self.pixelsInPart, width), multiply,
            byPixel.pointer, capacity, pixelCounts.pointer)
    }

    /// Non-zero values in the lists of the first `count` images.
    package func nonZero(count: Int) -> Int {
        (0..<count).reduce(0) { $0 + Int(rowCounts.pointer[$1]) }
    }

    /// out (range, columns) = bias (columns) + x (range, width) · kernel (width, columns).
    package func forward(
        _ range: Range<Int>, columns: Int, kernel: UnsafePointer<Float>, stride: Int, bias: UnsafePointer<Float>,
        into out: UnsafeMutablePointer<Float>, outStride: Int
    ) {
        ck_sparse_product(
            range.count, columns, byRow.pointer + range.lowerBound * width, width, rowCounts.pointer + range.lowerBound,
            kernel, stride, bias, out + range.lowerBound * outStride, outStride)
    }

    /// out (pixels, columns) = x (batch, pixels)ᵀ · d (batch, columns).
    package func backward(
        pixels: Range<Int>, columns: Int, d: UnsafePointer<Float>, stride: Int,
        into out: UnsafeMutablePointer<Float>, outStride: Int
    ) {
        ck_sparse_product(
            pixels.count, columns, byPixel.pointer + pixels.lowerBound * capacity, capacity,
            pixelCounts.pointer + pixels.lowerBound, d, stride, nil, out, outStride)
    }
}
