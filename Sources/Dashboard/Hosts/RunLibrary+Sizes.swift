import Runs
import Specs

extension RunLibrary {
    /// Runs of which more than this are new are measured all at once.
    private static let few = 20

    /// The runs with what each takes in the store. Of a run that has not changed that is known: measuring a thousand
    /// takes a tenth of a second. Where a part of the store can't be read, it stays unknown.
    static func measured(_ summaries: [RunSummary], _ known: [SavedRun], _ store: RunStore) -> [RunSummary] {
        var sizes: [Int: RunSize] = [:]
        let before = Dictionary(known.map { ($0.summary.id, $0) }) { first, _ in first }
        for run in summaries {
            guard let same = before[run.id]?.summary, SizeStamp(same) == SizeStamp(run) else { continue }
            sizes[run.id] = same.size
        }
        let new = summaries.filter { sizes[$0.id] == nil }.map(\.id)
        if new.count > few {
            if let all = try? store.sizes() { sizes.merge(all) { $1 } }
        } else {
            for run in new { sizes[run] = try? store.size(of: run) }
        }
        return summaries.map { run in
            var run = run
            run.size = sizes[run.id]
            return run
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
