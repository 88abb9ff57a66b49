import Specs

/// Keras's ReduceLROnPlateau as a state machine: when the learning rate is reduced, and to what.
package struct PlateauTracker: Codable, Equatable, Sendable {
    /// The best value; nil before the first.
    package var best: Double?
    /// Epochs in a row without improvement; 0 during the cooldown.
    package var wait = 0
    /// Epochs left in which a missing improvement does not count.
    package var cooldown = 0

    package init() {}

    /// Counts the epoch, and reduces the rate where the patience is over.
    ///
    /// - Parameters:
    ///   - value: of the figure watched; nil changes nothing.
    ///   - rate: the learning rate now.
    /// - Returns: the reduced rate, or nil where it stays.
    package mutating func epochFinished(
        value: Double?, rate: Double, monitor: Monitor, settings: ReduceOnPlateau
    ) -> Double? {
        guard let patience = settings.patience, let value else { return nil }
        if cooldown > 0 {
            cooldown -= 1
            wait = 0
        }
        if monitor.isImprovement(value, over: best, minDelta: settings.minDelta) {
            best = value
            wait = 0
            return nil
        }
        guard cooldown == 0 else { return nil }
        wait += 1
        // At the least rate the count goes on, as in Keras.
        guard wait >= patience, rate > settings.minimum else { return nil }
        cooldown = settings.cooldown
        wait = 0
        return max(rate * settings.factor, settings.minimum)
    }
}
