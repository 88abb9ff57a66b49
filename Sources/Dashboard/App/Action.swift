import DataFormats
import Files
import TerminalUI
import Training

/// An event that changes the state.
package enum Action: Equatable, Sendable {
    case input(InputEvent)
    case dataLoaded(LoadedData)
    case dataFailed(DataError)
    case snapshot(TrainingSnapshot, run: Int)
    case event(TrainingEvent, run: Int)
    /// The newest inspection of the network.
    case inspection(Inspection, run: Int)
    /// The image that was to be opened in Draw.
    case imageOpened(OpenedImage, path: String)
    /// Why an image could not be opened, in one line.
    case imageRefused(String, path: String)
    /// Files were written; `what` names their content, and `work` is what is at risk no more.
    case saved(what: String, paths: [String], work: SaveRequest.Work? = nil)
    case saveFailed(ExportError)
    /// A run could not be written for other programs; with the reason in words.
    case exportFailed(String)
    /// The preferences were written into the file.
    case remembered(path: String)
    case rememberFailed(ExportError)
    /// The terminal was opened again; what it really shows.
    case terminalOpened(glyphs: GlyphLevel, colors: ColorLevel)
    /// A reply of the run store.
    case runs(StoreReply)
    /// What was read of searches, or came of one that runs here.
    case searches(SearchReply)
    /// A report of the recorder.
    case recording(RecordingReport, run: Int)
    /// The delay of auto-run after an edit is over.
    case autoRunDue(ticket: Int)
    /// What a search for a learning rate has found.
    case rateFound(RateSearch, ticket: Int)
    /// Why a search could not be made.
    case rateRefused(TrainingError, ticket: Int)
    /// What the survey of a data set has found.
    case surveyed(LoadedSurvey)
    /// SIGINT from outside.
    case interrupted
}
