import Files
import TerminalUI

/// Replies of the run store, and requests to it.
extension RunsScreen {
    /// - Parameter isShown: whether Runs is on the screen.
    package mutating func received(_ reply: StoreReply, _ shared: inout Shared, isShown: Bool) {
        switch reply {
        case .listed(let list): shared.listed(list)
        case .unavailable(let error):
            shared.savedRuns.problem = error
            shared.savedRuns.list = []
            shared.savedRuns.reading += 1
            if isShown || shared.savedRuns.awaiting != nil { shared.message = .warning(error.description) }
            shared.savedRuns.awaiting = nil
        case .history(let run, let history):
            shared.savedRuns.asked = nil
            shared.savedRuns.histories[run] = history
        case .courses(let courses):
            shared.savedRuns.asksCourses = false
            shared.savedRuns.courses.merge(courses) { _, new in new }
        case .opened(let content): shared.received(content)
        case .openFailed(let ticket, let reason): shared.openingFailed(ticket, reason)
        case .measured(let run):
            shared.savedRuns.measuring = nil
            shared.savedRuns.measured.insert(run)
        case .errors(let errors): if isShown { self.errors = RunErrorsState(errors) }
        case .ensemble(let ensemble):
            if isShown { self.ensemble = RunEnsembleState(ensemble) }
        case .refused(let reason): shared.message = .error(reason)
        // Draw has it.
        case .answered: break
        // The composer has them: see `Shared.begin(with:of:)`.
        case .weights: break
        case .deleted(let numbers):
            shared.savedRuns.deleted.append(numbers)
            if shared.savedRuns.deleted.count > SavedRuns.mostDeleted { shared.savedRuns.deleted.removeFirst() }
            shared.message = .note("run \(Self.text(numbers)) is deleted: \(shared.key(.undo)) brings it back")
        case .undeleted(let numbers):
            shared.savedRuns.hidden.subtract(numbers)
            shared.savedRuns.deleted.removeAll { $0 == numbers }
            if let number = numbers.first { selected = shared.key(ofSaved: number) }
            shared.message = .note("run \(Self.text(numbers)) is back")
        case .changed(let text): shared.message = .note(text)
        case .overLimit(let text): shared.message = .warning(text)
        case .failed(let error):
            shared.message = .error(error.description)
            // A run that could not be deleted is still there.
            shared.savedRuns.hidden = Set(shared.savedRuns.deleted.joined())
        }
    }

