import Runs
import Specs

/// A run of the store in the table, with the parts of its spec.
///
/// A reference to what never changes: lists of thousands of runs are made anew with each look at the store, filtered and
/// sorted, and a run takes almost a kilobyte.
package struct SavedRun: Equatable, Sendable {
    private final class Content: Sendable {
        let summary: RunSummary
        let traits: SpecTraits?
        let seedless: Int

        init(_ summary: RunSummary, _ traits: SpecTraits?) {
            (self.summary, self.traits) = (summary, traits)
            seedless = summary.seedless
        }
    }

    private let content: Content

    /// All its properties that are small.
    package var summary: RunSummary { content.summary }
    /// The parts of its spec; nil where this program can't read the line.
    package var traits: SpecTraits? { content.traits }
    /// What it is without its seed: see `RunSummary.seedless`.
    var seedless: Int { content.seedless }
    /// Its spec, read from its line each time: a list has thousands of runs. Nil where this program can't read it.
    package var spec: ExperimentSpec? { try? summary.spec() }
    /// Whether this program can read its line.
    package var isReadable: Bool { traits != nil }

    package init(_ summary: RunSummary) { self.init(summary, traits: summary.traits()) }

    /// - Parameter traits: the parts of the spec that `summary`'s line is.
    init(_ summary: RunSummary, traits: SpecTraits?) { content = Content(summary, traits) }

    /// The same spec with newer figures.
    func with(_ summary: RunSummary) -> SavedRun { SavedRun(summary, traits: traits) }

    package static func == (one: SavedRun, other: SavedRun) -> Bool {
        one.content === other.content
            || one.summary == other.summary && one.traits == other.traits
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
