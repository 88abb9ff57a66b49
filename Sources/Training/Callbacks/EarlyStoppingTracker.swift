import Specs

/// Keras's EarlyStopping as a state machine: which epoch is the best, and when to stop waiting for a better one.
///
/// Without a patience it never stops the run, and only finds the best epoch.
package struct EarlyStoppingTracker: Codable, Equatable, Sendable {
    /// What to do after an epoch.
    package struct Decision: Equatable, Sendable {
        /// The epoch is the best so far. Its weights are saved where the best ones are restored at the end.
        package var isBest: Bool
        /// The run ends here.
        package var stops: Bool
    }

    /// The best value; nil before the first.
    package var best: Double?
    /// The epoch of the best value, from 1; 0 before the first.
    package var bestEpoch = 0
    /// Epochs since then.
    package var wait = 0

    package init() {}

    /// The epoch, from 1, whose weights a run would end with behind its last one; nil before the first.
    ///
    /// - Parameter values: of the figure watched, epoch by epoch.
    package static func keptEpoch(_ values: [(epoch: Int, value: Double?)], settings: EarlyStopping) -> Int? {
        guard settings.restoresBest else { return values.last?.epoch }
        var tracker = EarlyStoppingTracker()
        for (epoch, value) in values { _ = tracker.epochFinished(epoch, value: value, settings: settings) }
        return tracker.bestEpoch > 0 ? tracker.bestEpoch : values.last?.epoch
    }

    /// Updates the best epoch, and decides.
    ///
    /// - Parameters:
    ///   - value: of the figure watched; nil changes nothing.
    ///   - epoch: from 1. The first never ends a run, even with a patience of 0.
    package mutating func epochFinished(_ epoch: Int, value: Double?, settings: EarlyStopping) -> Decision {
        guard let value else { return Decision(isBest: false, stops: false) }
        wait += 1
        if settings.monitor.isImprovement(value, over: best, minDelta: settings.minDelta) {
            best = value
            bestEpoch = epoch
            wait = 0
            return Decision(isBest: true, stops: false)
        }
        guard let patience = settings.patience else { return Decision(isBest: false, stops: false) }
        return Decision(isBest: false, stops: wait >= patience && epoch > 1)
    }
}
