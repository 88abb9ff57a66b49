import Kernels
import Specs

extension LineOrigin {
    /// The origin of a line that this program makes on this machine.
    ///
    /// - Parameter digest: SHA-256 of the data set; nil where it is not known.
    package static func here(dataset: String? = nil, digest: String? = nil) -> LineOrigin {
        LineOrigin(
            dataset: dataset, digest: digest, kernels: KernelLevel.current.name, blas: BLASLibrary.core,
            program: ProgramVersion.current)
    }
}
