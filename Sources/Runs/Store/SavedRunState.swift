/// How a saved run stands.
package enum SavedRunState: String, CaseIterable, Sendable, Codable {
    /// A program trains it.
    case running
    /// A program holds it, and the user has paused it.
    case paused
    /// All epochs are done, or early stopping ended it.
    case finished
    /// Ended by the user before its last epoch; can be taken up.
    case stopped
    /// The loss is no number any more, or the run could not start.
    case failed
    /// Its program is gone: a signal, a crash, a power cut. Can be taken up.
    case interrupted

    /// Whether a program is said to hold the run.
    package var isAlive: Bool { self == .running || self == .paused }

    /// Whether training can go on where it was left.
    package var canResume: Bool { self == .stopped || self == .interrupted }
}
