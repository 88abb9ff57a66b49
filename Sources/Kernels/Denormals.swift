import CKernels

/// Has numbers too small for a full mantissa count as zero while something is computed, as TensorFlow's workers do
/// (`ScopedFlushDenormal` in tsl/platform/threadpool.cc).
///
/// Moments of weights that get no gradient any more shrink into that range, where each operation takes many times as
/// long. Everything that computes with a network does so flushed: else a result would depend on who computes it.
package enum Denormals {
    /// Calls `body` flushed, and leaves the thread as it was.
    package static func flushed<Result>(_ body: () -> Result) -> Result {
        let before = ck_flush_denormals()
        defer { ck_restore_denormals(before) }
        return body()
    }

    /// From now on, on a thread that does nothing else.
    static func flushOnThisThread() { _ = ck_flush_denormals() }
}
