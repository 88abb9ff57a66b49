import Foundation
import Runs
import Specs

extension RunLibrary {
    /// Runs of which more than this are new are measured all at once.
    private static let few = 20

    /// The runs of the store, the newest first, with what each takes in it. Where a part of the store can't be read, that
    /// stays unknown.
    ///
    /// A run that has not changed stays where it is in memory, measured and its line parsed: measuring a thousand takes a
    /// tenth of a second, and parsing them longer.
    ///
    /// - Parameter known: the list before.
    static func list(_ store: RunStore, _ known: [SavedRun], now: Date) throws(StoreError) -> [SavedRun] {
        var list: [SavedRun] = []
        list.reserveCapacity(known.count)
        var unmeasured: [Int] = []
        var parsed: [String: SavedRun] = [:]
        var place = 0
        try store.eachSummary(now: now) { summary in
            while place < known.count, known[place].summary.id > summary.id { place += 1 }
            let before = place < known.count && known[place].summary.id == summary.id ? known[place] : nil
            var summary = summary
            if let before, SizeStamp(before.summary) == SizeStamp(summary) { summary.size = before.summary.size }
            if summary.size == nil { unmeasured.append(list.count) }
            if let before, before.summary == summary { return list.append(before) }
            if let other = before ?? list.last ?? known.first { summary.shareTexts(with: other.summary) }
            let run: SavedRun
            if let same = before.flatMap({ $0.summary.specLine == summary.specLine ? $0 : nil })
                ?? parsed[summary.specLine]
            {
                run = same.with(summary)
            } else {
                run = SavedRun(summary)
                parsed[summary.specLine] = run
            }
            list.append(run)
        }
        measure(unmeasured, of: &list, store)
        return list
    }

    private static func measure(_ places: [Int], of list: inout [SavedRun], _ store: RunStore) {
        let isAll = places.count > few
        let all = isAll ? try? store.sizes() : nil
        for place in places {
            var summary = list[place].summary
            summary.size = isAll ? all?[summary.id] : try? store.size(of: summary.id)
            if summary.size != list[place].summary.size { list[place] = list[place].with(summary) }
        }
    }

    /// Where two of the same run are equal, it takes as much as before.
    private struct SizeStamp: Equatable {
        let epochs: Int
        let state: SavedRunState
        let checkpoint: RunPlace?
        let end: RunPlace?
        let test: RunPlace?

        init(_ run: RunSummary) {
            (epochs, state, checkpoint, end, test) = (
                run.epochs, run.state, run.checkpointPlace, run.finalPlace, run.testPlace
            )
        }
    }
}
