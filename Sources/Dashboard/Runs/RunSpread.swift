import Runs

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
}
