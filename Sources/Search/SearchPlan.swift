import Kernels
import Specs

/// What a search does: from which specs it chooses, how, and for how long.
package struct SearchPlan: Codable, Equatable, Sendable {
    /// How points are chosen.
    package enum Sampler: String, Codable, CaseIterable, Sendable {
        /// By chance.
        case random
        /// Where good ones lie densely and bad ones do not: the tree-structured Parzen estimator.
        case tpe
        /// Each text with each step of each number.
        case grid
    }

    /// The line of the space.
    package var space: String
    /// Where its data set is, as `--data` names it.
    package var data = ""
    /// How points are chosen.
    package var sampler = Sampler.random
    /// Steps of each number on the grid.
    package var gridSteps = 3
    /// Trials in all; nil where the time counts alone, or the grid.
    package var trials: Int?
    /// Seconds in all; nil where the trials count.
    package var seconds: Double?
    /// One of so many trials goes on at each rung; 0 trains each of them to its end.
    package var reduction = 3
    /// How many of the best are trained again with other seeds.
    package var finalists = 3
    /// How many seeds each finalist has, its first one among them.
    package var repeats = 3
    /// Which points chance chooses; and the seed of each trial.
    package var seed: UInt64 = 1
    /// How it is trained on a cluster; nil where this machine trains it.
    package var slurm: SlurmOptions?

    package init(space: String) { self.space = space }

    /// The points of the grid whose specs are possible, each spec once; nil where chance chooses, or there are too many.
    package func grid(_ space: SearchSpace) -> [SearchPoint]? {
        guard sampler == .grid else { return nil }
        var known: Set<String> = []
        return space.grid(steps: gridSteps)?.filter { point in
            guard let spec = try? space.spec(of: point, seed: seed) else { return false }
            return known.insert(spec.description).inserted
        }
    }

    /// A trial, from 0: the same for the same plan, number and trials before.
    ///
    /// - Parameters:
    ///   - grid: the points of `grid(_:)`.
    ///   - known: lines of the trials before, which are not tried again.
    ///   - seen: what trials have reached, for a sampler that learns from it.
    /// - Returns: nil where there are no more points, or chance finds no other one.
    package func draw(
        trial number: Int, _ space: SearchSpace, grid: [SearchPoint]?, known: Set<String>,
        seen: [ParzenSampler.Observation] = []
    ) -> (spec: ExperimentSpec, point: SearchPoint)? {
        if let grid {
            guard grid.indices.contains(number) else { return nil }
            return (try? space.spec(of: grid[number], seed: seed)).map { ($0, grid[number]) }
        }
        var generator = SeededGenerator(seed: seed, stream: 0x5345_4152 << 32 | UInt64(number))
        let sampler = ParzenSampler(space)
        for _ in 0..<Self.tries {
            let point =
                self.sampler == .tpe
                ? sampler.propose(seen, using: &generator) : space.random(using: &generator)
            // What contradicts itself is drawn again.
            guard let spec = try? space.spec(of: point, seed: seed), !known.contains(spec.description) else { continue }
            return (spec, point)
        }
        return nil
    }

    private static let tries = 50

    /// The rungs of trials of so many epochs.
    package func halving(epochs: Int) -> SuccessiveHalving {
        reduction < 2 ? .none(epochs: epochs) : SuccessiveHalving(epochs: epochs, reduction: reduction)
    }
}
