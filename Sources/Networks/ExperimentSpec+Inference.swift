import Memory
import Specs

extension ExperimentSpec {
    /// The same network for predictions alone: with no room for an optimizer's moments, and no kernels to draw.
    package var forInference: ExperimentSpec {
        var spec = self
        spec.training.optimizer = Optimizer(.sgd)
        spec.training.averaging = nil
        spec.training.initializer = .zeros
        return spec
    }

    /// Refuses networks that would take too much memory together while they predict, before they take any.
    ///
    /// - Throws: `MemoryRefusal` with the bytes that they would take.
    package static func refuseTooLarge(together specs: [ExperimentSpec], threads: Int) throws(MemoryRefusal) {
        let bytes = specs.reduce(0) { sum, spec in
            let (sum, isTooLarge) = sum.addingReportingOverflow(
                spec.forInference.memoryEstimate(threads: threads, rows: 1))
            return isTooLarge ? .max : sum
        }
        try MemoryBudget.current.check(bytes)
    }
}
