import Runs
import Search
import Searching
import TerminalUI

/// The user's choices in Search, and what was read of searches.
package struct SearchScreen: Equatable, Sendable {
    /// The panels, in the order in which a key goes through them.
    package enum Panel: CaseIterable, Sendable {
        case trials, axes, best, rungs, importance, list

        /// In words for a message.
        var words: String {
            switch self {
            case .trials: "the trials"
            case .axes: "the settings side by side"
            case .best: "the best so far"
            case .rungs: "the rungs"
            case .importance: "how much each setting counts"
            case .list: "all searches"
            }
        }
    }

    /// An order of the trials.
    package enum Order: CaseIterable, Sendable {
        case rank, number, accuracy, epochs, seconds

        /// In words for a title.
        var words: String {
            switch self {
            case .rank: "best first"
            case .number: "by number"
            case .accuracy: "by val %"
            case .epochs: "by epochs"
            case .seconds: "by time"
            }
        }
    }

    /// The search that runs here.
    package struct Own: Equatable, Sendable {
        /// Its number.
        package var number: Int
        /// Whether its trials are held.
        package var isPaused = false
        /// Why it can't be saved now.
        package var trouble: String?
    }

    /// All searches, the newest first; nil before they were read.
    package internal(set) var listings: [SearchListing]?
    /// Why nothing can be read.
    package internal(set) var problem: String?
    /// The search that is shown; nil where there is none, or it was not read yet.
    package internal(set) var shown: ShownSearch?
    /// The number of the search that is to be shown; nil for the newest.
    package internal(set) var chosen: Int?
    /// The search that runs here; nil without one.
    package internal(set) var own: Own?
    /// Whether one is being started.
    package internal(set) var isStarting = false

    /// The panel that keys are about.
    package var panel = Panel.trials
    /// Whether it has the whole screen.
    package internal(set) var isAlone = false
    /// The number of the selected trial; nil for the first row.
    package internal(set) var selected: Int?
    /// The order of the trials.
    package internal(set) var order = Order.rank
    /// Whether the order is turned round.
    package internal(set) var isReversed = false
    /// Whether the best so far is drawn against time, else against trials.
    package internal(set) var isByTime = false
    /// What is brushed.
    package internal(set) var brush = SearchBrush()
    /// The chosen axis; nil while the arrows choose trials.
    package internal(set) var axis: Int?
    /// The place of the cursor on it, 0 ... 1.
    package internal(set) var cursor = 0.5
    /// Where on the axis a range begins that is being brushed.
    package internal(set) var brushStart: Double?
    /// The line that is typed.
    package internal(set) var typing: SearchTyping?
    /// The trials of the table, as places among the search's, in its order.
    package private(set) var rows: [Int] = []

    /// What is asked of the store.
    enum Followed: Equatable { case nothing, newest, search(Int) }
    var followed = Followed.nothing
    /// Whether a run is being read that is to be shown.
    package internal(set) var isReadingRun = false

    package init() {}

    /// Whether an answer is still to come.
    package var awaitsReply: Bool {
        isReadingRun || isStarting || followed != .nothing && listings == nil && problem == nil
            || listings?.isEmpty == false && shown == nil && problem == nil
    }

    /// About how long the shown search still takes, in words; nil where it is not under way, or held, or nothing is known of it.
    package var timeToGo: String? {
        if isOwn, own?.isPaused == true { return nil }
        return shown?.summary.secondsToGo.map(SearchBudget.toGo)
    }

    /// The selected trial; the first row where another one is brushed away.
    package var selectedTrial: SearchTrial? {
        guard let shown, !rows.isEmpty else { return nil }
        return shown.summary.trials[rows[selectedRow]]
    }

    /// Its row in the table.
    package var selectedRow: Int {
        guard let shown else { return 0 }
        return rows.firstIndex { shown.summary.trials[$0].number == selected } ?? 0
    }

    /// Whether the search that is shown runs here.
    var isOwn: Bool { own != nil && own?.number == shown?.summary.search.id }

    /// Fills the table anew.
    mutating func arrange() {
        guard let shown else {
            rows = []
            return
        }
        let trials = shown.summary.trials
        let passing = trials.indices.filter { brush.takes(trials[$0]) }
        let keys = passing.map { place -> (Double, Int) in
            let trial = trials[place]
            let key: Double =
                switch order {
                case .rank: -shown.standing(of: trial)
                case .number: Double(trial.number)
                case .accuracy: -(trial.accuracy ?? -1)
                case .epochs: -Double(trial.length)
                case .seconds: -trial.seconds
                }
            return (key, place)
        }
        let sorted = keys.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.1)
        rows = isReversed ? sorted.reversed() : sorted
    }
}

/// A search that is shown, with what follows from its trials.
package struct ShownSearch: Equatable, Sendable {
    /// The search.
    package let summary: SearchSummary
    /// How much each setting counts; nil before that is known.
    package let importance: SettingImportance?
    /// The axes of its settings and its results.
    let axes: SearchAxes
    /// The best so far against time.
    let best: BestSoFar
    /// Columns that the words of each setting take.
    let widths: [String: Int]

    package init(_ summary: SearchSummary, _ importance: SettingImportance?) {
        (self.summary, self.importance) = (summary, importance)
        (axes, best) = (SearchAxes(summary), BestSoFar(summary))
        var widths: [String: Int] = [:]
        for trial in summary.trials {
            for (name, text) in Self.texts(of: trial, in: summary) {
                widths[name] = max(widths[name] ?? 0, text.columns)
            }
        }
        self.widths = widths
    }

    /// What was chosen, by the names of settings; of a trial that repeats another one its seed.
    static func texts(of trial: SearchTrial, in search: SearchSummary) -> [String: String] {
        guard let point = trial.point else {
            let seed = trial.spec.map { "seed \($0.training.seed)" } ?? ""
            let words = trial.repeats.map { "as \($0 + 1), \(seed)" } ?? seed
            return search.space.chosenNames.first.map { [$0: words] } ?? [:]
        }
        return Dictionary(search.space.chosen(in: point).map { ($0.name, $0.text) }) { first, _ in first }
    }

    /// By what a trial stands in the table: its rank; one that repeats another stands just behind that, one without a rank last.
    func standing(of trial: SearchTrial) -> Double {
        let original = trial.repeats ?? trial.number
        guard let place = summary.trials.firstIndex(where: { $0.number == original }), let rank = summary.ranks[place]
        else { return -1 }
        return trial.repeats == nil ? rank : rank - 1e-9
    }
}

/// A line that is typed in Search.
package struct SearchTyping: Equatable, Sendable {
    /// What it is for.
    package enum Purpose: Equatable, Sendable {
        /// A space, with its budget, to search.
        case request
        /// Another budget of the search that runs here.
        case budget
    }

    /// What it is for.
    package let purpose: Purpose
    /// The text and its cursor.
    package var field: TextField
    /// Why the text is refused; nil where it is not.
    package var refusal: String?
}
