import CKernels

/// The vector instructions that kernels are compiled for. Results differ in the last bits between levels, so a run can
/// be repeated exactly only at its own level.
package enum KernelLevel: Int, CaseIterable, Sendable {
    /// Instructions that every processor has.
    case base = 0
    /// AVX2 with FMA: vectors of 8 floats.
    case v3 = 3
    /// AVX-512: vectors of 16 floats.
    case v4 = 4

    /// The highest level that the processor has.
    package static let highest = KernelLevel(rawValue: Int(ck_highest_level())) ?? .base

    /// The levels that the processor has, lowest first.
    package static let available = allCases.filter { $0.rawValue <= highest.rawValue }

    /// The level of this process: what `TRAINSPOTTER_VECTORS` chooses, else the highest. A value that can't be had is
    /// refused when the program starts (`chosen`).
    package static let current = (try? chosen()) ?? highest

    /// As it is saved with a run: `x86-64-v4`, `x86-64-v3` or `baseline`.
    package var name: String {
        switch self {
        case .base: "baseline"
        case .v3: "x86-64-v3"
        case .v4: "x86-64-v4"
        }
    }

    /// As `TRAINSPOTTER_VECTORS` names it: `v4`, `v3` or `base`.
    package var word: String {
        switch self {
        case .base: "base"
        case .v3: "v3"
        case .v4: "v4"
        }
    }

    /// The kernels compiled for the level; the processor must have it.
    var kernels: UnsafePointer<ck_kernels> { ck_kernels_of(Int32(rawValue)) }
}
