import Memory
import Specs

extension ExperimentSpec {
    /// Checks all values, and the memory that training would take.
    ///
    /// - Throws: `SpecError` as `validate` and `refuseTooLarge` do.
    package func validateForTraining() throws(SpecError) {
        try validate()
        try refuseTooLarge()
    }

    /// Refuses a network that would take too much memory to train, before it takes any.
    ///
    /// - Throws: `SpecError` with the bytes that it would take.
    package func refuseTooLarge(budget: MemoryBudget = .current) throws(SpecError) {
        try refuse(memoryEstimate, budget)
    }

    /// Refuses a network whose training would take too much memory with so many workers and rows.
    ///
    /// - Throws: `SpecError` with the bytes that it would take.
    package func refuseTooLarge(threads: Int, rows: Int) throws(SpecError) {
        try refuse(memoryEstimate(threads: threads, rows: rows), .current)
    }

    private func refuse(_ bytes: Int, _ budget: MemoryBudget) throws(SpecError) {
        do throws(MemoryRefusal) {
            try budget.check(bytes)
        } catch {
            throw SpecError(
                network.chain, "training takes about \(error.amount) for \(network.parameterCount) parameters",
                expected: "\(error.expected): fewer units or layers, or a smaller batch")
        }
    }
}
