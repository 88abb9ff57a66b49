import Runs
import Specs

/// A report of the recorder of the newest run.
package enum RecordingReport: Equatable, Sendable {
    /// The run's number in the store; for a new run also its entry in the list, once it is read again.
    case numbered(Int, origin: RunOrigin? = nil)
    /// A state was saved from which the run can be resumed.
    case state(RunPlace)
    /// Nothing could be saved; it will be tried again.
    case failed(StoreError)
    /// Another program has deleted or undeleted the run; it is saved all the same.
    case deleted(Bool)
    /// Nothing of it is saved any more.
    case lost(StoreError)
    /// The data that had to wait is saved.
    case recovered(RunEvent)
    /// The run could not be resumed.
    case notResumed(StoreError)
}
