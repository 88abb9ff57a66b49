import Files
import TerminalUI

extension DashboardState {
    mutating func received(_ news: RunsNews) {
        switch news {
        case .listed(let list): listed(list)
        case .unavailable(let error):
            runs.problem = error
            runs.saved = []
            runs.reading += 1
            if screen == .runs || runs.awaiting != nil { message = .warning(error.description) }
            runs.awaiting = nil
        case .history(let run, let history):
            runs.asked = nil
            runs.histories[run] = history
        case .measured(let run):
            runs.measuring = nil
            runs.measured.insert(run)
        case .errors(let errors): if screen == .runs { runs.errors = RunErrorsState(errors) }
        case .errorsRefused(let reason): message = .error(reason)
        case .deleted(let numbers):
            runs.deleted.append(numbers)
            if runs.deleted.count > RunsState.mostDeleted { runs.deleted.removeFirst() }
            message = .note("run \(numbers.map(String.init).joined(separator: ", ")) is deleted: u brings it back")
        case .undeleted(let numbers):
            runs.hidden.subtract(numbers)
            runs.deleted.removeAll { $0 == numbers }
            if let number = numbers.first { runs.selected = key(ofSaved: number) }
            message = .note("run \(numbers.map(String.init).joined(separator: ", ")) is back")
        case .changed(let text): message = .note(text)
        case .failed(let error):
            message = .error(error.description)
            // What could not be deleted is still there.
            runs.hidden = Set(runs.deleted.joined())
        }
    }

    private mutating func listed(_ list: [SavedRun]) {
        runs.problem = nil
        runs.saved = list
        runs.reading += 1
        // A run that was deleted elsewhere can't be drawn any more.
        let numbers = Set(list.map(\.summary.id))
        for member in comparison.marked {
            if case .saved(let number) = member.key, !numbers.contains(number) {
                comparison.unmark(member.key)
                message = .warning("run \(number) was deleted by another program")
            }
        }
        runs.histories = runs.histories.filter { numbers.contains($0.key) }
        defer { runs.awaiting = nil }
        switch runs.awaiting {
        case .comparison: toggleComparison()
        case .baseline: cycleBaseline()
        case nil: break
        }
    }

    /// A run of this session under its number in the store.
    private func key(ofSaved number: Int) -> RunKey { allRuns.first { $0.saved == number }?.key ?? .saved(number) }

    // MARK: - What is wanted of the store

    /// Keeps the list up to date while it is looked at or a run of another program is drawn, and fetches the curves of
    /// the runs that are drawn: one at a time, so that scrolling asks for no more than what it ends on.
    mutating func runsEffects() -> [Effect] {
        refreshRuns()
        // Esc comes back to them from the digit that was opened.
        if screen != .runs, !(screen == .digits && cameFrom.last?.screen == .runs) { runs.errors = nil }
        var effects: [Effect] = []
        let wanted = wantedHistories
        let isLiving = wanted.contains { savedRun($0)?.summary.state.isAlive ?? false }
        let follows = screen == .runs || runs.awaiting != nil || isLiving
        if follows != runs.follows {
            runs.follows = follows
            effects.append(.runs(.follow(follows)))
        }
        if let number = unmeasuredRun {
            runs.measuring = number
            effects.append(.runs(.measure(number)))
        }
        runs.histories = runs.histories.filter { wanted.contains($0.key) }
        guard runs.asked == nil else { return effects }
        for number in wanted {
            guard let run = savedRun(number)?.summary else { continue }
            let stamp = HistoryStamp(run)
            guard runs.histories[number]?.stamp != stamp else { continue }
            runs.asked = number
            return effects + [.runs(.fetch(run: number, stamp: stamp))]
        }
        return effects
    }

    /// A run on the screen whose result is not that of the weights it ended with, the selected one first: an earlier
    /// version, or a run that was stopped in a hurry, left it so. One at a time.
    private var unmeasuredRun: Int? {
        guard screen == .runs, fitsScreen, runs.measuring == nil, data.loaded != nil, let selected = selectedRun else {
            return nil
        }
        let first = runsLayout.first(selected: selectedRow, of: runs.rows.count)
        return ([selected] + runs.rows.dropFirst(first).prefix(runsLayout.rows)).lazy.compactMap { row in
            guard case .saved(let number) = row.key, row.summary.awaitsTest, !runs.measured.contains(number) else {
                return nil
            }
            return number
        }.first
    }

    /// Saved runs that are drawn: the marked ones, the one that Confusion compares with, and the selected one where its
    /// panel has room.
    private var wantedHistories: [Int] {
        var keys = comparison.marked.map(\.key)
        // A baseline stays when its mark goes.
        if case .run(let key) = confusion.baseline, !keys.contains(key) { keys.append(key) }
        var numbers = keys.compactMap { if case .saved(let number) = $0 { number } else { nil } }
        if screen == .runs, runs.errors == nil, fitsScreen, runsLayout.hasCurves,
            case .saved(let number) = selectedRun?.key, !numbers.contains(number)
        {
            numbers.append(number)
        }
        return numbers
    }

    private func savedRun(_ number: Int) -> SavedRun? {
        // Newest first, and mostly without gaps: near where it would be without any.
        runs.saved.first { $0.summary.id == number }
    }
}
