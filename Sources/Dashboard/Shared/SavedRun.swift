import Runs
import Specs

/// A run of the store as the table lists it, with the spec that its line reads back to.
package struct SavedRun: Equatable, Sendable {
    package let summary: RunSummary
    /// nil where this program can't read the line.
    package let spec: ExperimentSpec?

    package init(_ summary: RunSummary) { self.init(summary, spec: try? summary.spec()) }

    package init(_ summary: RunSummary, spec: ExperimentSpec?) {
        self.summary = summary
        self.spec = spec
    }
}

/// What tells whether a history that was fetched is still the run's.
package struct HistoryStamp: Equatable, Sendable {
    let epochs: Int
    let state: SavedRunState

    package init(_ run: RunSummary) {
        epochs = run.epochs
        state = run.state
    }
}

/// The curves of a saved run; none where they could not be read.
package struct SavedHistory: Equatable, Sendable {
    package let stamp: HistoryStamp
    package let record: ShownRun?

    package init(stamp: HistoryStamp, record: ShownRun?) {
        self.stamp = stamp
        self.record = record
    }
}
