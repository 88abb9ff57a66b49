import Datasets
import Foundation
import Specs

/// A search for a learning rate: a network is trained with a rate that rises at every step, and its losses show from
/// which rate on it learns, and from which on it diverges.
package struct RateSearch: Sendable, Equatable {
    /// The rates of the steps that were made, from the least on.
    package let rates: [Double]
    /// The loss of each step's batch, before the step.
    package let losses: [Double]
    /// Means of seven losses around each step, of fewer at the ends.
    package let smoothed: [Double]
    /// Where the smoothed loss falls fastest by the rate's logarithm, before its least value, with one figure; nil where
    /// it falls nowhere.
    package let proposed: Double?

    /// Steps of a whole search.
    package static let steps = 100
    /// The rate of the first step.
    package static let least = 1e-6
    /// The rate of the last step.
    package static let greatest = 10.0
    /// Steps at each side of one that are averaged.
    private static let reach = 3
    /// A loss so many times the least one ends the search.
    private static let tooMuch = 4.0
    /// The proposed rate lies where the loss falls by this share of its range at least.
    private static let leastFall = 0.02

    /// The rate of a step, from 0; equal factors from one to the next.
    package static func rate(_ step: Int) -> Double {
        least * pow(greatest / least, Double(step) / Double(steps - 1))
    }

    /// - Parameters:
    ///   - rates: of the steps, ascending.
    ///   - losses: one for each, all finite.
    package init(rates: [Double], losses: [Double]) {
        precondition(rates.count == losses.count, "a loss for each rate")
        self.rates = rates
        self.losses = losses
        let smoothed = losses.indices.map { step in
            let around = max(0, step - Self.reach)...min(losses.count - 1, step + Self.reach)
            return around.reduce(0.0) { $0 + losses[$1] } / Double(around.count)
        }
        self.smoothed = smoothed
        proposed = Self.steepest(smoothed).map { Self.rounded(rates[$0]) }
    }

    /// The step where the values fall fastest before the least one.
    private static func steepest(_ values: [Double]) -> Int? {
        guard let least = values.indices.min(by: { values[$0] < values[$1] }), let first = values.first else {
            return nil
        }
        var best: (step: Int, fall: Double)?
        for step in values.indices where step <= least && step > 0 {
            let (before, behind) = (max(0, step - reach), min(values.count - 1, step + reach))
            let fall = (values[before] - values[behind]) / Double(behind - before)
            if fall > best?.fall ?? 0 { best = (step, fall) }
        }
        guard let best, first - values[least] > leastFall * abs(first) else { return nil }
        return best.step
    }

    /// With one figure: 3e-4.
    private static func rounded(_ rate: Double) -> Double {
        let power = pow(10, log10(rate).rounded(.down))
        return Double(String(format: "%.0e", (rate / power).rounded() * power)) ?? rate
    }

    /// Trains a new network of the spec with rising rates, on the caller's thread. It has the weights that a run of the
    /// spec begins with, and nothing in common with any run but the data set, which is only read.
    ///
    /// - Parameters:
    ///   - spec: its schedule and callbacks are left out: the rates are the search's own.
    ///   - weights: gives the saved weights and the teacher that the spec names.
    ///   - isCancelled: asked before each step.
    /// - Returns: nil where it was cancelled.
    /// - Throws: `TrainingError` where spec and data set don't fit together.
    package static func run(
        _ spec: ExperimentSpec, dataset: Dataset, weights: WeightFinder? = nil,
        isCancelled: @escaping () -> Bool
    ) throws(TrainingError) -> RateSearch? {
        var own = spec
        own.training.schedule = LearningRateSchedule()
        own.training.earlyStopping = EarlyStopping()
        own.training.plateau = ReduceOnPlateau()
        let trainer = try Trainer(spec: own, dataset: dataset, threads: 1, isCancelled: isCancelled)
        try trainer.begin(with: weights)
        var (rates, losses): ([Double], [Double]) = ([], [])
        var lowest = Double.infinity
        for step in 0..<steps {
            guard !isCancelled() else { return nil }
            if trainer.epochIsComplete { _ = trainer.finishEpoch(validation: nil) }
            let before = trainer.runningMeans.rows
            trainer.baseRate = rate(step)
            let result = trainer.step()
            let loss = result.lossSum / Double(max(1, trainer.runningMeans.rows - before))
            guard loss.isFinite, loss <= tooMuch * lowest else { break }
            lowest = min(lowest, loss)
            rates.append(rate(step))
            losses.append(loss)
        }
        return RateSearch(rates: rates, losses: losses)
    }
}
