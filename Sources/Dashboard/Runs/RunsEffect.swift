import Runs
import Specs
import Training

/// Requests of `update` to the run store; each has a `StoreReply`.
package enum RunsEffect: Equatable, Sendable {
    /// Follow the list from now on, or stop that.
    case follow(Bool)
    /// Read a run's curves.
    case fetch(run: Int, stamp: HistoryStamp)
    /// Read the validation losses of runs, for their small curves; `courses` will come.
    case fetchCourses([Int: HistoryStamp])
    /// Read all of a run that is shown on all screens; `opened` or `openFailed` will come.
    case open(OpenRequest)
    /// Find the digits that two runs differ on.
    case compareErrors(first: Int, second: Int)
    /// Average what runs said of the test set.
    case average([Int])
    /// Save an ensemble of runs with equal weights.
    case saveEnsemble([Int], EnsembleMean, name: String)
    /// Ask the mean of runs about an image, rows × columns × channels bytes; `answered` will come.
    case ask([Int], EnsembleMean, image: [UInt8])
    /// Evaluate a run's final weights, where the session's data set is the run's.
    case measure(Int)
    /// Find out by which digest a line names the weights that a run has now.
    case findWeights(run: Int, to: UseOfWeights)
    case rename(run: Int, to: String)
    case changeTags(run: Int, adding: [String], removing: [String])
    case setNote(run: Int, to: String)
    /// Don't offer an interrupted run again.
    case leave(Int)
    case delete([Int])
    /// Look whether the store is over its limit, when a run has ended; the runs that stay, by number.
    case keepLimit(StoreLimit, sparing: Set<Int>)
    case undelete([Int])
}

/// What the mean of several runs says of an image.
package enum EnsembleAnswer: Equatable, Sendable {
    /// One for each class.
    case probabilities([Float])
    /// Why they can't be asked.
    case refused(String)
}

/// A reply of the run store.
package enum StoreReply: Equatable, Sendable {
    /// All runs of the store, the newest first.
    case listed([SavedRun])
    /// There is no store to read; with the error.
    case unavailable(StoreError)
    case history(run: Int, SavedHistory)
    /// Validation losses of runs; nothing of those that could not be read.
    case courses([Int: SavedCourse])
    /// All of a run that is shown on all screens.
    case opened(OpenedContent)
    /// A run to show could not be read; with the reason in words.
    case openFailed(ticket: Int, String)
    /// A run was evaluated, if possible; the list before has its result.
    case measured(Int)
    case errors(RunErrors)
    case ensemble(RunEnsemble)
    /// What the mean of runs says of the image that was asked about.
    case answered([Int], EnsembleMean, EnsembleAnswer)
    /// The digest of the weights that a run has, and what it was asked for.
    case weights(SavedRun, WeightDigest, UseOfWeights)
    /// Why what was asked of runs has no answer, in words for the user.
    case refused(String)
    case deleted([Int])
    case undeleted([Int])
    /// The store is over its limit; what to tell.
    case overLimit(String)
    /// A change was made; the next list shows it.
    case changed(String)
    /// A change could not be made, or a run could not be read.
    case failed(StoreError)
}

/// What a new run does with a saved one's weights.
package enum UseOfWeights: Sendable {
    /// It begins with them.
    case begin
    /// It learns from what they predict.
    case teach
}
