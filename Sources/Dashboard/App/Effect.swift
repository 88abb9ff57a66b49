import Runs
import Specs
import Training

/// What `update` asks of the world.
package enum Effect: Equatable, Sendable {
    /// Stop the run under way, if any, and start this one.
    case start(RunLine, run: Int, paused: Bool, firstStep: TrainingCommand?)
    /// Stop the run under way, if any, and go on with a saved one, by its number in the store.
    case resume(Int, Resumption.Request, run: Int)
    case command(TrainingCommand)
    /// Write files; `saved` or `saveFailed` will come.
    case save(SaveRequest)
    /// Put a text on the clipboard.
    case copy(String)
    /// Come back with `autoRunDue` after a moment without a further edit.
    case waitForAutoRun(ticket: Int)
    /// Write preferences into the configuration file; `remembered` or `rememberFailed` will come.
    case remember([PreferenceChange])
    /// Use the terminal in another way; `terminalOpened` will come.
    case openTerminal(DisplayState)
    /// Workers of the runs to come.
    case useThreads(Int)
    /// Where files go from now on; empty is the folder that the program was started in.
    case saveInto(String)
    /// Read or change saved runs; a `StoreReply` will come.
    case runs(RunsEffect)
    case suspend
    /// Draw everything anew, whatever the terminal shows.
    case redraw
    case quit
}
