/// The confusion matrices of a run's epochs in bounded memory: when full, every second one is removed. The first and
/// the newest always stay.
package struct ConfusionHistory: Equatable, Sendable {
    struct Entry: Equatable, Sendable {
        /// 0 is the untrained network.
        var epoch: Int
        /// Row by row, true classes by predicted ones.
        var counts: [Int32]
    }

    private var entries: [Entry] = []
    /// Epochs between two stored matrices: a power of two.
    private var stride = 1
    private var classes = 0
    /// Counts in all matrices together, at most: a megabyte.
    private static let mostCounts = 1 << 18
    /// The greatest number, as more could not be distinguished on a slider.
    private static let mostEntries = 64

    package init() {}

    /// The epochs with stored matrices, oldest first.
    package var epochs: [Int] { entries.map(\.epoch) }

    private var capacity: Int {
        max(4, min(ConfusionHistory.mostEntries, ConfusionHistory.mostCounts / max(1, classes * classes)))
    }

    /// Adds the matrix of an epoch. It replaces one of the same epoch, or one between two strides.
    mutating func append(_ confusion: [[Int]], epoch: Int) {
        if confusion.count != classes || epoch < entries.last?.epoch ?? 0 {
            entries = []
            stride = 1
            classes = confusion.count
        }
        if let last = entries.last, last.epoch == epoch || !last.epoch.isMultiple(of: stride) { entries.removeLast() }
        while entries.count >= capacity {
            stride *= 2
            let (stride, first) = (stride, entries.first?.epoch)
            entries.removeAll { !$0.epoch.isMultiple(of: stride) && $0.epoch != first }
        }
        entries.append(Entry(epoch: epoch, counts: confusion.joined().map { Int32(clamping: $0) }))
    }

    /// The last stored matrix of this epoch or an earlier one; nil before the first.
    package func confusion(at epoch: Int) -> [[Int]]? {
        entries.last { $0.epoch <= epoch }.map { entry in
            (0..<classes).map { row in entry.counts[(row * classes)..<((row + 1) * classes)].map(Int.init) }
        }
    }

    /// The count of one cell after each stored epoch.
    func counts(row: Int, column: Int) -> [Int] {
        guard row < classes, column < classes else { return [] }
        return entries.map { Int($0.counts[row * classes + column]) }
    }
}
