import Foundation

/// How far a figure can differ by chance alone, so that nobody reads noise as progress.
package enum Chance {
    /// The standard error of an accuracy p on n rows, by the choice of the rows alone: √(p (1 − p) / n), the deviation of
    /// a binomial share.
    ///
    /// - Parameters:
    ///   - share: 0 ... 1.
    ///   - rows: rows that were predicted.
    /// - Returns: a share, 0 ... 0.5; nil without a figure or without rows.
    package static func standardError(ofShare share: Double?, rows: Int) -> Double? {
        guard let share, share.isFinite, (0...1).contains(share), rows > 0 else { return nil }
        return (share * (1 - share) / Double(rows)).squareRoot()
    }
}

/// The mean of a figure over several runs, and its deviation.
package struct MeanAndDeviation: Equatable, Sendable {
    /// The mean.
    package let mean: Double
    /// The sample standard deviation, with n − 1.
    package let deviation: Double
    /// Number of runs.
    package let count: Int

    /// Nil for fewer than two finite values.
    package init?(_ values: [Double]) {
        let values = values.filter(\.isFinite)
        guard values.count > 1 else { return nil }
        count = values.count
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        (self.mean, deviation) = (mean, (squares / Double(values.count - 1)).squareRoot())
    }
}

/// Finished runs that differ in their seed alone, and how far their figures spread.
package struct SeedGroup: Equatable, Sendable {
    /// Their numbers, ascending.
    package let runs: [Int]
    /// Mean and deviation of the greatest validation accuracies, 0 ... 1; nil without validation rows.
    package let validationAccuracy: MeanAndDeviation?
    /// Mean and deviation of the test accuracies, 0 ... 1; nil where fewer than two were tested.
    package let testAccuracy: MeanAndDeviation?

    /// What is used of a run: of thousands of runs, all else would be in memory twice for a moment.
    private struct Result {
        let id: Int
        let seed: UInt64
        let validationAccuracy: Double?
        let testAccuracy: Double?

        init(_ run: RunSummary) {
            (id, seed) = (run.id, run.seed)
            (validationAccuracy, testAccuracy) = (run.bestValidationAccuracy, run.testAccuracy)
        }
    }

    private init(_ runs: [Result]) {
        self.runs = runs.map(\.id).sorted()
        validationAccuracy = MeanAndDeviation(runs.compactMap(\.validationAccuracy))
        testAccuracy = MeanAndDeviation(runs.compactMap(\.testAccuracy))
    }

    /// The groups of two runs or more, by the number of each run in them. A run belongs to the group of its data set,
    /// its spec without the seed, and its live changes.
    package static func groups(of runs: some Sequence<RunSummary>) -> [Int: SeedGroup] {
        groups(of: runs.map { ($0, $0.seedless) })
    }

    /// The same of runs of which it is known already what they are without their seeds.
    package static func groups(of runs: some Sequence<(run: RunSummary, seedless: Int)>) -> [Int: SeedGroup] {
        var byLine: [Int: [Result]] = [:]
        for (run, seedless) in runs where run.state == .finished { byLine[seedless, default: []].append(Result(run)) }
        var groups: [Int: SeedGroup] = [:]
        for same in byLine.values where Set(same.map(\.seed)).count > 1 {
            let group = SeedGroup(same)
            for run in same { groups[run.id] = group }
        }
        return groups
    }
}

extension RunSummary {
    /// A hash of its data set, its spec without the seed, and its live changes; equal for runs that differ in their seed alone,
    /// and only by a chance of 2⁻⁶⁴ for two others.
    package var seedless: Int {
        var hasher = Hasher()
        hasher.combine(fingerprint ?? dataset)
        for word in specLine.split(separator: " ") where !word.hasPrefix("seed=") { hasher.combine(word) }
        hasher.combine(changeLine)
        return hasher.finalize()
    }

    /// By how much its greatest validation accuracy varies by the choice of the rows alone, as a share.
    package var validationChance: Double? {
        Chance.standardError(ofShare: bestValidationAccuracy, rows: validationRows)
    }

    /// By how much its test accuracy varies by the choice of the rows alone, as a share.
    package var testChance: Double? { Chance.standardError(ofShare: testAccuracy, rows: testRows) }

    /// The weights that its test figures are of, in few words: `final`, `best (7)`, `average`, `epoch 3`; nil without
    /// figures.
    package var testWeightWords: String? {
        switch testStanding {
        case .none: nil
        case .end(nil): "final"
        case .end(.average?): "average"
        case .end(.best(let epoch)?): "best (\(epoch))"
        case .place(let place): "epoch \(place.epoch)" + (place.batch == 0 ? "" : "+\(place.batch)")
        case .unknown: "not recorded"
        }
    }
}
