import CKernels
import COpenBLAS

/// Single-precision products of row-major matrices by OpenBLAS, on the caller's thread.
package enum MatrixProducts {
    /// OpenBLAS's own threads are slower on these shapes; the worker pool divides the work instead.
    private static let oneThread: Void = openblas_set_num_threads(1)

    /// Sets OpenBLAS up. To be called once before any product, on any thread.
    package static func prepare() {
        _ = oneThread
    }

    /// Calls `body` while OpenBLAS divides each product among its own threads; for measurements.
    package static func withLibraryThreads<Result>(_ threads: Int, _ body: () -> Result) -> Result {
        openblas_set_num_threads(Int32(threads))
        defer { openblas_set_num_threads(1) }
        return body()
    }

    /// c (m, n) = factor · a (m, k) · b (k, n) + keep · c; `a` is stored as (k, m) where `transposeA`, `b` as (n, k) where
    /// `transposeB`. The strides are floats from one stored row to the next.
    package static func multiply(
        m: Int, n: Int, k: Int,
        _ a: UnsafePointer<Float>, stride lda: Int, transposeA: Bool = false,
        _ b: UnsafePointer<Float>, stride ldb: Int, transposeB: Bool = false,
        factor: Float = 1, keep: Float = 0,
        into c: UnsafeMutablePointer<Float>, stride ldc: Int
    ) {
        cblas_sgemm(
            CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
            blasint(m), blasint(n), blasint(k), factor, a, blasint(lda), b, blasint(ldb), keep, c, blasint(ldc))
    }

    /// Whether a level has dense products of our own beside OpenBLAS's.
    static func hasOwn(_ level: KernelLevel) -> Bool { level.kernels.pointee.has_products != 0 }

    /// out (rows, width) = start (width) + x (rows, inputs) · w (inputs, width), where w's rows are contiguous.
    package static func forward(
        rows: Int, inputs: Int, width: Int, _ x: UnsafePointer<Float>, stride: Int, _ w: UnsafePointer<Float>,
        start: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, stride outStride: Int,
        on level: KernelLevel = .current
    ) {
        guard hasOwn(level), width.isMultiple(of: 16) else {
            Elementwise.broadcast(
                Slice(rows: 0..<rows, columns: 0..<width, stride: outStride), start, into: out, on: level)
            multiply(
                m: rows, n: width, k: inputs, x, stride: stride, w, stride: width, keep: 1, into: out,
                stride: outStride)
            return
        }
        level.kernels.pointee.product_forward(rows, inputs, width, x, stride, w, start, out, outStride)
    }

    /// out (rows, count) = d (rows, width) · w (count, width)ᵀ, added to the old values where `adds`.
    package static func multiplyTransposed(
        rows: Int, count: Int, width: Int, _ d: UnsafePointer<Float>, stride: Int, _ w: UnsafePointer<Float>,
        stride wStride: Int, adds: Bool, into out: UnsafeMutablePointer<Float>, stride outStride: Int,
        on level: KernelLevel = .current
    ) {
        guard hasOwn(level), width.isMultiple(of: 16) else {
            multiply(
                m: rows, n: count, k: width, d, stride: stride, w, stride: wStride, transposeB: true,
                keep: adds ? 1 : 0, into: out, stride: outStride)
            return
        }
        level.kernels.pointee.product_transposed(
            rows, count, width, d, stride, w, wStride, adds ? 1 : 0, out, outStride)
    }

    /// Whether `adam` can be called with this shape.
    package static func canFuseAdam(rows: Int, width: Int, on level: KernelLevel = .current) -> Bool {
        hasOwn(level) && rows <= Int(CK_PRODUCT_ROWS) && width.isMultiple(of: 16)
    }

    /// Computes the gradient x (rows, inputs)ᵀ · d (rows, width) of a kernel (inputs, width), and makes Adam's step
    /// with it in the same loop.
    ///
    /// - Parameter moments: Adam's two, (inputs, width) as the weights.
    package static func adam(
        _ step: AdamStep, decay: Float, inputs: Int, width: Int, rows: Int, _ x: UnsafePointer<Float>, stride: Int,
        _ d: UnsafePointer<Float>, stride dStride: Int, weights: UnsafeMutablePointer<Float>,
        moments: UpdateRule.Moments,
        on level: KernelLevel = .current
    ) {
        guard canFuseAdam(rows: rows, width: width, on: level), let first = moments.first, let second = moments.second
        else {
            preconditionFailure("a shape that can be fused, and Adam's two moments")
        }
        var values = step.values(decay: decay)
        level.kernels.pointee.product_adam(inputs, width, rows, x, stride, d, dStride, &values, weights, first, second)
    }
}
