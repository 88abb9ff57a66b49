import Training

/// The confusion matrices of a run's epochs, how sure its predictions were and which rows were wrong, in bounded memory:
/// when full, every second one is removed. The first and the newest always stay.
///
/// An entry of 10 classes and 6,000 rows is 1.2 kB, so 64 of them, the most, are 75 kB, also after 10,000 epochs.
package struct ConfusionHistory: Equatable, Sendable {
    struct Entry: Equatable, Sendable {
        /// 0 is the untrained network.
        var epoch: Int
        /// Row by row, true classes by predicted ones.
        var counts: [Int32]
        /// nil where it was not recorded, as the next.
        var sureness: Sureness?
        var wrong: RowSet?
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
    package mutating func append(_ confusion: EpochConfusion) {
        let epoch = confusion.epoch
        if confusion.counts.count != classes || epoch < entries.last?.epoch ?? 0 {
            entries = []
            stride = 1
            classes = confusion.counts.count
        }
        if let last = entries.last, last.epoch == epoch || !last.epoch.isMultiple(of: stride) { entries.removeLast() }
        while entries.count >= capacity {
            stride *= 2
            let (stride, first) = (stride, entries.first?.epoch)
            entries.removeAll { !$0.epoch.isMultiple(of: stride) && $0.epoch != first }
        }
        entries.append(
            Entry(
                epoch: epoch, counts: confusion.counts.joined().map { Int32(clamping: $0) },
                sureness: confusion.sureness, wrong: confusion.wrong))
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

    /// The recall of a class after each stored epoch; nil for a class without rows.
    func recalls(of label: Int) -> [Double?] {
        guard (0..<classes).contains(label) else { return [] }
        return entries.map { entry in
            let row = entry.counts[(label * classes)..<((label + 1) * classes)]
            let total = row.reduce(0) { $0 + Int($1) }
            return total > 0 ? Double(row[row.startIndex + label]) / Double(total) : nil
        }
    }

    /// The shares of sure and unsure, right and wrong predictions after each stored epoch; nil where they were not
    /// recorded.
    package var sureShares: [SureShares?] {
        entries.map { entry in
            let rows = entry.counts.reduce(0) { $0 + Int($1) }
            let right = (0..<classes).reduce(0) { $0 + Int(entry.counts[$1 * classes + $1]) }
            return entry.sureness.map { SureShares($0, right: right, rows: rows) }
        }
    }

    /// The rows that an epoch broke, and how many it mended.
    package struct Broken: Equatable {
        /// The epoch before, or one further back where those between are not kept.
        package let since: Int
        /// Rows of the evaluation that were right then and are wrong now, in order.
        package let rows: [Int]
        /// Number of rows that were wrong then and are right now.
        package let mended: Int
    }

    /// What changed from the entry before; nil for the first one, and where the wrong rows were not recorded.
    package func broken(at epoch: Int) -> Broken? {
        guard let index = entries.lastIndex(where: { $0.epoch <= epoch }), index > 0,
            let now = entries[index].wrong, let before = entries[index - 1].wrong
        else { return nil }
        return Broken(
            since: entries[index - 1].epoch, rows: now.rows(notIn: before), mended: before.rows(notIn: now).count)
    }
}
