import Experiments

/// How saving goes.
public enum RecordingNews: Equatable, Sendable {
    /// The run's number in the store.
    case numbered(Int)
    /// Nothing could be saved, and it will be tried again.
    case failed(StoreError)
    case recovered
    /// The run could not be taken up.
    case notResumed(StoreError)
}
