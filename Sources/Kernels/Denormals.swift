import CKernels

/// Treats denormal numbers as zero while something is computed, as TensorFlow's workers do (`ScopedFlushDenormal` in
/// tsl/platform/threadpool.cc).
///
/// Moments of weights that get no gradient any more become denormal, and each operation on them takes many times as
/// long. All computation with a network runs so: else a result would depend on the thread that computes it.
package enum Denormals {
    /// Calls `body` with denormals as zero, and then restores the thread's mode.
    package static func flushed<Result>(_ body: () -> Result) -> Result {
        let before = ck_flush_denormals()
        defer { ck_restore_denormals(before) }
        return body()
    }

    /// Treats denormals as zero for the rest of this thread's life.
    static func flushOnThisThread() { _ = ck_flush_denormals() }
}
