import COpenBLAS

/// Single-precision products of row-major matrices by OpenBLAS, on the caller's thread.
package enum MatrixProducts {
    /// OpenBLAS's own threads lose on these shapes; the worker pool splits the work instead.
    private static let oneThread: Void = openblas_set_num_threads(1)

    /// Must be called once before any product, from anywhere.
    package static func prepare() {
        _ = oneThread
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
}
