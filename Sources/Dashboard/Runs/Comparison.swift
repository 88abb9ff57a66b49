/// Which earlier runs are drawn beside the newest one, and in which of the runs' colours.
public struct Comparison: Equatable, Sendable {
    /// Runs in one chart, the newest one among them: as many as there are colours.
    public static let most = 8

    public struct Member: Equatable, Sendable {
        /// Number of the run.
        public let id: Int
        /// 0 ..< `most`: colour and mark, the same wherever the run is drawn.
        public let slot: Int
    }

    /// Marked runs in the order of their marking.
    public private(set) var marked: [Member] = []
    /// The newest run's.
    private var newest: Member?

    public init() {}

    var isEmpty: Bool { marked.isEmpty }
    var isFull: Bool { marked.count >= Comparison.most - 1 }

    /// The slot of a run that is marked or the newest; nil for any other.
    public func slot(of id: Int) -> Int? {
        if newest?.id == id { return newest?.slot }
        return marked.first { $0.id == id }?.slot
    }

    func isMarked(_ id: Int) -> Bool { marked.contains { $0.id == id } }

    mutating func mark(_ id: Int) {
        guard !isFull, !isMarked(id), newest?.id != id else { return }
        marked.append(member(id))
    }

    mutating func unmark(_ id: Int) { marked.removeAll { $0.id == id } }

    mutating func clear() { marked = [] }

    /// A run has started: it takes a free slot, and the one before it gives its own up.
    mutating func start(_ id: Int) {
        newest = nil
        newest = member(id)
    }

    /// By the run's number where that slot is free, so that it mostly has the same colour in every comparison.
    private func member(_ id: Int) -> Member {
        let taken = Set((marked + [newest].compactMap { $0 }).map(\.slot))
        let preferred = (id - 1) % Comparison.most
        let free = (0..<Comparison.most).map { (preferred + $0) % Comparison.most }.first { !taken.contains($0) }
        return Member(id: id, slot: free ?? preferred)
    }
}
