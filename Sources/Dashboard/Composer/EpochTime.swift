import Networks
import Specs

/// How long an epoch takes: measured, or estimated from the network's size.
struct EpochTime: Equatable {
    var seconds: Double
    var isMeasured: Bool
}

extension Shared {
    /// How long one takes of the composer's spec; nil before the data is there. A run that was measured sets the scale for
    /// the others.
    var epochTime: EpochTime? {
        guard let rows = data.loaded?.dataset.train.count else { return nil }
        let spec = composer.spec
        let estimate = spec.epochSeconds(rows: rows)
        guard let run = allRuns.last(where: { $0.secondsPerEpoch != nil }), let seconds = run.secondsPerEpoch else {
            return EpochTime(seconds: estimate, isMeasured: false)
        }
        if run.liveSpec.hasCost(of: spec) { return EpochTime(seconds: seconds, isMeasured: true) }
        return EpochTime(seconds: estimate * seconds / run.spec.epochSeconds(rows: rows), isMeasured: false)
    }
}
