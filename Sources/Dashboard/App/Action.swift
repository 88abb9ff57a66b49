import DataFormats
import Files
import TerminalUI
import Training

/// What happened.
package enum Action: Equatable, Sendable {
    case input(InputEvent)
    case dataLoaded(LoadedData)
    case dataFailed(DataError)
    case snapshot(TrainingSnapshot, run: Int)
    case event(TrainingEvent, run: Int)
    /// What was found in the network.
    case inspection(Inspection, run: Int)
    /// Files were written; `what` is in them.
    case saved(what: String, paths: [String])
    case saveFailed(ExportError)
    /// The preferences are in the file.
    case remembered(path: String)
    case rememberFailed(ExportError)
    /// What the terminal gives of what was wanted.
    case terminalOpened(glyphs: GlyphLevel, colors: ColorLevel)
    /// What was read from the run store, or done to it.
    case runs(StoreReply)
    /// How saving the run goes.
    case recording(RecordingReport, run: Int)
    /// The wait that an edit started with auto-run on is over.
    case autoRunDue(ticket: Int)
    /// Interrupted from outside (SIGINT).
    case interrupted
}
