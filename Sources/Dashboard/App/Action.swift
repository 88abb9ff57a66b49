import Datasets
import TerminalUI
import Training

/// What happened.
public enum Action: Equatable, Sendable {
    case input(InputEvent)
    case dataLoaded(LoadedData)
    case dataFailed(DataError)
    case snapshot(TrainingSnapshot, run: Int)
    case event(TrainingEvent, run: Int)
    /// The wait that an edit started with auto-run on is over.
    case autoRunDue(ticket: Int)
    /// Interrupted from outside (SIGINT).
    case interrupted
}
