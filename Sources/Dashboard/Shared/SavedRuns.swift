import Runs

/// The data of the run store that was read, and the requests to it.
package struct SavedRuns: Equatable, Sendable {
    /// Every run of the store, the newest first, as it was last read.
    package internal(set) var list: [SavedRun] = []
    /// Whether there is a store to read runs from.
    package var hasStore = false
    /// Number of times that the list was read.
    var reading = 0
    /// Why there are no saved runs; nil where they can be read.
    package internal(set) var problem: StoreError?
    /// Runs that were deleted here while the list still has them.
    var hidden: Set<Int> = []
    /// Runs that were deleted here and can be brought back, the newest last.
    var deleted: [[Int]] = []
    /// The curves of drawn runs.
    var histories: [Int: SavedHistory] = [:]
    /// Small curves of the runs that were on the screen.
    var courses: [Int: SavedCourse] = [:]
    /// Whether small curves are being read.
    var asksCourses = false
    /// The run whose curves are being read.
    var asked: Int?
    /// The run that is being evaluated.
    var measuring: Int?
    /// Runs that were evaluated here, or could not be.
    var measured: Set<Int> = []
    /// A request that waits for the list.
    var awaiting: Awaiting?
    /// Whether the list is updated.
    var follows = false

    package init() {}

    /// Whether the store was not read yet.
    var isLoading: Bool { hasStore && reading == 0 }

    /// An action on saved runs for when they have been read.
    enum Awaiting { case comparison, baseline }

    /// Values of a small curve: as many as the widest one shows.
    static let coursePoints = 32
    /// The greatest number of small curves in memory: those of the rows about the selected one are kept.
    static let mostCourses = 400

    static let noOther = "no other run yet to compare with"

    /// Reads the runs, if they were not read yet, for an action that needs them; or reports that there are none.
    mutating func read(for purpose: Awaiting, orSay message: inout Message?) {
        if isLoading { awaiting = purpose } else { message = .note(SavedRuns.noOther) }
    }

    /// A run as it was last read; nil where it is not in the list.
    subscript(_ number: Int) -> SavedRun? { list.first { $0.summary.id == number } }

    /// Undoing more would surprise.
    static let mostDeleted = 32
}
