import Runs
import Specs

/// A run of the store in the table, with the spec of its line.
package struct SavedRun: Equatable, Sendable {
    /// All its properties that are small.
    package let summary: RunSummary
    /// Nil where this program can't read the line.
    package let spec: ExperimentSpec?

    package init(_ summary: RunSummary) { self.init(summary, spec: try? summary.spec()) }

    package init(_ summary: RunSummary, spec: ExperimentSpec?) {
        self.summary = summary
        self.spec = spec
    }
}

/// Finds out whether a history that was read is still the run's.
package struct HistoryStamp: Equatable, Sendable {
    let epochs: Int
    let state: SavedRunState

    package init(_ run: RunSummary) {
        epochs = run.epochs
        state = run.state
    }
}

/// The curves of a saved run.
package struct SavedHistory: Equatable, Sendable {
    /// The state of the run that it was read from.
    package let stamp: HistoryStamp
    /// The curves; nil where they could not be read.
    package let record: ShownRun?

    package init(stamp: HistoryStamp, record: ShownRun?) {
        self.stamp = stamp
        self.record = record
    }
}
