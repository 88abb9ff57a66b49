import Foundation
import Kernels
import Search
import Testing

@Suite("The tree-structured Parzen estimator") struct ParzenSamplerTests {
    /// A function as searches meet them: a best rate and width, an optimizer and layers that suit.
    private static func truth(_ point: SearchPoint) -> Double {
        let (layers, units, rate, optimizer, drop) = (
            point.values[0], point.values[1], log10(point.values[2]), point.values[3], point.values[4]
        )
        let width = units.isNaN ? 0.3 : abs(log10(units / 900))
        return 0.98 - 0.02 * pow(rate + 2.7, 2) - 0.004 * optimizer - (layers == 2 ? 0 : 0.004) - 0.01 * width
            - 0.03 * pow(drop - 0.2, 2)
    }

    private static let line =
        "layers={200tanh,512relu-512relu,100..2000relu} lr=1e-4..1e-1 optimizer={adam,adamw,sgd} drop=0..0.5"

    /// What is really reached by the trial that seems best, where each is measured with some noise.
    private static func best(seed: UInt64, trials: Int, learns: Bool) throws -> Double {
        let space = try SearchSpace(parsing: line, inputs: 784, classes: 10)
        let sampler = ParzenSampler(space)
        var (points, noise) = (SeededGenerator(seed: seed), SeededGenerator(seed: seed + 1_000))
        var seen: [ParzenSampler.Observation] = []
        for _ in 0..<trials {
            let point = learns ? sampler.propose(seen, using: &points) : space.random(using: &points)
            seen.append((point, truth(point) + 0.0006 * Double(noise.normal())))
        }
        return seen.max { $0.score < $1.score }.map { truth($0.point) } ?? 0
    }

    @Test func `it beats chance at equal cost over ten seeds`() throws {
        let pairs = try (1...10).map { seed in
            try [true, false].map { try Self.best(seed: UInt64(seed), trials: 100, learns: $0) }
        }
        let wins = pairs.count { $0[0] > $0[1] }
        let gain = pairs.map { $0[0] - $0[1] }.reduce(0, +) / 10
        #expect(wins >= 8 && gain > 0.0003, "\(wins) of 10, by \(gain) in the mean")
    }

    @Test func `all that it proposes is within the space, from nothing seen to all equal`() throws {
        let space = try SearchSpace(parsing: Self.line, inputs: 784, classes: 10)
        let sampler = ParzenSampler(space)
        var generator = SeededGenerator(seed: 4)
        var seen: [ParzenSampler.Observation] = []
        for number in 0..<80 {
            let point = sampler.propose(seen, using: &generator)
            _ = try space.spec(of: point)
            #expect(SearchPoint(point.description, of: space) == point)
            seen.append((point, number % 7 == 0 ? .nan : 0.5))
        }
        #expect(Set(seen.map(\.point)).count > 70)
    }

    @Test(
        "What is no point of the space is none",
        arguments: [
            "", "0", "0 - 1e-3 1", "0 - 1e-3 1 0.2 0", "3 - 1e-3 1 0.2", "0 500 1e-3 1 0.2", "2 99 1e-3 1 0.2",
            "0 - 1 1 0.2", "0 - x 1 0.2", "0.5 - 1e-3 1 0.2", "0 - nan 1 0.2",
        ])
    func refusesPoints(text: String) throws {
        let space = try SearchSpace(parsing: Self.line, inputs: 784, classes: 10)
        #expect(SearchPoint(text, of: space) == nil)
        #expect(SearchPoint("0 - 1e-3 1 0.2", of: space)?.description == "0.0 - 0.001 1.0 0.2")
    }
}
