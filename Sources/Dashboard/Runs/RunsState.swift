import Runs
import Specs
import TerminalUI

/// What Runs shows: the saved runs, what a person chose among them, and what was fetched of them.
public struct RunsState: Equatable, Sendable {
    /// Every run of the store, the newest first, as it was last read.
    public internal(set) var saved: [SavedRun] = []
    /// Whether there is a store to read runs from.
    public var hasStore = false
    /// Counts the readings.
    var reading = 0
    /// Why there are no saved runs; nil where they can be read.
    public internal(set) var problem: StoreError?
    /// Saved runs that were deleted here and that the list still has.
    var hidden: Set<Int> = []
    /// What was deleted here and can be brought back, the newest last.
    var deleted: [[Int]] = []

    /// The runs that pass the filter, in the table's order.
    public internal(set) var rows: [RunRow] = []
    /// Runs that there are, whatever the filter.
    public internal(set) var total = 0
    /// What the rows were made from.
    var basis: RunsBasis?

    /// The selected run; the first row where it is not among them.
    public var selected: RunKey?
    public var order = RunsOrder()
    public var columns = RunsColumns.Choice.results
    public internal(set) var filter = RunsFilter()
    /// What is being typed: a filter, a name, tags or a note.
    public internal(set) var typing: RunsTyping?
    /// What lies below the table where there is room for one thing.
    public enum Panel: CaseIterable, Sendable { case run, difference }
    public var panel = Panel.run
    /// Which digits two runs differ on; fills the view.
    public internal(set) var errors: RunErrorsState?

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

    public init() {}

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
public struct RunRow: Equatable, Sendable {
    public let key: RunKey
    /// Its facts and figures; those of a run of this session also tell what came since it was last saved.
    public let summary: RunSummary
    /// nil where this program can't read the saved line.
    public let spec: ExperimentSpec?
    /// Whether a store has it.
    public let isSaved: Bool

    /// The number that the store knows it by.
    var saved: Int? { isSaved ? summary.id : nil }

    /// Whether it is known where and when it was trained: not of a run that was saved and not read yet.
    var hasOrigin: Bool { summary.machine.threads > 0 }
}

/// An order of the rows.
public struct RunsOrder: Equatable, Sendable {
    /// The field sorted by; nil is the leaderboard.
    public var field: RunField?
    public var isDescending = true

    /// The newest first.
    public init() { field = RunField.named("id") }

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
public struct RunsFilter: Equatable, Sendable {
    public var text = ""
    var filter = RunFilter.none
}

/// A line that is being typed in Runs.
public struct RunsTyping: Equatable, Sendable {
    public enum Purpose: Equatable, Sendable {
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

    public var purpose: Purpose
    public var field: TextField
    /// Why the text is no filter.
    public var refusal: String?
}
