import Runs
import Specs
import TerminalUI
import Training

/// The user's choices in Runs, and the rows that follow from them.
package struct RunsScreen: Equatable, Sendable {
    /// The runs that the filter accepts, in the table's order.
    package internal(set) var rows: [RunRow] = []
    /// Number of all runs, without the filter.
    package internal(set) var total = 0
    /// The data that the rows were made from.
    var basis: RunsBasis?
    /// The rows without those of this session: they stay in order while only the session's runs go on.
    var storedRows: [RunRow] = []

    /// The selected run; the first row where the filter hides it.
    package var selected: RunKey?
    /// Its number in the store, by which it stays selected when the session drops it.
    var selectedNumber: Int?
    /// The order of the rows.
    package var order = RunsOrder()
    /// The set of columns.
    package var columns = RunsColumns.Choice.results
    /// The filter of the rows.
    package internal(set) var filter = RunsFilter()
    /// The line that is being typed: a filter, a name, tags or a note.
    package internal(set) var typing: RunsTyping?
    /// What the most common runs of the table say, against which the others are set apart.
    var common = CommonTraits([])
    /// How far runs of one spec spread over their seeds, by their numbers in the store.
    var groups: [Int: SeedGroup] = [:]
    /// Columns of the longest name of a data set in the table.
    var longestData = 0
    /// What the selected run is compared with; nil before the runs were read.
    var comparison: RunComparison?
    /// What is shown below the table.
    package enum Panel: CaseIterable, Sendable { case run, difference, curves, parallel }
    /// The panel below the table; where there is room for two, what differs stands beside it.
    package var panel = Panel.run
    /// The axis and the range of parallel coordinates that are brushed.
    package internal(set) var brush = RunsBrush()
    /// The digits that two runs differ on, over the whole screen; nil where they are not shown.
    package internal(set) var errors: RunErrorsState?
    /// The mean of several runs, over the whole screen; nil where it is not shown.
    package internal(set) var ensemble: RunEnsembleState?

    package init() {}

    /// The columns of the table that have room within its frame.
    func shownColumns(in inner: Rect) -> [RunsColumns.Column] {
        RunsColumns.fitting(inner, columns, longestData: longestData)
    }
}

/// A line of the table.
package struct RunRow: Equatable, Sendable {
    /// The run.
    package let key: RunKey
    /// What is known of it; of a run of this session with what came since the last save.
    let run: SavedRun
    /// Whether a store has it.
    package let isSaved: Bool

    /// Its facts and figures.
    package var summary: RunSummary { run.summary }
    /// Its spec, read from its line each time; nil where this program can't read it.
    package var spec: ExperimentSpec? { run.spec }
    /// Whether this program can read its line.
    var isReadable: Bool { run.isReadable }
    /// The parts of its spec; nil where that can't be read.
    package var traits: SpecTraits? { run.traits }

    /// Its number in the store.
    var saved: Int? { isSaved ? summary.id : nil }

    /// Whether its date and machine are known: not for a saved run that was not read yet.
    var hasOrigin: Bool { summary.machine.threads > 0 }
}

/// An order of the rows.
package struct RunsOrder: Equatable, Sendable {
    /// The field whose values are compared; nil for the leaderboard.
    package var field: RunField?
    /// Whether the greatest value is first.
    package var isDescending = true

    /// The newest first.
    package init() { field = RunField.named("id") }

    /// By one field, the best first.
    init(by field: RunField) {
        self.field = field
        isDescending = field.moreIsBetter || field.name == "id"
    }

    static var leaderboard: RunsOrder {
        var order = RunsOrder()
        order.field = nil
        return order
    }

    func sorted(_ rows: [RunRow]) -> [RunRow] {
        guard let field else { return rows.sorted { RunOrder.leads($0.summary, $1.summary) } }
        return RunOrder(field, isDescending: isDescending).sorted(rows) { ($0.summary, $0.traits) }
    }

    /// Rows in this order with some more in their places.
    func inserting(_ some: [RunRow], into sorted: [RunRow]) -> [RunRow] {
        var rows = sorted
        for row in some {
            var (low, high) = (0, rows.count)
            while low < high {
                let middle = (low + high) / 2
                if precedes(rows[middle], row) { low = middle + 1 } else { high = middle }
            }
            rows.insert(row, at: low)
        }
        return rows
    }

    private func precedes(_ first: RunRow, _ second: RunRow) -> Bool {
        guard let field else { return RunOrder.leads(first.summary, second.summary) }
        return RunOrder(field, isDescending: isDescending).precedes(
            (first.summary, first.traits), (second.summary, second.traits))
    }

    /// Its words in the title of the table.
    func text(_ look: Look) -> String {
        guard let field else { return "best on validation rows" }
        let arrow = look.glyphs == .ascii ? (isDescending ? " down" : " up") : (isDescending ? " ↓" : " ↑")
        return "by \(field.name == "id" ? "start" : field.name)\(arrow)"
    }
}

/// The filter with the text that it was parsed from.
package struct RunsFilter: Equatable, Sendable {
    /// The text as the user typed it.
    package var text = ""
    var filter = RunFilter.none
}

/// A line that is being typed in Runs.
package struct RunsTyping: Equatable, Sendable {
    /// The use of the typed text.
    package enum Purpose: Equatable, Sendable {
        /// Esc restores the filter before.
        case filter(before: RunsFilter)
        case name(run: Int)
        case tags(run: Int, before: [String])
        case note(run: Int)
        /// The number of additional epochs.
        case epochs(run: Int)
        /// The learning rate with which a failed run is resumed, from before it failed.
        case rate(run: Int)
        /// The name under which an ensemble is saved.
        case ensemble(runs: [Int], mean: EnsembleMean)
    }

    /// Whether it is a filter.
    var isFilter: Bool { if case .filter = purpose { true } else { false } }

    /// The run that the text is for; nil for a filter and for several runs.
    var run: Int? {
        switch purpose {
        case .filter, .ensemble: nil
        case .name(let run), .tags(let run, _), .note(let run), .epochs(let run), .rate(let run): run
        }
    }

    /// The use of the text.
    package var purpose: Purpose
    /// The text and its cursor.
    package var field: TextField
    /// Why the text is refused; nil where it is not.
    package var refusal: String?
}
