import COpenBLAS

/// OpenBLAS, the library behind the dense products.
package enum BLASLibrary {
    /// The processor that it chose its kernels for, such as `Zen` or `SkylakeX`.
    package static var core: String { openblas_get_corename().map { String(cString: $0) } ?? "unknown" }

    /// Environment variables that have to be set before the library is loaded; empty where they are.
    ///
    /// The program divides the work itself: a thread of the library would only take 128 MiB of addresses, and where a
    /// limit leaves it none it asks for them without end. The timeout keeps idle threads of a measurement from spinning. A processor newer than the library gets kernels for an
    /// old one without AVX, at a fifth of the speed. The core type is then set here, as where `TRAINSPOTTER_VECTORS`
    /// chooses a level.
    package static func environmentChanges(_ environment: [String: String]) -> [String: String] {
        environmentChanges(
            environment, core: core, chosen: try? KernelLevel.chosen(environment),
            highest: KernelLevel.highest)
    }

    /// - Parameters:
    ///   - core: the processor that the library found.
    ///   - chosen: the level that `TRAINSPOTTER_VECTORS` names; nil where it is not set.
    ///   - highest: the highest level that the processor has.
    package static func environmentChanges(
        _ environment: [String: String], core: String, chosen: KernelLevel?, highest: KernelLevel
    ) -> [String: String] {
        var changes: [String: String] = [:]
        if environment["OPENBLAS_NUM_THREADS"] == nil { changes["OPENBLAS_NUM_THREADS"] = "1" }
        if environment["OPENBLAS_THREAD_TIMEOUT"] == nil { changes["OPENBLAS_THREAD_TIMEOUT"] = "4" }
        if environment["OPENBLAS_CORETYPE"] == nil, let better = coreType(core: core, chosen: chosen, highest: highest)
        {
            changes["OPENBLAS_CORETYPE"] = better
        }
        return changes
    }

    /// The core type to set; nil where the library's own choice is right.
    private static func coreType(core: String, chosen: KernelLevel?, highest: KernelLevel) -> String? {
        switch chosen {
        case nil: core == oldest && highest != .base ? standard[highest] : nil
        case .v4: coresWithAVX512.contains(core) ? nil : standard[.v4]
        case .some(let level): core == standard[level] ? nil : standard[level]
        }
    }

    /// The library's oldest kernels for x86-64, without AVX.
    private static let oldest = "Prescott"
    private static let standard: [KernelLevel: String] = [.v4: "SkylakeX", .v3: "Haswell", .base: oldest]
    private static let coresWithAVX512: Set = ["SkylakeX", "Cooperlake", "SapphireRapids"]
}
