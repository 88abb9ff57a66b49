import Runs
import Specs

/// A run of the store in the table, with the spec of its line.
///
/// A reference to what never changes: lists of thousands of runs are made anew with each look at the store, filtered and
/// sorted, and a run takes more than a kilobyte.
package struct SavedRun: Equatable, Sendable {
    private final class Content: Sendable {
        let summary: RunSummary
        let spec: ExperimentSpec?
        let traits: SpecTraits?

        init(_ summary: RunSummary, _ spec: ExperimentSpec?, _ traits: SpecTraits?) {
            (self.summary, self.spec, self.traits) = (summary, spec, traits)
        }
    }

    private let content: Content

    /// All its properties that are small.
    package var summary: RunSummary { content.summary }
    /// Nil where this program can't read the line.
    package var spec: ExperimentSpec? { content.spec }
    /// The parts of its spec, for what sets it apart from others.
    var traits: SpecTraits? { content.traits }

    package init(_ summary: RunSummary) { self.init(summary, spec: try? summary.spec()) }

    package init(_ summary: RunSummary, spec: ExperimentSpec?) {
        self.init(summary, spec: spec, traits: spec.map(SpecTraits.init))
    }

    /// The same spec with newer figures.
    func with(_ summary: RunSummary) -> SavedRun { SavedRun(summary, spec: spec, traits: traits) }

    init(_ summary: RunSummary, spec: ExperimentSpec?, traits: SpecTraits?) {
        content = Content(summary, spec, traits)
    }

    package static func == (one: SavedRun, other: SavedRun) -> Bool {
        one.content === other.content
            || one.summary == other.summary && one.spec == other.spec && one.traits == other.traits
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

/// The course of a run's validation loss, for a small curve in the table.
package struct SavedCourse: Equatable, Sendable {
    /// The state of the run that it was read from.
    package let stamp: HistoryStamp
    /// Losses of the validation rows, evenly apart, with the last one; not finite where they were not.
    package let losses: [Double]

    package init(stamp: HistoryStamp, losses: [Double]) { (self.stamp, self.losses) = (stamp, losses) }
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
