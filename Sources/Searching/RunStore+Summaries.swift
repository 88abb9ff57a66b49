import Foundation
import Runs
import Search

/// A search in a list.
package struct SearchListing: Sendable, Equatable {
    /// The search as it is saved.
    package let search: SavedSearch
    /// What it does; nil where this program can't read it.
    package let plan: SearchPlan?
    /// Whether it is under way.
    package let state: SearchState
    /// How many trials it has, and how far they are.
    package let tally: SearchTally

    package init(_ search: SavedSearch, state: SearchState, tally: SearchTally) {
        (self.search, self.state, self.tally) = (search, state, tally)
        plan = try? SearchPlan(of: search)
    }
}

extension RunStore {
    /// All searches, the newest first, with how far they are.
    package func searchListings(now: Date = Date()) throws(StoreError) -> [SearchListing] {
        let tallies = try searchTallies()
        var listings: [SearchListing] = []
        for search in try searches() {
            listings.append(
                SearchListing(
                    search, state: try state(of: search, now: now), tally: tallies[search.id] ?? SearchTally()))
        }
        return listings
    }

    /// A search with all its trials; nil where there is none of the number.
    ///
    /// - Returns: a problem for one that this program can't read.
    package func summary(
        ofSearch number: Int, now: Date = Date()
    ) throws(StoreError) -> Result<SearchSummary, SearchProblem>? {
        guard let search = try searches().first(where: { $0.id == number }) else { return nil }
        let (state, trials) = (try state(of: search, now: now), try trials(of: number))
        let epochs = try trialEpochs(of: number)
        return Result { () throws(SearchProblem) in
            try SearchSummary(search, state: state, trials: trials, epochs: epochs)
        }
    }

    private func state(of search: SavedSearch, now: Date) throws(StoreError) -> SearchState {
        if search.ended != nil { return .ended }
        return try process(ofSearch: search.id, now: now).map { .running(process: $0) } ?? .interrupted
    }
}
