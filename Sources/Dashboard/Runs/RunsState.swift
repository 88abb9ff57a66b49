import Runs
import Specs
import TerminalUI

/// What Runs shows: the saved runs, what a person chose among them, and what was fetched of them.
package struct RunsState: Equatable, Sendable {
    /// Every run of the store, the newest first, as it was last read.
    package internal(set) var saved: [SavedRun] = []
    /// Whether there is a store to read runs from.
    package var hasStore = false
    /// Counts the readings.
    var reading = 0
    /// Why there are no saved runs; nil where they can be read.
    package internal(set) var problem: StoreError?
    /// Saved runs that were deleted here and that the list still has.
    var hidden: Set<Int> = []
    /// What was deleted here and can be brought back, the newest last.
    var deleted: [[Int]] = []

    /// The runs that pass the filter, in the table's order.
    package internal(set) var rows: [RunRow] = []
    /// Runs that there are, whatever the filter.
    package internal(set) var total = 0
    /// What the rows were made from.
    var basis: RunsBasis?

    /// The selected run; the first row where it is not among them.
    package var selected: RunKey?
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

    /// What was fetched of the runs that are drawn.
    var histories: [Int: SavedHistory] = [:]
    /// The one that is on its way.
    var asked: Int?
    /// The run that is being measured.
    var measuring: Int?
    /// Runs that were measured here, or could not be.
    var measured: Set<Int> = []
    /// What was asked for before there was a list.
    var awaiting: Awaiting?
    /// Whether the list is kept up to date.
    var follows = false

    package init() {}

    /// Whether the store was not read yet.
    var isLoading: Bool { hasStore && reading == 0 }

    /// Something to do with the saved runs as soon as they have been read.
    enum Awaiting { case comparison, baseline }

    static let noOther = "no other run yet to compare with"

    /// Has the runs read, where they were not yet, for something that needs them; or says that there is none.
    mutating func read(for purpose: Awaiting, orSay message: inout Message?) {
        if isLoading { awaiting = purpose } else { message = .note(RunsState.noOther) }
    }

    /// Undoing more would surprise.
    static let mostDeleted = 32
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
