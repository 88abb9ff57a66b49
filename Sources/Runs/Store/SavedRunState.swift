/// The state of a saved run.
package enum SavedRunState: String, CaseIterable, Sendable, Codable {
    /// A program trains it.
    case running
    /// A program has claimed it, and the user has paused it.
    case paused
    /// All epochs are done, or early stopping ended it.
    case finished
    /// Ended by the user before its last epoch; can be resumed.
    case stopped
    /// The loss became NaN or infinite, or the run could not start.
    case failed
    /// Its program has ended by a signal, a crash or a power cut. Can be resumed.
    case interrupted

    /// Whether the store says that a program trains it.
    package var isAlive: Bool { self == .running || self == .paused }

    /// Whether it can be resumed where it was left.
    package var canResume: Bool { self == .stopped || self == .interrupted }
}
