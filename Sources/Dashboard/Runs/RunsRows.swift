import Runs
import Specs
import Training

/// What the rows depend on: they are made anew only where this has changed.
struct RunsBasis: Equatable {
    struct SessionRun: Equatable {
        let key: RunKey
        let saved: Int?
        let epochs: Int
        let state: SavedRunState
        let testErrors: Int?
        let changes: Int
    }

    let reading: Int
    let hidden: Set<Int>
    let filter: RunsFilter
    let order: RunsOrder
    let session: [SessionRun]

    init(_ state: DashboardState) {
        reading = state.runs.reading
        hidden = state.runs.hidden
        filter = state.runs.filter
        order = state.runs.order
        session = state.allRuns.map {
            SessionRun(
                key: $0.key, saved: $0.saved, epochs: $0.history.count, state: SavedRunState($0.state),
                testErrors: $0.testErrors, changes: $0.changes.count)
        }
    }
}

extension DashboardState {
    /// Makes the rows anew while they are looked at.
    mutating func refreshRuns() {
        guard screen == .runs else { return }
        let basis = RunsBasis(self)
        guard basis != runs.basis else { return }
        runs.basis = basis
        let all = everyRun()
        runs.total = all.count
        let filter = runs.filter.filter
        let kept = filter.isEmpty ? all : all.filter { filter.accepts($0.summary, spec: $0.spec) }
        runs.rows = runs.order.sorted(kept)
    }

    /// Runs of this session where they are not deleted, then all others of the store.
    private func everyRun() -> [RunRow] {
        let session = allRuns.filter { run in !(run.saved.map(runs.hidden.contains) ?? false) }
        let own = Set(session.compactMap(\.saved))
        var stored: [Int: SavedRun] = [:]
        if !own.isEmpty { for run in runs.saved where own.contains(run.summary.id) { stored[run.summary.id] = run } }
        var rows = session.reversed().map { run in row(of: run, stored: run.saved.flatMap { stored[$0] }) }
        for run in runs.saved where !own.contains(run.summary.id) && !runs.hidden.contains(run.summary.id) {
            rows.append(RunRow(key: .saved(run.summary.id), summary: run.summary, spec: run.spec, isSaved: true))
        }
        return rows
    }

    /// A run of this session: what the store says of it, with the figures since.
    private func row(of run: RunRecord, stored: SavedRun?) -> RunRow {
        var summary = stored?.summary ?? unlisted(run)
        summary.state = SavedRunState(run.state)
        summary.failure = run.failure
        summary.take(run)
        return RunRow(key: run.key, summary: summary, spec: run.spec, isSaved: run.saved != nil)
    }

    /// A run of this session that is not saved, or not read yet.
    private func unlisted(_ run: RunRecord) -> RunSummary {
        var summary = RunSummary(
            unsaved: run.number, spec: run.spec, dataset: data.loaded?.dataset.name ?? "", facts: run.facts)
        if let origin = run.origin { (summary.started, summary.machine) = (origin.started, origin.machine) }
        return summary
    }

    /// Where the selected run stands among the rows; the first one where it is not there.
    var selectedRow: Int { runs.rows.firstIndex { $0.key == runs.selected } ?? 0 }

    /// nil without a run.
    package var selectedRun: RunRow? {
        let index = selectedRow
        return runs.rows.indices.contains(index) ? runs.rows[index] : nil
    }

    /// A marked run that the filter leaves out.
    func unlistedRow(_ key: RunKey) -> RunRow? {
        switch key {
        case .session(let id): return record(id).map { row(of: $0, stored: nil) }
        case .saved(let number):
            return runs.saved.first { $0.summary.id == number }.map {
                RunRow(key: key, summary: $0.summary, spec: $0.spec, isSaved: true)
            }
        }
    }

    /// What charts draw of a run: nil where it is not known, or was not fetched yet.
    func record(_ key: RunKey) -> RunRecord? {
        switch key {
        case .session(let id): record(id)
        case .saved(let number): runs.histories[number]?.record
        }
    }
}

extension RunSummary {
    /// The figures of a run of this session.
    fileprivate mutating func take(_ run: RunRecord) {
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
