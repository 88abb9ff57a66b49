import COpenBLAS

/// The library behind the dense products.
public enum BLASLibrary {
    /// The processor it chose its kernels for, such as `Zen` or `SkylakeX`.
    public static var core: String { openblas_get_corename().map { String(cString: $0) } ?? "unknown" }
}
