import Foundation

/// A search in the store.
package struct SavedSearch: Sendable, Equatable {
    /// Its number.
    package let id: Int
    /// The user's name for it; nil without one.
    package let name: String?
    /// What it does, as text.
    package let plan: String
    /// When it was first started.
    package let started: Date
    /// When it ended; nil where it can go on.
    package let ended: Date?
    /// Seconds that it has taken, less those between its sessions.
    package let seconds: Double
}

/// A trial of a search in the store.
package struct SavedTrial: Sendable, Equatable {
    /// Where a trial stands.
    package enum State: String, Sendable, CaseIterable {
        /// It is trained, or was when the program ended.
        case running
        /// It has reached a rung, and may go on.
        case waiting
        /// It has reached its last epoch.
        case finished
        /// Its loss was no number, or it could not begin.
        case failed
        /// The user took it out: it goes on no more.
        case stopped
    }

    /// Its number within the search, from 0.
    package let number: Int
    /// Its run; nil before its first figures are saved, and where the run was purged.
    package var run: Int?
    /// Its line.
    package let line: String
    /// Where it stands.
    package var state: State
    /// What it reached last; greater is better.
    package var score: Double?
    /// What was chosen for it, as text; nil for a trial that repeats another one.
    package let point: String?
    /// Why its run failed; nil where it did not.
    package let failure: String?

    package init(
        number: Int, run: Int? = nil, line: String, state: State, score: Double? = nil, point: String? = nil,
        failure: String? = nil
    ) {
        (self.number, self.run, self.line, self.state, self.score) = (number, run, line, state, score)
        (self.point, self.failure) = (point, failure)
    }
}

/// What happened in the trials of a search since the last save: all of it is saved, or nothing.
package struct SearchProgress: Sendable {
    /// What happened in a run.
    package struct Trial: Sendable {
        /// The trial as it is now.
        package var trial: SavedTrial
        /// Its run, where that is not in the store yet.
        package var new: NewRun?
        /// What happened in its run.
        package var progress: UnsavedProgress

        package init(_ trial: SavedTrial, new: NewRun? = nil, progress: UnsavedProgress = UnsavedProgress()) {
            (self.trial, self.new, self.progress) = (trial, new, progress)
        }
    }

    /// By the numbers of the trials.
    package var trials: [Int: Trial] = [:]
    /// Runs whose states nobody needs any more.
    package var givenBack: [Int] = []
    /// What the search does from now on; nil where that stays.
    package var plan: String?
    /// Seconds that the search has taken so far; nil where they are not known.
    package var seconds: Double?

    package init() {}

    /// Whether nothing happened.
    package var isEmpty: Bool { trials.isEmpty && givenBack.isEmpty && plan == nil }
}

extension RunSummary {
    /// The tag that the trials of a search have.
    package static func tag(ofSearch search: Int) -> String { "search-\(search)" }

    /// The search that it is a trial of; nil where it is none.
    package var search: Int? {
        tags.lazy.compactMap { $0.hasPrefix("search-") ? Int($0.dropFirst("search-".count)) : nil }.first
    }
}
