import Runs
import Specs
import TerminalUI

/// What the user chose in Runs, and the rows that follow from it.
package struct RunsScreen: Equatable, Sendable {
    /// The runs that pass the filter, in the table's order.
    package internal(set) var rows: [RunRow] = []
    /// Runs that there are, whatever the filter.
    package internal(set) var total = 0
    /// What the rows were made from.
    var basis: RunsBasis?

    /// The selected run; the first row where it is not among them.
    package var selected: RunKey?
    /// Its number in the store, under which it stays selected when the session keeps it no more.
    var selectedNumber: Int?
    package var order = RunsOrder()
    package var columns = RunsColumns.Choice.results
    package internal(set) var filter = RunsFilter()
    /// What is being typed: a filter, a name, tags or a note.
    package internal(set) var typing: RunsTyping?
    /// What lies below the table where there is room for one thing.
    package enum Panel: CaseIterable, Sendable { case run, difference }
    package var panel = Panel.run
    /// Which digits two runs differ on; fills the view.
    package internal(set) var errors: RunErrorsState?

    package init() {}
}

/// A line of the table.
package struct RunRow: Equatable, Sendable {
    package let key: RunKey
    /// Its facts and figures; those of a run of this session also tell what came since it was last saved.
    package let summary: RunSummary
    /// nil where this program can't read the saved line.
    package let spec: ExperimentSpec?
    /// Whether a store has it.
    package let isSaved: Bool

    /// The number that the store knows it by.
    var saved: Int? { isSaved ? summary.id : nil }

    /// Whether it is known where and when it was trained: not of a run that was saved and not read yet.
    var hasOrigin: Bool { summary.machine.threads > 0 }
}

/// An order of the rows.
package struct RunsOrder: Equatable, Sendable {
    /// The field sorted by; nil is the leaderboard.
    package var field: RunField?
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
        return RunOrder(field, isDescending: isDescending).sorted(rows) { ($0.summary, $0.spec) }
    }

    /// In the title of the table.
    func text(_ look: Look) -> String {
        guard let field else { return "leaderboard" }
        let arrow = look.glyphs == .ascii ? (isDescending ? " down" : " up") : (isDescending ? " ↓" : " ↑")
        return "by \(field.name == "id" ? "start" : field.name)\(arrow)"
    }
}

/// The filter with the text that it was read from.
package struct RunsFilter: Equatable, Sendable {
    package var text = ""
    var filter = RunFilter.none
}

/// A line that is being typed in Runs.
package struct RunsTyping: Equatable, Sendable {
    package enum Purpose: Equatable, Sendable {
        /// Esc brings back what held before.
        case filter(before: RunsFilter)
        case name(run: Int)
        case tags(run: Int, before: [String])
        case note(run: Int)
        /// How many more epochs.
        case epochs(run: Int)
        /// The learning rate that a failed run goes on with, from before it failed.
        case rate(run: Int)
    }

    /// The run that the text is for; nil for a filter.
    var run: Int? {
        switch purpose {
        case .filter: nil
        case .name(let run), .tags(let run, _), .note(let run), .epochs(let run), .rate(let run): run
        }
    }

    package var purpose: Purpose
    package var field: TextField
    /// Why the text is no filter.
    package var refusal: String?
}
