import Datasets
import Runs
import Specs
import Training

/// An effect of `update` on the outside.
package enum Effect: Equatable, Sendable {
    /// Stop the run under way, if any, and start this one.
    case start(RunLine, run: Int, paused: Bool, firstStep: TrainingCommand?)
    /// Stop the run under way, if any, and resume a saved one, by its number in the store.
    case resume(Int, Resumption.Request, run: Int)
    case command(TrainingCommand)
    /// A command for the network of the run that was opened.
    case openedCommand(TrainingCommand)
    /// Free the network of the run that was opened.
    case closeOpened
    /// Read an image, by its path as it was typed, into the form of the network's data set; `imageOpened` or `imageRefused`
    /// will come.
    case openImage(String, NetworkImage)
    /// Make the network that a run of the spec would start with; its inspections have the ticket in a run's place.
    case makeInitial(ExperimentSpec, ticket: Int)
    /// A command for that network.
    case initialCommand(TrainingCommand)
    /// Free that network.
    case closeInitial
    /// Write files; `saved` or `saveFailed` will come.
    case save(SaveRequest)
    /// Write a saved run for other programs; `saved` or `exportFailed` will come.
    case export(ExportRequest)
    /// Put a text on the clipboard.
    case copy(String)
    /// Send `autoRunDue` after a delay without a further edit.
    case waitForAutoRun(ticket: Int)
    /// Write preferences into the configuration file; `remembered` or `rememberFailed` will come.
    case remember([PreferenceChange])
    /// Use the terminal in another way; `terminalOpened` will come.
    case openTerminal(DisplayState)
    /// Set the workers of future runs.
    case useThreads(Int)
    /// Set the folder for saved files; empty is the folder that the program was started in.
    case saveInto(String)
    /// Read or change saved runs; a `StoreReply` will come.
    case runs(RunsEffect)
    /// Read searches, or run one; a `SearchReply` will come.
    case searches(SearchEffect)
    /// Search a learning rate for a spec; `rateFound` or `rateRefused` will come.
    case findRate(ExperimentSpec, ticket: Int)
    /// End the search under way.
    case stopFindingRate
    /// Survey a data set; `surveyed` will come.
    case survey(LoadedData)
    case suspend
    /// Draw the whole screen again, whatever the terminal shows.
    case redraw
    case quit
}
