import Files
import Specs
import TerminalUI
import Training

extension DashboardState {
    /// Why a key of Runs can't be used now; nil if it can.
    func disabled(_ command: RunsCommand) -> String? {
        if runs.errors != nil { return command == .errors ? nil : "esc goes back to the table first" }
        switch command {
        case .filter, .sort, .reverse, .leaderboard: return runs.total == 0 ? noRun : nil
        case .columns: return nil
        case .panel: return runsLayout.hasOnePanel ? nil : "there is nothing else to show below the table"
        case .mark: return selectedRun == nil ? noRun : nil
        case .unmarkAll: return comparison.isEmpty ? "no run is marked" : nil
        case .undelete: return runs.deleted.isEmpty ? "no run was deleted here" : nil
        case .errors: return comparedPair == nil ? "mark a saved run with m, then select another one" : nil
        case .repeat: return selectedRun == nil ? noRun : nil
        case .proceed: return selectedRun.map(refusal(toProceed:)) ?? noRun
        case .rename, .tags, .note, .delete:
            guard let row = selectedRun else { return noRun }
            guard row.isSaved else { return "run \(row.summary.id) is not saved" }
            if command == .delete, row.summary.state.isAlive { return "run \(row.summary.id) is being trained" }
            return nil
        }
    }

    private var noRun: String {
        if runs.total > 0 { return "no run passes the filter" }
        return runs.isLoading ? "the runs are still being read" : "no run yet: space starts the first one"
    }

    mutating func perform(_ command: RunsCommand) -> [Effect] {
        switch command {
        case .filter: startRunsFilter()
        case .mark: if let key = selectedRun?.key { toggleMark(key) }
        case .unmarkAll: comparison.clear()
        case .sort: sortByNextColumn()
        case .reverse:
            guard runs.order.field != nil else { break }
            runs.order.isDescending.toggle()
        case .leaderboard: runs.order = runs.order.field == nil ? RunsOrder() : .leaderboard
        case .columns: runs.columns = ComposerEditing.cycled(runs.columns, by: 1)
        case .panel: runs.panel = ComposerEditing.cycled(runs.panel, by: 1)
        case .errors where runs.errors != nil: runs.errors = nil
        case .errors:
            guard let pair = comparedPair else { break }
            return [.runs(.compareErrors(first: pair.first, second: pair.second))]
        case .rename, .tags, .note: startRunsTyping(command)
        case .delete:
            if let number = selectedRun?.saved { return deleteRun(number) }
        case .undelete:
            if let last = runs.deleted.last { return [.runs(.undelete(last))] }
        case .repeat: return repeatRun()
        case .proceed: return proceed()
        }
        return []
    }

    // MARK: - The table

    mutating func moveRun(_ direction: Command.Direction) {
        if let errors = runs.errors { return moveInErrors(errors, direction) }
        switch direction {
        case .up: moveRun(by: -1)
        case .down: moveRun(by: 1)
        case .left, .right: break
        }
    }

    /// To the first run or the last.
    mutating func jumpRuns(toEnd: Bool) {
        if let errors = runs.errors { return jumpInErrors(errors, toEnd: toEnd) }
        moveRun(by: toEnd ? 1_000_000 : -1_000_000)
    }

    mutating func moveRun(by step: Int) {
        guard !runs.rows.isEmpty else { return }
        runs.selected = runs.rows[min(max(0, selectedRow + step), runs.rows.count - 1)].key
    }

    /// As many rows as the table shows; where digits are shown, the next of them.
    mutating func pageRuns(_ pages: Int) {
        if let errors = runs.errors { return pageErrors(errors, pages) }
        moveRun(by: pages * max(1, runsLayout.rows - 1))
    }

    /// By the next column that is shown, and after the last by the first.
    private mutating func sortByNextColumn() {
        let fields = RunsColumns.fitting(runsLayout.table.inset(by: 1), runs.columns).compactMap(\.field)
        guard !fields.isEmpty else { return }
        let now = fields.firstIndex { $0 == runs.order.field }
        runs.order = RunsOrder(by: fields[now.map { ($0 + 1) % fields.count } ?? 0])
    }

