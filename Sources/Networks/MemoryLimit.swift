import Foundation
import Specs

extension ExperimentSpec {
    /// 60 % of this machine's memory, at most 4 GiB.
    package static var defaultMemoryLimit: Int {
        let physical = Double(ProcessInfo.processInfo.physicalMemory)
        return Int(min(0.6 * physical, 4 * 1024 * 1024 * 1024))
    }

    /// Checks all values, and the memory that training would take.
    ///
    /// - Throws: `SpecError` as `validate` and `refuseTooLarge` do.
    package func validateForTraining() throws(SpecError) {
        try validate()
        try refuseTooLarge()
    }

    /// Refuses a network that would take too much memory to train.
    ///
    /// - Parameter limit: in bytes.
    /// - Throws: `SpecError` with the bytes that it would take.
    package func refuseTooLarge(limit: Int = ExperimentSpec.defaultMemoryLimit) throws(SpecError) {
        guard memoryEstimate > limit else { return }
        throw SpecError(
            network.chain,
            "training takes about \(Self.megabytes(memoryEstimate)) for \(network.parameterCount) parameters",
            expected: "at most \(Self.megabytes(limit)): fewer units or layers, or a smaller batch")
    }

    private static func megabytes(_ bytes: Int) -> String { "\((bytes + (1 << 20) - 1) >> 20) MiB" }
}
