import Training

extension DashboardState {
    /// Earlier runs that are kept, without their digits.
    package static let mostArchived = 32

    /// Every run that is known, oldest first, the newest one last.
    public var allRuns: [RunRecord] { archive + [run].compactMap { $0 } }

    /// The run of a number, if it is still known.
    func record(_ id: Int) -> RunRecord? { run?.id == id ? run : archive.first { $0.id == id } }

    /// Runs in the charts: the marked ones, then the newest.
    var shownRuns: [RunRecord] {
        comparison.marked.compactMap { record($0.id) }.filter { $0.id != run?.id } + [run].compactMap { $0 }
    }

    /// Puts the newest run among the earlier ones, before another takes its place. One without a finished epoch, as an
    /// edit with auto-run on leaves many, is worth no room, unless it failed.
    mutating func archiveRun() {
        guard let run, run.history.count > 0 || run.state == .failed && run.facts != nil else { return }
        archive.append(run.archived())
        guard archive.count > DashboardState.mostArchived else { return }
        // A marked run goes last: 7 can be marked, so there is another one.
        let oldest = archive.firstIndex { !comparison.isMarked($0.id) } ?? 0
        comparison.unmark(archive[oldest].id)
        archive.remove(at: oldest)
    }

    /// Marks the newest of the earlier runs, or none if some are marked.
    mutating func toggleComparison() {
        guard comparison.isEmpty else { return comparison.clear() }
        for run in archive.suffix(Comparison.most - 1) { comparison.mark(run.id) }
    }

    /// Marks an earlier run for the charts, or takes its mark away.
    mutating func toggleMark(_ id: Int) {
        if id == run?.id {
            message = .note("the newest run is always drawn")
        } else if comparison.isMarked(id) {
            comparison.unmark(id)
        } else if comparison.isFull {
            message = .note("\(Comparison.most) runs are as many as can be told apart: m takes a mark away")
        } else {
            comparison.mark(id)
        }
    }
}
