/// Which other runs are drawn beside the newest one, and in which of the runs' colours.
package struct Comparison: Equatable, Sendable {
    /// Runs in one chart, the newest one among them: as many as there are colours.
    package static let most = 8

    package struct Member: Equatable, Sendable {
        package let key: RunKey
        /// 0 ..< `most`: colour and mark, the same wherever the run is drawn.
        package let slot: Int
    }

    /// Marked runs in the order of their marking.
    package private(set) var marked: [Member] = []
    /// Whether the newest run is drawn alone for now; the marks stay.
    package private(set) var isHidden = false
    /// Whether a person chose the marked runs, not just to see the newest ones.
    private(set) var isChosen = false
    /// The newest run's.
    private var newest: Member?

    package init() {}

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

    /// Marks runs that nobody chose.
    mutating func mark(newest keys: some Sequence<RunKey>) {
        for key in keys { mark(key) }
        isChosen = false
    }

    mutating func unmark(_ key: RunKey) { marked.removeAll { $0.key == key } }

    mutating func clear() { (marked, isHidden) = ([], false) }

    /// Leaves the marked runs out of the charts, or brings them back.
    mutating func toggleHidden() { isHidden.toggle() }

    /// A run has started: it takes a free slot, and the one before it gives its own up.
    mutating func start(_ key: RunKey) {
        newest = nil
        newest = member(key)
    }

    /// By the run's number where that slot is free, so that it mostly has the same colour in every comparison.
    private func member(_ key: RunKey) -> Member {
        let taken = Set((marked + [newest].compactMap { $0 }).map(\.slot))
        let preferred = (max(1, key.number) - 1) % Comparison.most
        let free = (0..<Comparison.most).map { (preferred + $0) % Comparison.most }.first { !taken.contains($0) }
        return Member(key: key, slot: free ?? preferred)
    }
}
