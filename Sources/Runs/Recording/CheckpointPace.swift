/// When the training's state is wanted again: a pure state machine over seconds.
///
/// Saving may cost a hundredth of the time. A state that took 15 ms to copy, encode and write is wanted again after
/// 6 s, whatever the epochs take; what lies between is computed again, to the same bits, when the run is taken up.
package struct CheckpointPace: Sendable, Equatable {
    /// A save may cost this share of the time between two. The rest of a hundredth is left for figures, and for what a
    /// save costs beside its own thread: the copy that the training makes, the system's work, and the workers' waiting.
    static let share = 0.0025
    /// Bounds of the time between two states that are wanted at the end of an epoch.
    static let least = 1.0
    static let most = 30.0
    /// Within an epoch a state is wanted so early that it is on the disk by `most`.
    static let withinEpoch = 25.0

    private var lastWanted: Double?
    /// Whether there was a state already.
    private var hasState = false
    private var interval = Self.least

    package init() {}

    /// Whether a state is wanted now.
    ///
    /// - Parameter isEpochEnd: within an epoch only a long wait asks for one.
    package mutating func isDue(at now: Double, isEpochEnd: Bool) -> Bool {
        // The first epoch's end brings one: whatever cuts the run short from there on, it can be taken up.
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

    /// A state was given without being asked for.
    package mutating func given(at now: Double) { (lastWanted, hasState) = (now, true) }

    /// A state was saved, or its save failed, after so many seconds of work.
    package mutating func saved(seconds: Double) {
        interval = min(Self.most, max(Self.least, seconds / Self.share))
    }
}
