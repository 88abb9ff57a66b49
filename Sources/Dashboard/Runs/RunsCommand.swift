/// What a key asks for in Runs.
package enum RunsCommand: Equatable, Sendable {
    case filter
    case mark, unmarkAll
    /// Sort by the next column, the other way round, or by the best test accuracy.
    case sort, reverse, leaderboard
    case columns
    /// The selected run, or what differs, below the table.
    case panel
    /// Which digits two runs differ on.
    case errors
    case rename, tags, note
    case delete, undelete
    /// Train the same again.
    case `repeat`
    /// Go on where the run was left, or for more epochs.
    case proceed
}
