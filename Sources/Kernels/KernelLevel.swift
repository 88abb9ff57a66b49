import CKernels

/// Which of their forms the vector loops take on this processor: results differ in the last bits between them.
public enum KernelLevel {
    /// `x86-64-v4` (AVX-512), `x86-64-v3` (AVX2) or `baseline`.
    public static let name =
        switch Int(ck_x86_level()) {
        case 4: "x86-64-v4"
        case 3: "x86-64-v3"
        default: "baseline"
        }
}
