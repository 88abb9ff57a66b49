import Runs
import Specs
import Training

/// The data that the rows are made from; they are made again only where it has changed.
struct RunsBasis: Equatable {
    struct SessionRun: Equatable {
        let key: RunKey
        let saved: Int?
        let epochs: Int
        let state: SavedRunState
        let testErrors: Int?
        /// The place of its final weights, which is known only after the end itself.
        let end: RunPlace?
        let changes: Int
    }

    let reading: Int
    let hidden: Set<Int>
    let filter: RunsFilter
    let order: RunsOrder
    let session: [SessionRun]

    /// Whether the same runs pass in the same states: another epoch changes nothing of what they have in common.
    func listsTheSame(as other: RunsBasis) -> Bool {
        reading == other.reading && hidden == other.hidden && filter == other.filter
            && session.map(\.key) == other.session.map(\.key) && session.map(\.state) == other.session.map(\.state)
    }

    /// Whether the rows that are not this session's are the same, in the same order.
    func storesTheSame(as other: RunsBasis) -> Bool {
        reading == other.reading && hidden == other.hidden && filter == other.filter && order == other.order
            && session.map(\.saved) == other.session.map(\.saved)
    }

    init(_ runs: RunsScreen, _ shared: Shared) {
        reading = shared.savedRuns.reading
        hidden = shared.savedRuns.hidden
        filter = runs.filter
        order = runs.order
        session = shared.allRuns.map {
            SessionRun(
                key: $0.key, saved: $0.saved, epochs: $0.history.count, state: SavedRunState($0.state),
                testErrors: $0.testErrors, end: $0.endPlace, changes: $0.changes.count)
        }
    }
}

extension RunsScreen {
    /// Makes the rows again.
    package mutating func refresh(_ shared: Shared) {
        let basis = RunsBasis(self, shared)
        if basis != self.basis {
            let isOtherList = self.basis.map { !$0.listsTheSame(as: basis) } ?? true
            let hasOtherRows = self.basis.map { !$0.storesTheSame(as: basis) } ?? true
            self.basis = basis
            let session = shared.sessionRows()
            let stored = isOtherList || hasOtherRows ? shared.storedRows(without: session) : []
            if hasOtherRows { storedRows = order.sorted(accepted(stored)) }
            rows = order.inserting(accepted(session), into: storedRows)
            if isOtherList || hasOtherRows {
                let all = session + stored
                total = all.count
                common = CommonTraits(rows.compactMap(\.traits))
                groups = SeedGroup.groups(of: all.lazy.filter(\.isSaved).map { ($0.summary, $0.run.seedless) })
                longestData = Set(all.map(\.summary.dataset)).map(\.columns).max() ?? 0
            }
            if let number = selectedNumber, !rows.contains(where: { $0.key == selected }),
                rows.contains(where: { $0.key == .saved(number) })
            {
                selected = .saved(number)
            }
        }
        selectedNumber = rows.first { $0.key == selected }?.saved
        refreshComparison(shared)
    }

    private func accepted(_ rows: [RunRow]) -> [RunRow] {
        let filter = filter.filter
        return filter.isEmpty ? rows : rows.filter { filter.accepts($0.summary, $0.traits) }
    }

    /// Index of the selected row; the first one where it is not there.
    var selectedRow: Int { rows.firstIndex { $0.key == selected } ?? 0 }

    /// nil without a run.
    package var selectedRun: RunRow? {
        let index = selectedRow
        return rows.indices.contains(index) ? rows[index] : nil
    }
}

extension Shared {
    /// Runs of this session where they are not deleted, the newest first.
    fileprivate func sessionRows() -> [RunRow] {
        let session = allRuns.filter { run in !(run.saved.map(savedRuns.hidden.contains) ?? false) }
        let own = Set(session.compactMap(\.saved))
        var stored: [Int: SavedRun] = [:]
        if !own.isEmpty {
            for run in savedRuns.list where own.contains(run.summary.id) { stored[run.summary.id] = run }
        }
        return session.reversed().map { run in row(of: run, stored: run.saved.flatMap { stored[$0] }) }
    }

    /// All other runs of the store, without deleted ones.
    fileprivate func storedRows(without session: [RunRow]) -> [RunRow] {
        let left = savedRuns.hidden.union(session.compactMap(\.saved))
        return savedRuns.list.compactMap { left.contains($0.summary.id) ? nil : RunRow($0) }
    }

    /// A run of this session: the store's data of it, with newer figures.
    private func row(of run: ShownRun, stored: SavedRun?) -> RunRow {
        var summary = stored?.summary ?? unlisted(run)
        summary.state = SavedRunState(run.state)
        summary.failure = run.failure
        summary.take(run)
        let traits = stored.map(\.traits) ?? SpecTraits(run.spec)
        return RunRow(
            key: run.key, run: SavedRun(summary, traits: traits), isSaved: run.saved != nil)
    }

    /// A run of this session that is not saved, or not read yet.
    private func unlisted(_ run: ShownRun) -> RunSummary {
        var summary = RunSummary(
            unsaved: run.number, spec: run.spec, dataset: sessionData.loaded?.dataset.name ?? "", facts: run.facts)
        if let origin = run.origin { (summary.started, summary.machine) = (origin.started, origin.machine) }
        return summary
    }

    /// A marked run that the filter hides.
    func unlistedRow(_ key: RunKey) -> RunRow? {
        switch key {
        case .session(let id): return record(id).map { row(of: $0, stored: nil) }
        case .saved(let number):
            return savedRuns[number].map(RunRow.init)
        }
    }

    /// A run for charts; nil where it is not known, or was not read yet.
    func record(_ key: RunKey) -> ShownRun? {
        switch key {
        case .session(let id): record(id)
        case .saved(let number): run?.key == key ? run : savedRuns.histories[number]?.record
        }
    }
}

extension RunRow {
    /// A run of the store.
    fileprivate init(_ run: SavedRun) {
        self.init(key: .saved(run.summary.id), run: run, isSaved: true)
    }
}

extension RunSummary {
    /// The figures of a run of this session.
    fileprivate mutating func take(_ run: ShownRun) {
        epochs = run.history.count
        seconds = max(seconds, run.history.seconds)
        if let last = run.history.last {
            (loss, accuracy) = (last.loss, last.accuracy)
            (validationLoss, validationAccuracy) = (last.validationLoss, last.validationAccuracy)
            learningRate = last.learningRate
        }
        if let best = run.history.best {
            (bestEpoch, bestValidationLoss) = (best.epoch, best.validationLoss)
            bestValidationAccuracy = run.bestValidationAccuracy
        }
        if let errors = run.testErrors, let rows = run.facts?.testRows, rows > 0 {
            (testErrors, testAccuracy) = (errors, Share.of(rows - errors, among: rows))
            testLoss = run.testLoss
            (testPlace, testWeights) = (run.testPlace, run.testWeights)
        }
        if let place = run.endPlace { (finalPlace, finalWeights) = (place, run.endWeights) }
        changeLine = RunLine.text(of: run.changes)
        plannedEpochs = run.plannedEpochs
    }
}
