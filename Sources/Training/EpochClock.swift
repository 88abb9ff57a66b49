/// The time that passes from an epoch's start to its end, pauses left out: training, validation, and all between the
/// batches.
package struct EpochClock: Sendable {
    private var start: ContinuousClock.Instant
    /// What belongs to the epoch and was measured before, in seconds.
    private var earlier: Double

    /// - Parameters:
    ///   - start: when the epoch begins, or goes on.
    ///   - earlier: seconds of the epoch that passed before a resumed run was cut.
    package init(start: ContinuousClock.Instant, earlier: Double = 0) {
        (self.start, self.earlier) = (start, earlier)
    }

    /// Leaves a pause out.
    package mutating func leaveOut(_ pause: Duration) { start += pause }

    /// The seconds of the epoch that ends now; the next one begins.
    package mutating func lap(at now: ContinuousClock.Instant) -> Double {
        defer { (start, earlier) = (now, 0) }
        return max(0, earlier + start.duration(to: now).seconds)
    }
}
