import Runs
import Specs

/// How saving goes.
package enum RecordingReport: Equatable, Sendable {
    /// The run's number in the store; of a new run also what the list says of it once it is read again.
    case numbered(Int, origin: RunOrigin? = nil)
    /// A state is saved from which the run can go on.
    case state(RunPlace)
    /// Nothing could be saved, and it will be tried again.
    case failed(StoreError)
    /// Another program has deleted the run, or brought it back; it is saved all the same.
    case deleted(Bool)
    /// Nothing of it is saved any more.
    case lost(StoreError)
    /// What had to wait is saved.
    case recovered(RunEvent)
    /// The run could not be resumed.
    case notResumed(StoreError)
}
