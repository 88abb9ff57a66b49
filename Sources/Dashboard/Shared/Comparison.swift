/// The other runs that are drawn beside the newest one, and their colours.
package struct Comparison: Equatable, Sendable {
    /// The greatest number of runs in one chart, with the newest one: the number of colours.
    package static let most = 8

    /// A run with its colour.
    package struct Member: Equatable, Sendable {
        /// The run.
        package let key: RunKey
        /// 0 ..< `most`: the number of its colour and its mark, the same on all screens.
        package let slot: Int
    }

    /// Marked runs in the order of marking.
    package private(set) var marked: [Member] = []
    /// Whether only the newest run is drawn for now; the marks stay.
    package private(set) var isHidden = false
    /// Whether the user chose the marked runs, and not just asked for the newest ones.
    private(set) var isChosen = false
    /// The slot of the newest run.
    private var newest: Member?

    package init() {}

    /// Whether no run is marked.
    package var isEmpty: Bool { marked.isEmpty }
    var isFull: Bool { marked.count >= Comparison.most - 1 }

    /// The slot of a run that is marked or the newest; nil for any other.
    package func slot(of key: RunKey) -> Int? {
        if newest?.key == key { return newest?.slot }
        return marked.first { $0.key == key }?.slot
    }

    func isMarked(_ key: RunKey) -> Bool { marked.contains { $0.key == key } }

    mutating func mark(_ key: RunKey) {
        guard !isFull, !isMarked(key), newest?.key != key else { return }
        marked.append(member(key))
        (isHidden, isChosen) = (false, true)
    }

    /// Marks runs that the user did not choose.
    mutating func mark(newest keys: some Sequence<RunKey>) {
        for key in keys { mark(key) }
        isChosen = false
    }

    mutating func unmark(_ key: RunKey) { marked.removeAll { $0.key == key } }

    mutating func clear() { (marked, isHidden) = ([], false) }

    /// Hides the marked runs in the charts, or shows them again.
    mutating func toggleHidden() { isHidden.toggle() }

    /// After a start: the new run takes a free slot, and the one before it frees its own.
    mutating func start(_ key: RunKey) {
        newest = nil
        newest = member(key)
    }

    /// No run is the newest.
    mutating func startNothing() { newest = nil }

    /// The slot by the run's number where that is free, so that it usually has the same colour in every comparison.
    private func member(_ key: RunKey) -> Member {
        let taken = Set((marked + [newest].compactMap { $0 }).map(\.slot))
        let preferred = (max(1, key.number) - 1) % Comparison.most
        let free = (0..<Comparison.most).map { (preferred + $0) % Comparison.most }.first { !taken.contains($0) }
        return Member(key: key, slot: free ?? preferred)
    }
}
