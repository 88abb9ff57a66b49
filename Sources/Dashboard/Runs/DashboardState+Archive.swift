import Training

extension DashboardState {
    /// Earlier runs that are kept, without their digits.
    package static let mostArchived = 32

    /// The runs of this session that are kept in memory, oldest first, the newest one last.
    public var allRuns: [RunRecord] { archive + [run].compactMap { $0 } }

    /// The run of a number, if it is still known.
    func record(_ id: Int) -> RunRecord? { run?.id == id ? run : archive.first { $0.id == id } }

    /// Runs in the charts: the marked ones, then the newest.
    package var shownRuns: [RunRecord] {
        comparison.marked.compactMap { record($0.key) }.filter { $0.key != run?.key } + [run].compactMap { $0 }
    }

    /// The run that the charts are about: the newest of this session, or the last marked one before there is any.
    var curvesRun: RunRecord? { run ?? shownRuns.last }

    /// Puts the newest run among the earlier ones, before another takes its place. One without a finished epoch, as an
    /// edit with auto-run on leaves many, is worth no room, unless it failed.
    mutating func archiveRun() {
        guard let run, run.history.count > 0 || run.state == .failed && run.facts != nil else { return }
        archive.append(run.archived())
        guard archive.count > DashboardState.mostArchived else { return }
        // A marked run goes last: 7 can be marked, so there is another one.
        let oldest = archive.firstIndex { !comparison.isMarked($0.key) } ?? 0
        let gone = archive.remove(at: oldest)
        comparison.unmark(gone.key)
        // In the store it is still there.
        if runs.selected == gone.key, let number = gone.saved { runs.selected = .saved(number) }
    }

    /// Marks the newest of the earlier runs, or none if some are marked.
    mutating func toggleComparison() {
        guard comparison.isEmpty else { return comparison.clear() }
        for run in archive.suffix(Comparison.most - 1) { comparison.mark(run.key) }
    }

    /// Marks another run for the charts, or takes its mark away.
    mutating func toggleMark(_ key: RunKey) {
        if key == run?.key {
            message = .note("the newest run is always drawn")
        } else if comparison.isMarked(key) {
            comparison.unmark(key)
        } else if comparison.isFull {
            message = .note("\(Comparison.most) runs are as many as can be told apart: m takes a mark away")
        } else {
            comparison.mark(key)
        }
    }
}
