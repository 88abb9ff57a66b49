/// Decides when the training's state is saved again: a pure state machine over seconds.
///
/// Saving may take a hundredth of the time. After a state that took 15 ms to copy, encode and write, the next one comes
/// after 6 s, whatever the epochs take. What lies between is computed again, to the same bits, when the run is resumed.
package struct CheckpointPace: Sendable, Equatable {
    /// The share of time that saving may take. The rest of a hundredth is for figures, and for the costs of a save on
    /// other threads: the training's copy, the system's work, and workers that wait.
    static let share = 0.0025
    /// Bounds in seconds of the time between two states that are saved at the end of an epoch.
    static let least = 1.0
    static let most = 30.0
    /// Seconds after which a state is saved within an epoch, so that it is on the disk by `most`.
    static let withinEpoch = 25.0

    private var lastWanted: Double?
    /// Whether a state was saved before.
    private var hasState = false
    private var interval = Self.least

    package init() {}

    /// Whether a state is to be saved now.
    ///
    /// - Parameters:
    ///   - now: in seconds of a steady clock.
    ///   - isEpochEnd: within an epoch a state is saved only after a long time.
    package mutating func isDue(at now: Double, isEpochEnd: Bool) -> Bool {
        // The first epoch's end saves one: from there on the run can be resumed, whatever interrupts it.
        if isEpochEnd, !hasState {
            given(at: now)
            return true
        }
        guard let lastWanted else {
            // The run has just begun.
            lastWanted = now
            return false
        }
        guard now - lastWanted >= (isEpochEnd ? min(interval, Self.withinEpoch) : Self.withinEpoch) else {
            return false
        }
        given(at: now)
        return true
    }

    /// A state is saved for another reason, such as a pause.
    package mutating func given(at now: Double) { (lastWanted, hasState) = (now, true) }

    /// A state was saved, or its save failed, after so many seconds of work.
    package mutating func saved(seconds: Double) {
        interval = min(Self.most, max(Self.least, seconds / Self.share))
    }
}
