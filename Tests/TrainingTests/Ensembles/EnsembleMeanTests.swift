import Foundation
import Testing
import Training

@Suite("The mean of probabilities") struct EnsembleMeanTests {
    private func near(_ found: [Float], _ expected: [Double], within: Double = 1e-6) -> Bool {
        found.count == expected.count && zip(found, expected).allSatisfy { abs(Double($0) - $1) <= within }
    }

    @Test func `the arithmetic mean is that of each class`() {
        let mean = EnsembleMean.arithmetic.of(
            [[0.5, 0.25, 0.25, 1, 0, 0], [0.125, 0.75, 0.125, 0, 0.5, 0.5]], weights: [0.75, 0.25], classes: 3)
        // 0.75 · 0.5 + 0.25 · 0.125, and so on.
        #expect(mean == [0.40625, 0.375, 0.21875, 0.75, 0.125, 0.125])
    }

    @Test func `the geometric mean is divided by its sum`() {
        let mean = EnsembleMean.geometric.of(
            [[0.5, 0.5, 0.8, 0.2], [0.9, 0.1, 0.2, 0.8]], weights: [0.5, 0.5], classes: 2)
        // √(0.5 · 0.9) and √(0.5 · 0.1) are as 3 to 1.
        #expect(near(mean, [0.75, 0.25, 0.5, 0.5]))
        let weighted = EnsembleMean.geometric.of([[0.8, 0.2], [0.2, 0.8]], weights: [0.75, 0.25], classes: 2)
        // 4^0.75 · (1/4)^0.25 = 2 to 1.
        #expect(near(weighted, [2.0 / 3, 1.0 / 3]))
    }

    @Test func `a class that one network gives no chance is not ruled out by it alone`() {
        let mean = EnsembleMean.geometric.of([[0, 1, 0], [1, 0, 0]], weights: [0.5, 0.5], classes: 3)
        #expect(near(mean, [0.5, 0.5, 0]))
        #expect(mean.allSatisfy { $0.isFinite })
    }

    @Test(arguments: EnsembleMean.allCases)
    func `what is no number stays none, and is not taken for a probability`(mean: EnsembleMean) {
        let values = mean.of([[.nan, 0.5], [0.5, 0.5]], weights: [0.5, 0.5], classes: 2)
        #expect(values[0].isNaN)
    }

    @Test func `one network alone keeps its bits in the arithmetic mean`() {
        let own: [Float] = [0.1, 0.7, 0.2, 1e-30, 1, 0]
        #expect(EnsembleMean.arithmetic.of([own], weights: [1], classes: 3) == own)
    }

    @Test func `weights of any sum become shares, and what is no weight is refused`() throws {
        #expect(try Ensemble.shares(of: [2, 1, 1]) == [0.5, 0.25, 0.25])
        #expect(try Ensemble.shares(of: [.greatestFiniteMagnitude, .greatestFiniteMagnitude]) == [0.5, 0.5])
        #expect(throws: EnsembleError.noWeight) { try Ensemble.shares(of: [0, 0]) }
        #expect(throws: EnsembleError.weight(-1)) { try Ensemble.shares(of: [2, -1]) }
        #expect(throws: EnsembleError.weight(.infinity)) { try Ensemble.shares(of: [2, .infinity]) }
    }
}
