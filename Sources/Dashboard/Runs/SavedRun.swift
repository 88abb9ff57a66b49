import Runs
import Specs

/// A run of the store as the table lists it, with the spec that its line reads back to.
public struct SavedRun: Equatable, Sendable {
    public let summary: RunSummary
    /// nil where this program can't read the line.
    public let spec: ExperimentSpec?

    public init(_ summary: RunSummary) { self.init(summary, spec: try? summary.spec()) }

    public init(_ summary: RunSummary, spec: ExperimentSpec?) {
        self.summary = summary
        self.spec = spec
    }
}

/// What tells whether a history that was fetched is still the run's.
public struct HistoryStamp: Equatable, Sendable {
    let epochs: Int
    let state: SavedRunState

    public init(_ run: RunSummary) {
        epochs = run.epochs
        state = run.state
    }
}

/// The curves of a saved run; none where they could not be read.
public struct SavedHistory: Equatable, Sendable {
    public let stamp: HistoryStamp
    public let record: RunRecord?

    public init(stamp: HistoryStamp, record: RunRecord?) {
        self.stamp = stamp
        self.record = record
    }
}
