import Runs
import Search
import Searching

/// Requests of `update` that concern searches; each has a `SearchReply` but for those that say otherwise.
package enum SearchEffect: Equatable, Sendable {
    /// Read the list and this search, the newest if nil, whenever they change from now on.
    case follow(Int?)
    /// Read them no more.
    case ignore
    /// Read a run that a trial is, to show it in all views.
    case read(run: Int)
    /// Begin a search on threads of this program, or go on with one of the store.
    case begin(SearchRequest, workers: Int)
    case resume(Int, workers: Int)
    /// Hold all trials of the search that runs here, or let them go on. No reply.
    case pause(Bool)
    /// Take a trial out of the search that runs here. No reply.
    case stopTrial(Int)
    /// Change the budget of the search that runs here. No reply.
    case change(trials: Int?, seconds: Double?)
}

/// A reply to a `SearchEffect`, or news of a search that runs here.
package enum SearchReply: Equatable, Sendable {
    /// All searches of the store, the newest first.
    case listed([SearchListing])
    /// The search that is followed; with the problem of one that can't be read.
    case shown(SearchSummary, SettingImportance?)
    case unreadable(Int, SearchProblem)
    /// There is no store to read; with the reason in words.
    case unavailable(String)
    /// A run that a trial is.
    case run(RunSummary)
    /// Why something could not be done, in words.
    case refused(String)
    /// A search of this number runs here now.
    case started(Int)
    /// The search that runs here can't be saved, or can be again.
    case trouble(String?)
    /// The search that ran here has come to its end, or was stopped.
    case ended(Int, SearchEngine.Ending)
}
