import CKernels

/// A batch of input bytes, packed so that products with it skip the zeros: by image for the forward pass, and
/// transposed for the kernel's gradient.
///
/// With 8 units there is nothing to gain by skipping, and the products multiply all bytes. A byte has the value byte ·
/// `multiply`. Each worker has a copy of its own: reading one from another core's cache takes longer than packing it.
package final class SparseInput {
    /// Bytes of a row: the pixels of an image.
    package let width: Int
    /// The greatest number of rows of a batch.
    package let capacity: Int
    /// The value of each byte.
    private let table: AlignedBuffer<Float>
    /// (rows, columns), columns the width rounded up to whole masks.
    private let byRow: AlignedBuffer<UInt8>
    private let columns: Int
    /// (columns, `span`), made by `transpose`.
    private let byPixel: AlignedBuffer<UInt8>?
    /// Rows of the transposed batch, rounded up to whole masks.
    private var span = 0
    /// Rows of the batch.
    private var count = 0
    private let multiply: Float
    private let kernels: UnsafePointer<ck_kernels>

    /// Number of bytes that one mask describes: a bit says whether a byte is zero.
    private static let mask = 64
    /// Small batches need only half a mask.
    private static let halfMask = 32

    /// - Parameters:
    ///   - width: bytes of a row, such as 784.
    ///   - capacity: the greatest number of rows of a batch.
    ///   - multiply: the input of a byte 1.
    ///   - transposes: whether `gradient` and `adam` will be called.
    package init(width: Int, capacity: Int, multiply: Float, transposes: Bool, on level: KernelLevel = .current) {
        kernels = level.kernels
        self.width = width
        self.capacity = capacity
        self.multiply = multiply
        columns = Self.columns(width: width)
        table = AlignedBuffer(count: 256)
        for byte in 0..<256 { table.pointer[byte] = Float(byte) * multiply }
        byRow = AlignedBuffer(count: Self.span(capacity) * columns)
        byPixel = transposes ? AlignedBuffer(count: Self.span(capacity) * columns) : nil
    }

    /// Bytes of memory that one worker's input takes.
    package static func bytes(width: Int, capacity: Int, transposes: Bool) -> Int {
        span(capacity).times(columns(width: width)).times(transposes ? 2 : 1).plus(256 * MemoryLayout<Float>.stride)
    }

    private static func columns(width: Int) -> Int { (width.plus(mask - 1) / mask).times(mask) }

    private static func span(_ rows: Int) -> Int {
        rows <= halfMask ? halfMask : (rows.plus(mask - 1) / mask).times(mask)
    }

    /// Packs a batch, and returns how many of its bytes are not zero.
    package func pack(_ batch: ImageBatch) -> Int {
        precondition(batch.width == width && batch.count <= capacity, "a batch of the input's size")
        count = batch.count
        span = Self.span(count)
        // Clears rows that an earlier, longer batch has left.
        (byRow.pointer + batch.count * columns).update(repeating: 0, count: (span - batch.count) * columns)
        return kernels.pointee.pack_rows(batch.count, width, batch.pixels, batch.rows, byRow.pointer, columns)
    }

    /// Transposes the packed batch, for `gradient` and `adam`.
    package func transpose() {
        guard let byPixel else { preconditionFailure("an input that was made to be transposed") }
        kernels.pointee.transpose_bytes(span, columns, byRow.pointer, columns, byPixel.pointer, span)
    }

    /// out (rows in `range`, units) = bias (units) + x (rows, width) · kernel (width, units).
    package func forward(
        _ range: Range<Int>, units: Int, kernel: UnsafePointer<Float>, stride: Int, bias: UnsafePointer<Float>,
        into out: UnsafeMutablePointer<Float>, outStride: Int
    ) {
        Self.check(units)
        if isNarrow(units, stride: stride), let byPixel {
            kernels.pointee.narrow_forward(
                range.lowerBound, range.count, width, span, byPixel.pointer, multiply, kernel, bias, out, outStride)
            return
        }
        kernels.pointee.sparse_forward(
            range.count, columns, byRow.pointer + range.lowerBound * columns, table.pointer, units, kernel, stride,
            bias, out + range.lowerBound * outStride, outStride)
    }

    /// out (pixels, units) = x (batch, pixels)ᵀ · d (batch, units).
    package func gradient(
        pixels: Range<Int>, units: Int, d: UnsafePointer<Float>, stride: Int,
        into out: UnsafeMutablePointer<Float>, outStride: Int
    ) {
        Self.check(units)
        if isNarrow(units, stride: outStride), pixels.lowerBound.isMultiple(of: Self.lanes) {
            kernels.pointee.narrow_gradient(
                pixels.count, count, byRow.pointer + pixels.lowerBound, columns, multiply, d, stride, out)
            return
        }
        kernels.pointee.sparse_gradient(
            pixels.count, span, transposed(from: pixels.lowerBound), table.pointer, units, d, stride, out, outStride)
    }

    /// Computes the gradient of the whole kernel (width, units), and makes Adam's step with it in the same loop.
    ///
    /// - Parameters:
    ///   - moved: one flag for each of the kernel's rows, 0 while all of the row's moments are 0; updated here.
    ///   - moments: Adam's two, (width, units) as the weights.
    package func adam(
        _ step: AdamStep, decay: Float, units: Int, d: UnsafePointer<Float>, stride: Int,
        moved: UnsafeMutablePointer<UInt8>, weights: UnsafeMutablePointer<Float>, moments: UpdateRule.Moments
    ) {
        Self.check(units)
        guard let first = moments.first, let second = moments.second else {
            preconditionFailure("Adam has two moments")
        }
        var values = step.values(decay: decay)
        if isNarrow(units, stride: units) {
            moved.update(repeating: 1, count: width)
            kernels.pointee.narrow_adam(
                width, count, byRow.pointer, columns, multiply, d, stride, &values, weights, first, second)
            return
        }
        kernels.pointee.sparse_adam(
            width, span, transposed(from: 0), table.pointer, units, d, stride, &values, moved, weights, first, second)
    }

    /// Bytes that a narrow product reads at once.
    private static let lanes = 16

    /// Whether the products that skip nothing are used, for this many units and this stride.
    private func isNarrow(_ units: Int, stride: Int) -> Bool {
        units == Int(CK_NARROW_WIDTH) && stride == units && byPixel != nil && kernels.pointee.has_products != 0
    }

    private func transposed(from pixel: Int) -> UnsafePointer<UInt8> {
        guard let byPixel else { preconditionFailure("an input that was made to be transposed") }
        return UnsafePointer(byPixel.pointer + pixel * span)
    }

    private static func check(_ units: Int) {
        precondition(
            units == 8 || (units.isMultiple(of: 16) && (16...UnitBlocks.widestBlock).contains(units)),
            "a width that blocks of units have")
    }
}
