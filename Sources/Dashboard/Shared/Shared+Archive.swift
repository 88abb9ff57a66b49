import Training

extension Shared {
    /// The greatest number of earlier runs in memory, without their digits.
    package static let mostArchived = 32

    /// The runs of this session in memory, oldest first, the newest one last.
    package var allRuns: [ShownRun] { archive + [sessionRun].compactMap { $0 } }

    /// The run of a number, if it is still known.
    func record(_ id: Int) -> ShownRun? {
        if run?.key == .session(id) { return run }
        return sessionRun?.id == id ? sessionRun : archive.first { $0.id == id }
    }

    /// Runs in the charts: the marked ones, then the newest.
    package var shownRuns: [ShownRun] {
        (comparison.isHidden ? [] : comparison.marked).compactMap { record($0.key) }.filter { $0.key != run?.key }
            + [run].compactMap { $0 }
    }

    /// The run of the charts: the newest of this session, or the last marked one before there is any.
    var curvesRun: ShownRun? { run ?? shownRuns.last }

    /// Puts the newest run into the archive, before another replaces it. A run without a finished epoch is dropped
    /// unless it failed: with auto-run on, edits leave many of these.
    mutating func archiveRun() {
        guard let run, run.history.count > 0 || run.state == .failed && run.facts != nil else { return }
        archive.append(run.archived())
        guard archive.count > Shared.mostArchived else { return }
        // A marked run goes last: 7 can be marked, so there is another one.
        let oldest = archive.firstIndex { !comparison.isMarked($0.key) } ?? 0
        let gone = archive.remove(at: oldest)
        comparison.unmark(gone.key)
    }

    /// The newest saved run of the loaded data set, which the charts draw faintly before the first run; nil once there is
    /// a run, or without one.
    var previousRun: Int? {
        guard run == nil, let name = data.loaded?.dataset.name else { return nil }
        return savedRuns.list.first {
            $0.summary.epochs > 0 && $0.summary.dataset == name && !savedRuns.hidden.contains($0.summary.id)
        }?.summary.id
    }

    /// Earlier runs to compare with where none is marked, the newest last: those of this session, or else the
    /// newest of the saved ones, as far as these have been read.
    var earlierRuns: [RunKey] {
        if !archive.isEmpty { return archive.map(\.key) }
        let saved = savedRuns.list.lazy.map(\.summary).filter {
            $0.epochs > 0 && $0.id != run?.saved && !savedRuns.hidden.contains($0.id)
        }
        return saved.prefix(Comparison.most - 1).reversed().map { .saved($0.id) }
    }

    /// The marked runs in the charts, or the newest one alone; where none is marked, marks the newest earlier ones.
    mutating func toggleComparison() {
        guard comparison.isEmpty else { return toggleMarkedRuns() }
        let earlier = earlierRuns.suffix(Comparison.most - 1)
        guard let newest = earlier.last else { return savedRuns.read(for: .comparison, orSay: &message) }
        comparison.mark(newest: earlier)
        if case .saved = newest { message = .note("beside the newest saved runs: \(self.key(.runs)) chooses others") }
    }

    /// A look at one run alone does not lose the user's marks.
    private mutating func toggleMarkedRuns() {
        guard comparison.isChosen else { return comparison.clear() }
        guard run != nil || comparison.isHidden else {
            message = .note(
                "no run of its own to draw alone: \(self.key(.unmarkAll)) in \(key(.runs)) takes the marks away")
            return
        }
        comparison.toggleHidden()
        if comparison.isHidden { message = .note("this run alone: \(self.key(.compare)) brings the marked ones back") }
    }

    /// Marks another run for the charts, or takes its mark away.
    mutating func toggleMark(_ key: RunKey) {
        if key == run?.key {
            message = .note("the run that is shown is always drawn")
        } else if comparison.isMarked(key) {
            comparison.unmark(key)
        } else if comparison.isFull {
            message = .note(
                "\(Comparison.most) runs are as many as can be told apart: \(self.key(.mark)) takes a mark away")
        } else {
            comparison.mark(key)
        }
    }
}
