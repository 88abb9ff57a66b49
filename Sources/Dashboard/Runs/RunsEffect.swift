import Runs

/// What `update` asks of the run store; each answer is a `StoreReply`.
package enum RunsEffect: Equatable, Sendable {
    /// Keep the list up to date from now on, or no longer.
    case follow(Bool)
    /// Read a run's curves.
    case fetch(run: Int, stamp: HistoryStamp)
    /// Find out which digits two runs differ on.
    case compareErrors(first: Int, second: Int)
    /// Measure the weights that a run ended with, where the session's data set is the run's.
    case measure(Int)
    case rename(run: Int, to: String)
    case changeTags(run: Int, adding: [String], removing: [String])
    case setNote(run: Int, to: String)
    /// An interrupted run is offered no more.
    case leave(Int)
    case delete([Int])
    case undelete([Int])
}

/// What was read from the run store, or done to it.
package enum StoreReply: Equatable, Sendable {
    /// All runs of the store, the newest first.
    case listed([SavedRun])
    /// There is no store to read, and why.
    case unavailable(StoreError)
    case history(run: Int, SavedHistory)
    /// A run was measured, if it could be; the list that came before has its result.
    case measured(Int)
    case errors(RunErrors)
    /// Why two runs can't be compared, in words for the user.
    case errorsRefused(String)
    case deleted([Int])
    case undeleted([Int])
    /// A change is made; the list that follows shows it.
    case changed(String)
    /// A change could not be made, or a run not be read.
    case failed(StoreError)
}
