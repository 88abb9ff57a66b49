import Runs
import Specs

/// How far an accuracy spreads, in words: over the seeds of a spec where several were trained, else by chance alone.
enum RunSpread {
    /// The spread of the validation accuracy in per cent: `0.12×3` over three seeds, `0.21` by chance; nil where neither is known.
    static func ofValidation(_ row: RunRow, _ groups: [Int: SeedGroup], withSign: Bool) -> String? {
        let group = row.saved.flatMap { groups[$0]?.validationAccuracy }
        return text(group, row.summary.validationChance, withSign)
    }

    private static func text(_ group: MeanAndDeviation?, _ chance: Double?, _ withSign: Bool) -> String? {
        let sign = withSign ? "±" : ""
        if let group { return "\(sign)\(Figures.percent(group.deviation, digits: 2))×\(group.count)" }
        return chance.map { "\(sign)\(Figures.percent($0, digits: 2))" }
    }

    /// ` ±0.21`: a standard error in per cent; nil where it is not known.
    static func chance(_ share: Double?) -> String? { share.map { " ±\(Figures.percent($0, digits: 2))" } }

    /// `97.31 ±0.12 ×3`: the mean over the seeds of a spec in per cent, its deviation, and the number of runs.
    static func seeds(_ group: MeanAndDeviation?) -> String? {
        group.map {
            "\(Figures.percent($0.mean, digits: 2)) ±\(Figures.percent($0.deviation, digits: 2)) ×\($0.count)"
        }
    }

    /// Mean and deviation of the best validation accuracy over the runs at hand that differ from a drawn one in their seed
    /// alone, `97.31 ±0.12 ×3`; without another one the figure itself, with what chance alone gives on its rows.
    static func ofCurves(_ run: ShownRun, _ shared: Shared) -> String {
        if let seeds = seeds(MeanAndDeviation(run.accuracies(overSeedsIn: shared))) { return seeds }
        guard let best = run.bestValidationAccuracy else { return "–" }
        let error = Chance.standardError(ofShare: best, rows: run.facts?.validationRows ?? 0)
        return Figures.percent(best, digits: 2) + (chance(error) ?? "")
    }
}

extension ShownRun {
    /// Best validation accuracies of the drawn runs and those of this session that differ in their seed alone.
    fileprivate func accuracies(overSeedsIn shared: Shared) -> [Double] {
        func seedless(_ run: ShownRun) -> ExperimentSpec {
            var spec = run.spec
            spec.training.seed = 0
            return spec
        }
        let own = seedless(self)
        // The same seed again gives the same figure, and says nothing of the spread.
        var bySeed: [UInt64: Double] = [:]
        for run in shared.shownRuns + shared.allRuns where run.facts == facts && run.changes == changes {
            guard !run.isAlive, run.dataset == dataset, let accuracy = run.bestValidationAccuracy, seedless(run) == own
            else { continue }
            bySeed[run.spec.training.seed] = accuracy
        }
        return bySeed.values.sorted()
    }
}