    private static func text(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: ", ") }

    // MARK: - Requests to the store

    /// Follows the list while it is open, or while a run of another program is drawn. Reads the curves of drawn runs,
    /// one at a time, so that scrolling reads only those at its end.
    ///
    /// - Parameter place: nil where Runs is not on the screen.
    package func storeEffects(_ shared: inout Shared, _ place: Place?) -> [Effect] {
        var effects: [Effect] = []
        let wanted = wantedHistories(shared, place)
        let followed = wanted + [shared.opened?.number].compactMap(\.self)
        let isLiving = followed.contains { shared.savedRuns[$0]?.summary.state.isAlive ?? false }
        // Before the first run the charts draw the newest saved one.
        let awaitsPrevious = shared.run == nil && shared.data.loaded != nil && shared.savedRuns.isLoading
        let follows = place != nil || shared.savedRuns.awaiting != nil || isLiving || awaitsPrevious
        if follows != shared.savedRuns.follows {
            shared.savedRuns.follows = follows
            effects.append(.runs(.follow(follows)))
        }
        if let place, let number = unmeasuredRun(shared, place) {
            shared.savedRuns.measuring = number
            effects.append(.runs(.measure(number)))
        }
        shared.savedRuns.histories = shared.savedRuns.histories.filter { wanted.contains($0.key) }
        effects += shared.openedEffects()
        if let place, shared.savedRuns.courses.count > SavedRuns.mostCourses { forgetCourses(&shared, place) }
        if let place, let courses = unreadCourses(shared, place) {
            shared.savedRuns.asksCourses = true
            effects.append(.runs(.fetchCourses(courses)))
        }
        guard shared.savedRuns.asked == nil else { return effects }
        for number in wanted {
            guard let run = shared.savedRuns[number]?.summary else { continue }
            let stamp = HistoryStamp(run)
            guard shared.savedRuns.histories[number]?.stamp != stamp else { continue }
            shared.savedRuns.asked = number
            return effects + [.runs(.fetch(run: number, stamp: stamp))]
        }
        return effects
    }

    /// A run on the screen whose test result is not that of its final weights, the selected one first: an earlier
    /// version, or a run that was stopped quickly, has left it so. One at a time.
    private func unmeasuredRun(_ shared: Shared, _ place: Place) -> Int? {
        guard shared.fitsScreen, shared.savedRuns.measuring == nil, shared.data.loaded != nil,
            let selected = selectedRun
        else { return nil }
        return ([selected] + shownRows(place)).lazy.compactMap { row in
            guard case .saved(let number) = row.key, row.summary.awaitsTest,
                !shared.savedRuns.measured.contains(number)
            else { return nil }
            return number
        }.first
    }

    /// Forgets the small curves of rows that are neither on the screen nor near the selected one.
    private func forgetCourses(_ shared: inout Shared, _ place: Place) {
        let near = SavedRuns.mostCourses / 4
        let about = rows.dropFirst(max(0, selectedRow - near)).prefix(2 * near)
        let kept = Set((about + shownRows(place)).compactMap(\.saved))
        shared.savedRuns.courses = shared.savedRuns.courses.filter { kept.contains($0.key) }
    }

    /// The rows on the screen.
    private func shownRows(_ place: Place) -> ArraySlice<RunRow> {
        let layout = layout(place)
        return rows.dropFirst(layout.first(selected: selectedRow, of: rows.count)).prefix(layout.rows)
    }

    /// The saved runs on the screen whose small curves are not read yet, or not of what they are now.
    private func unreadCourses(_ shared: Shared, _ place: Place) -> [Int: HistoryStamp]? {
        guard shared.fitsScreen, !shared.display.plain, !shared.savedRuns.asksCourses, errors == nil, ensemble == nil
        else {
            return nil
        }
        var wanted: [Int: HistoryStamp] = [:]
        for row in shownRows(place) {
            guard case .saved(let number) = row.key, row.summary.epochs > 1 else { continue }
            let stamp = HistoryStamp(row.summary)
            if shared.savedRuns.courses[number]?.stamp != stamp { wanted[number] = stamp }
        }
        return wanted.isEmpty ? nil : wanted
    }

    /// Saved runs that are drawn: the marked ones, the baseline of Confusion, and the selected one where its panel has
    /// room.
    private func wantedHistories(_ shared: Shared, _ place: Place?) -> [Int] {
        var keys = shared.comparison.marked.map(\.key)
        // A baseline stays when its mark is removed.
        if case .run(let key) = shared.lookBack.baseline, !keys.contains(key) { keys.append(key) }
        var numbers = keys.compactMap { if case .saved(let number) = $0 { number } else { nil } }
        if let previous = shared.previousRun, !numbers.contains(previous) { numbers.append(previous) }
        if let place, errors == nil, ensemble == nil, shared.fitsScreen, layout(place).drawsSelected,
            case .saved(let number) = selectedRun?.key, !numbers.contains(number)
        {
            numbers.append(number)
        }
        return numbers
    }
}

extension Shared {
    fileprivate mutating func listed(_ list: [SavedRun]) {
        savedRuns.problem = nil
        savedRuns.list = list
        savedRuns.reading += 1
        // A run that another program deleted can't be drawn any more.
        let numbers = Set(list.map(\.summary.id))
        for member in comparison.marked {
            if case .saved(let number) = member.key, !numbers.contains(number) {
                comparison.unmark(member.key)
                message = .warning("run \(number) was deleted by another program")
            }
        }
        savedRuns.histories = savedRuns.histories.filter { numbers.contains($0.key) }
        defer { savedRuns.awaiting = nil }
        switch savedRuns.awaiting {
        case .comparison: toggleComparison()
        case .baseline: cycleBaseline()
        case nil: break
        }
    }

    /// A run of this session under its number in the store.
    fileprivate func key(ofSaved number: Int) -> RunKey {
        allRuns.first { $0.saved == number }?.key ?? .saved(number)
    }
}
