import TerminalUI

extension DashboardState {
    mutating func moveRun(_ direction: Command.Direction) {
        switch direction {
        case .up: moveRun(by: -1)
        case .down: moveRun(by: 1)
        case .left, .right: break
        }
    }

    mutating func moveRun(by step: Int) {
        let ids = sortedRuns.map(\.id)
        guard !ids.isEmpty else { return }
        let index = ids.firstIndex { $0 == selectedRun?.id } ?? 0
        runs.selected = ids[min(max(0, index + step), ids.count - 1)]
    }

    /// Puts the selected run's spec into the composer, as it was started.
    mutating func cloneRun() -> [Effect] {
        guard let run = selectedRun else { return [] }
        guard run.spec != composer.spec else {
            message = .note("the composer holds this spec already")
            return []
        }
        let effects = edited(to: run.spec)
        if message?.kind != .error { message = .note("the composer holds the spec of run \(run.id): r trains it") }
        return effects
    }

    /// A click selects a run, one on its mark marks it, and one on the heading sorts.
    mutating func clickedRuns(_ x: Int, _ y: Int, _ body: Rect) {
        let sorted = sortedRuns
        let layout = RunsLayout(body, runs: sorted.count)
        let inner = layout.table.inset(by: 1)
        guard inner.contains(x: x, y: y) else { return }
        guard y > inner.y else {
            if let sort = RunsTable.columns(inner).first(where: { x > $0.end - $0.width && x <= $0.end })?.sort {
                runs.sort = sort
            }
            return
        }
        let selected = sorted.firstIndex { $0.id == selectedRun?.id } ?? 0
        let index = layout.first(selected: selected, of: sorted.count) + y - inner.y - 1
        guard sorted.indices.contains(index) else { return }
        runs.selected = sorted[index].id
        if x < inner.x + 3 { toggleMark(sorted[index].id) }
    }
}
