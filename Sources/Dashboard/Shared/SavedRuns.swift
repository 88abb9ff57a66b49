import Runs

/// What was read from the run store, and what is on its way.
package struct SavedRuns: Equatable, Sendable {
    /// Every run of the store, the newest first, as it was last read.
    package internal(set) var list: [SavedRun] = []
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
    /// Whether the list is updated.
    var follows = false

    package init() {}

    /// Whether the store was not read yet.
    var isLoading: Bool { hasStore && reading == 0 }

    /// Something to do with the saved runs as soon as they have been read.
    enum Awaiting { case comparison, baseline }

    static let noOther = "no other run yet to compare with"

    /// Has the runs read, where they were not yet, for something that needs them; or says that there is none.
    mutating func read(for purpose: Awaiting, orSay message: inout Message?) {
        if isLoading { awaiting = purpose } else { message = .note(SavedRuns.noOther) }
    }

    /// A run as it was last read; nil where the list does not have it.
    subscript(_ number: Int) -> SavedRun? { list.first { $0.summary.id == number } }

    /// Undoing more would surprise.
    static let mostDeleted = 32
}
