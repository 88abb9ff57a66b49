import Foundation
import Kernels
import Testing
import Training

@Suite("Weights that validation chooses") struct EnsembleWeightsTests {
    /// Probabilities of three classes for 60 rows: the truth gets `sure` in a share of the rows, and little elsewhere.
    private static func member(_ seed: UInt64, right: Float, sure: Float) -> [Float] {
        var generator = SeededGenerator(seed: seed)
        return (0..<60).flatMap { row -> [Float] in
            let truth = row % 3
            let chosen = generator.uniform() < right ? truth : (truth + 1) % 3
            return (0..<3).map { $0 == chosen ? sure : (1 - sure) / 2 }
        }
    }

    private static let labels = (0..<60).map { UInt8($0 % 3) }
    private static let members = [
        member(1, right: 0.9, sure: 0.8), member(2, right: 0.6, sure: 0.7), member(3, right: 0.85, sure: 0.95),
    ]

    private static func loss(_ weights: [Double], _ mean: EnsembleMean) -> Double {
        let mean = mean.of(members, weights: weights, classes: 3)
        return labels.enumerated().reduce(0) { $0 - log(Double(mean[$1.offset * 3 + Int($1.element)])) } / 60
    }

    @Test(arguments: EnsembleMean.allCases)
    func `no weights of a fine grid have a smaller loss`(mean: EnsembleMean) {
        let found = EnsembleWeights(Self.members, labels: Self.labels, classes: 3, mean: mean)
        #expect(abs(found.weights.reduce(0, +) - 1) < 1e-12)
        #expect(found.weights.allSatisfy { $0 >= 0 })
        #expect(abs(found.loss - Self.loss(found.weights, mean)) < 1e-6)
        #expect(abs(found.equalLoss - Self.loss([1.0 / 3, 1.0 / 3, 1.0 / 3], mean)) < 1e-6)
        #expect(found.loss < found.equalLoss - 1e-3)
        var least = Double.infinity
        for first in 0...50 {
            for second in 0...(50 - first) {
                let weights = [first, second, 50 - first - second].map { Double($0) / 50 }
                least = min(least, Self.loss(weights, mean))
            }
        }
        #expect(found.loss <= least + 1e-6, "\(found.weights): \(found.loss), on the grid \(least)")
        #expect(least - found.loss < 1e-3)
    }

    @Test(arguments: EnsembleMean.allCases)
    func `equal members keep equal weights, and one alone has all`(mean: EnsembleMean) {
        let twins = EnsembleWeights(
            [Self.members[0], Self.members[0]], labels: Self.labels, classes: 3, mean: mean)
        #expect(twins.weights.allSatisfy { abs($0 - 0.5) < 1e-9 })
        let one = EnsembleWeights([Self.members[1]], labels: Self.labels, classes: 3, mean: mean)
        #expect(one.weights == [1])
    }

    @Test func `a member that is always right gets nearly all of the mixture`() {
        let perfect = Self.member(9, right: 2, sure: 0.99)
        let found = EnsembleWeights(
            [perfect, Self.members[1]], labels: Self.labels, classes: 3, mean: .arithmetic)
        #expect(found.weights[0] > 0.99)
    }
}
