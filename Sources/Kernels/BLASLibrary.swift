import CKernels
import COpenBLAS

/// The library behind the dense products.
public enum BLASLibrary {
    /// The processor it chose its kernels for, such as `Zen` or `SkylakeX`.
    public static var core: String { openblas_get_corename().map { String(cString: $0) } ?? "unknown" }

    /// What has to be set before the library is loaded; empty once it is.
    ///
    /// A thread of OpenBLAS that has nothing to do would spin. A processor newer than the library is taken for an old one
    /// without AVX, which makes a fifth of the speed: it is then told the kernels to use.
    public static func environmentChanges(_ environment: [String: String]) -> [String: String] {
        environmentChanges(environment, core: core, level: Int(ck_x86_level()))
    }

    /// - Parameter level: of x86-64, 3 with AVX2, 4 with AVX-512.
    package static func environmentChanges(
        _ environment: [String: String], core: String, level: Int
    ) -> [String: String] {
        var changes: [String: String] = [:]
        if environment["OPENBLAS_THREAD_TIMEOUT"] == nil { changes["OPENBLAS_THREAD_TIMEOUT"] = "4" }
        if environment["OPENBLAS_CORETYPE"] == nil, core == "Prescott", let better = kernels[level] {
            changes["OPENBLAS_CORETYPE"] = better
        }
        return changes
    }

    /// For a level of x86-64.
    private static let kernels = [3: "Haswell", 4: "SkylakeX"]
}