    // MARK: - Training again

    /// Puts the selected run's spec into the composer, as it was started.
    mutating func cloneRun() -> [Effect] {
        guard let row = selectedRun else { return [] }
        guard let spec = row.spec else {
            message = .error("run \(row.summary.id): this program can't read its spec")
            return []
        }
        guard spec != composer.spec else {
            message = .note("the composer holds this spec already")
            return []
        }
        let effects = edited(to: spec)
        if message?.kind != .error {
            message = .note("the composer holds the spec of run \(row.summary.id): r trains it" + onOtherData(row))
        }
        return effects
    }

    /// Starts a run of the same line: spec, seed, and all that was changed while it trained.
    private mutating func repeatRun() -> [Effect] {
        guard data.loaded != nil, let row = selectedRun else {
            message = .note("the data set is still loading")
            return []
        }
        guard let line = line(of: row) else {
            message = .error("run \(row.summary.id): this program can't read its line")
            return []
        }
        if let refusal = refusal(toStart: line.spec) {
            refuse(refusal)
            return []
        }
        composer.change(to: line.spec)
        composer.changes = line.changes
        let effects = start(paused: false, replays: true)
        if !effects.isEmpty {
            let count = line.changes.count
            let changes = count == 0 ? "" : count == 1 ? ", with its change" : ", with its \(count) changes"
            message =
                row.summary.lineFault.map { .warning("run \(row.summary.id) can't be repeated: \($0)") }
                ?? .note("run \(row.summary.id) is trained again\(changes)" + onOtherData(row))
        }
        return effects
    }

    /// What repeats a run; nil where this program can't read it.
    private func line(of row: RunRow) -> RunLine? {
        if case .session = row.key, let record = record(row.key) {
            var line = record.line
            // The store knows where it was stopped.
            if record.state == .stopped, let place = record.snapshot?.place {
                line.changes.append(LiveChange(.stop, at: place))
            }
            return line
        }
        return try? row.summary.line()
    }

    private func onOtherData(_ row: RunRow) -> String {
        guard let name = data.loaded?.dataset.name, name != row.summary.dataset, !row.summary.dataset.isEmpty else {
            return ""
        }
        return ", on \(name) rather than \(row.summary.dataset)"
    }

    // MARK: - Two runs

    /// The marked run, the last of several, and the selected one: both by their numbers in the store.
    var comparedPair: (first: Int, second: Int)? {
        guard let selected = selectedRun, let second = selected.saved else { return nil }
        let marked = comparison.marked.last { $0.key != selected.key && savedNumber($0.key) != nil }
        return marked.flatMap { savedNumber($0.key) }.map { ($0, second) }
    }

    private func savedNumber(_ key: RunKey) -> Int? {
        switch key {
        case .saved(let number): number
        case .session(let id): record(id)?.saved
        }
    }

    // MARK: - Mouse

    /// A click selects a run, one on its mark marks it, and one on the heading sorts.
    mutating func clickedRuns(_ x: Int, _ y: Int, _ body: Rect) -> [Effect] {
        if let errors = runs.errors { return clicked(x, y, errors, RunErrorsLayout(body)) }
        clickedTable(x, y)
        return []
    }

    private mutating func clickedTable(_ x: Int, _ y: Int) {
        let layout = runsLayout
        let inner = layout.table.inset(by: 1)
        guard inner.contains(x: x, y: y) else { return }
        guard y > inner.y else {
            let column = RunsColumns.fitting(inner, runs.columns).first { x > $0.end - $0.width && x <= $0.end }
            guard let field = column?.field else { return }
            // A second click turns the order round.
            if field == runs.order.field { runs.order.isDescending.toggle() } else { runs.order = RunsOrder(by: field) }
            return
        }
        let index = layout.first(selected: selectedRow, of: runs.rows.count) + y - inner.y - 1
        guard runs.rows.indices.contains(index) else { return }
        runs.selected = runs.rows[index].key
        if x < inner.x + 3 { toggleMark(runs.rows[index].key) }
    }
}
