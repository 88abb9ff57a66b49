import Neural

/// How long an epoch takes: measured, or estimated from the network's size.
struct EpochTime: Equatable {
    var seconds: Double
    var isMeasured: Bool
}

extension DashboardState {
    /// Of the spec in the composer; nil before the data is there. A run that was measured sets the scale for the others.
    var epochTime: EpochTime? {
        guard let rows = data.loaded?.dataset.train.count else { return nil }
        let spec = composer.spec
        let estimate = spec.epochSeconds(rows: rows)
        guard let run = allRuns.last(where: { $0.secondsPerEpoch != nil }), let seconds = run.secondsPerEpoch else {
            return EpochTime(seconds: estimate, isMeasured: false)
        }
        // Neither the rate nor the number of epochs changes how long one takes.
        if run.liveSpec.hasCost(of: spec) { return EpochTime(seconds: seconds, isMeasured: true) }
        return EpochTime(seconds: estimate * seconds / run.spec.epochSeconds(rows: rows), isMeasured: false)
    }
}

extension ExperimentSpec {
    fileprivate func hasCost(of other: ExperimentSpec) -> Bool {
        network == other.network && training.batch == other.training.batch
            && training.optimizer.kind == other.training.optimizer.kind
            && training.validation == other.training.validation && training.scale == other.training.scale
    }

    /// Seconds that an epoch takes on two cores of about 2023: a part for each row, a part for each of its
    /// multiplications (of the first layer a fifth, as most of a digit's pixels are 0), and a part for each update of a
    /// weight. Fitted to `trainspotter bench`, whose six networks it meets within a quarter.
    ///
    /// - Parameter rows: of the training file, those held out for validation among them.
    func epochSeconds(rows: Int) -> Double {
        let widths = network.widths.map(Double.init)
        let kernels = zip(widths, widths.dropFirst()).map { $0 * $1 }
        let first = (kernels.first ?? 0) * (training.scale == .standard ? 1 : 0.2)
        let products = first + kernels.dropFirst().reduce(0, +)
        let updates = kernels.reduce(0, +) / Double(max(1, training.batch))
        let perRow = 5.6e-7 + 3.7e-11 * products + 1.45e-10 * updates
        return perRow * Double(rows) * (1 - training.validation)
    }
}
