import Files
import Specs
import TerminalUI
import Training

extension RunsScreen: ScreenState {
    func layout(_ place: Place) -> RunsLayout {
        RunsLayout(place.area, runs: total, panel: panel, differences: comparison?.height ?? 0)
    }

    /// Why a key of Runs can't be used now; nil if it can.
    package func disabled(_ command: Command, _ shared: Shared, _ place: Place) -> Message? {
        switch command {
        case .open where ensemble != nil: nil
        case .open where errors == nil && !isBrushing(place):
            refusalToOpen(shared).map(Message.note)
        case .editSpec: selectedRun.flatMap { $0.isReadable ? nil : .error(Self.unreadable($0)) }
        case .export: refusalToExport(shared).map(Message.note)
        case .runs(let command): reason(command, shared, place).map(Message.note)
        default: nil
        }
    }

    private func reason(_ command: RunsCommand, _ shared: Shared, _ place: Place) -> String? {
        if errors != nil { return command == .errors ? nil : "esc goes back to the table first" }
        if ensemble != nil {
            return [.ensemble, .rename].contains(command) ? nil : "esc goes back to the table first"
        }
        switch command {
        case .filter, .sort, .reverse, .leaderboard: return total == 0 ? noRun(shared) : nil
        case .columns: return nil
        case .panel: return layout(place).hasPanel ? nil : "there is no room below the table"
        case .mark: return selectedRun == nil ? noRun(shared) : nil
        case .unmarkAll: return shared.comparison.isEmpty ? "no run is marked" : nil
        case .undelete: return shared.savedRuns.deleted.isEmpty ? "no run was deleted here" : nil
        case .errors:
            return comparedPair(shared) == nil
                ? "mark a saved run with \(shared.key(.mark)), then select another one" : nil
        case .ensemble:
            return averagedRuns(shared) == nil
                ? "mark a saved run with \(shared.key(.mark)), then select another one" : nil
        case .repeat: return selectedRun == nil ? noRun(shared) : nil
        case .proceed: return selectedRun.map { refusal(toProceed: $0, shared) } ?? noRun(shared)
        case .teach: return selectedRun.map { refusal(toTeachBy: $0, shared) } ?? noRun(shared)
        case .useWeights: return selectedRun.map { refusal(toUseWeightsOf: $0, shared) } ?? noRun(shared)
        case .rename, .tags, .note, .delete:
            guard let row = selectedRun else { return noRun(shared) }
            guard row.isSaved else { return "run \(row.summary.id) is not saved" }
            if command == .delete, row.summary.state.isAlive { return "run \(row.summary.id) is being trained" }
            return nil
        }
    }

    private func refusalToExport(_ shared: Shared) -> String? {
        if errors != nil || ensemble != nil { return "esc goes back to the table first" }
        guard let row = selectedRun else { return noRun(shared) }
        return row.isSaved ? nil : "run \(row.summary.id) is not saved"
    }

    private func refusalToOpen(_ shared: Shared) -> String? {
        guard let row = selectedRun else { return noRun(shared) }
        if !row.isReadable { return Self.unreadable(row) }
        return shared.sessionData == .loading ? "the data set is still loading" : nil
    }

    private func noRun(_ shared: Shared) -> String {
        if total > 0 { return "no run passes the filter" }
        return shared.savedRuns.isLoading
            ? "the runs are still being read" : "no run yet: \(shared.key(.train)) starts the first one"
    }

    package mutating func perform(_ command: Command, _ shared: inout Shared, _ place: Place) -> Reply {
        guard case .runs(let command) = command else { return [] }
        switch command {
        case .filter: startFilter()
        case .mark: if let key = selectedRun?.key { shared.toggleMark(key) }
        case .unmarkAll: shared.comparison.clear()
        case .sort: sortByNextColumn(place)
        case .reverse:
            guard order.field != nil else { break }
            order.isDescending.toggle()
        case .leaderboard: order = order.field == nil ? RunsOrder() : .leaderboard
        case .columns: columns = ComposerEditing.cycled(columns, by: 1)
        case .panel: cyclePanel(place)
        case .errors where errors != nil: errors = nil
        case .errors:
            guard let pair = comparedPair(shared) else { break }
            return [.runs(.compareErrors(first: pair.first, second: pair.second))]
        case .ensemble where ensemble != nil: ensemble = nil
        case .ensemble: if let runs = averagedRuns(shared) { return [.runs(.average(runs))] }
        case .rename where ensemble != nil: startNamingEnsemble()
        case .rename, .tags, .note: startTyping(command)
        case .delete:
            if let number = selectedRun?.saved { return Reply(delete(number, &shared)) }
        case .undelete:
            if let last = shared.savedRuns.deleted.last { return [.runs(.undelete(last))] }
        case .repeat(let nextSeed): return Reply(repeatRun(nextSeed: nextSeed, &shared))
        case .proceed: return Reply(proceed(&shared))
        case .useWeights: if let number = selectedRun?.saved { return [.runs(.findWeights(run: number, to: .begin))] }
        case .teach: if let number = selectedRun?.saved { return [.runs(.findWeights(run: number, to: .teach))] }
        }
        return []
    }

    // MARK: - The table

    package mutating func move(_ direction: Command.Direction, _ shared: inout Shared, _ place: Place) -> Reply {
        if let errors {
            moveInErrors(errors, direction, shared, place)
            return []
        }
        if let ensemble {
            moveInEnsemble(ensemble, direction, shared, place)
            return []
        }
        switch direction {
        case .up where isBrushing(place): moveOnAxis(by: 1, shared)
        case .down where isBrushing(place): moveOnAxis(by: -1, shared)
        case .up: moveSelection(by: -1)
        case .down: moveSelection(by: 1)
        case .left, .right:
            if layout(place).parallel != nil { moveBrush(by: direction == .left ? -1 : 1, shared) }
        }
        return []
    }

    /// Moves to the first run or the last.
    package mutating func jump(toEnd: Bool, _ shared: inout Shared, _ place: Place) -> Reply {
        if let errors {
            jumpInErrors(errors, toEnd: toEnd, place)
        } else if ensemble != nil {
            scrollEnsemble(by: toEnd ? 1_000_000 : -1_000_000, shared, place)
        } else {
            moveSelection(by: toEnd ? 1_000_000 : -1_000_000)
        }
        return []
    }

    /// Moves by the rows of the table; where digits are shown, to the next of them.
    package mutating func page(_ pages: Int, _ shared: inout Shared, _ place: Place) -> Reply {
        if let errors {
            pageErrors(errors, pages, place)
        } else if ensemble != nil {
            scrollEnsemble(by: pages * max(1, place.area.height - 3), shared, place)
        } else {
            moveSelection(by: pages * max(1, layout(place).rows - 1))
        }
        return []
    }

    package mutating func open(_ shared: inout Shared, _ place: Place) -> Reply {
        if let errors { return openInErrors(errors, &shared, place) }
        if let ensemble {
            shared.asked = AskedEnsemble(runs: ensemble.ensemble.runs, mean: ensemble.mean)
            return Reply([], goingTo: .screen(.draw))
        }
        guard !isBrushing(place) else {
            brushHere()
            return []
        }
        return Reply(openRun(&shared), goingTo: .screen(.curves))
    }

    /// Shows the selected run in all views.
    private func openRun(_ shared: inout Shared) -> [Effect] {
        guard let row = selectedRun, row.isReadable, row.key != shared.run?.key else { return [] }
        guard row.key != shared.sessionRun?.key else {
            shared.returnToSession()
            return []
        }
        let effects = shared.open(row.summary, as: row.key, record: shared.record(row.key))
        let back = shared.sessionRun.map { "to run \($0.number)" } ?? "from it"
        shared.message = .note(
            "run \(row.summary.id) is shown in all views: \(shared.key(.backToRun)) goes back \(back)")
        return effects
    }

    package mutating func back(_ shared: inout Shared, _ place: Place) -> Bool {
        guard let errors else {
            if ensemble != nil {
                ensemble = nil
                return true
            }
            if isBrushing(place) {
                brush.axis = nil
                return true
            }
            guard !filter.text.isEmpty else { return false }
            filter = RunsFilter()
            return true
        }
        if errors.cursor != nil { self.errors?.cursor = nil } else { self.errors = nil }
        return true
    }

    /// Whether the arrows and Enter act on an axis of parallel coordinates.
    func isBrushing(_ place: Place) -> Bool { brush.axis != nil && layout(place).parallel != nil }

    mutating func moveSelection(by step: Int) {
        guard !rows.isEmpty else { return }
        selected = rows[min(max(0, selectedRow + step), rows.count - 1)].key
    }

    /// Sorts by the next visible column, and after the last by the first.
    private mutating func sortByNextColumn(_ place: Place) {
        let fields = shownColumns(in: layout(place).table.inset(by: 1)).compactMap(\.field)
        guard !fields.isEmpty else { return }
        let now = fields.firstIndex { $0 == order.field }
        order = RunsOrder(by: fields[now.map { ($0 + 1) % fields.count } ?? 0])
    }

    /// Where what differs has a place of its own beside the others, the panel is one of those.
    private mutating func cyclePanel(_ place: Place) {
        panel = ComposerEditing.cycled(panel, by: 1)
        if layout(place).isWide, panel == .difference { panel = ComposerEditing.cycled(panel, by: 1) }
    }

    // MARK: - Training again

    static func unreadable(_ row: RunRow) -> String {
        "run \(row.summary.id): this program can't read its spec"
    }

    /// Starts a run with the same line: spec, live changes, and seed or the next one.
    private func repeatRun(nextSeed: Bool, _ shared: inout Shared) -> [Effect] {
        guard shared.sessionData.loaded != nil, let row = selectedRun else {
            shared.message = .note("the data set is still loading")
            return []
        }
        guard var line = line(of: row, shared) else {
            shared.message = .error("run \(row.summary.id): this program can't read its line")
            return []
        }
        if nextSeed { line.spec.training.seed &+= 1 }
        if let refusal = shared.refusal(toStart: line.spec) {
            shared.refuse(refusal)
            shared.sayHowDataIsOpened(of: row.summary, after: refusal)
            return []
        }
        shared.composer.change(to: line.spec)
        shared.composer.changes = line.changes
        let effects = shared.start(paused: false, replays: true)
        if !effects.isEmpty {
            let count = line.changes.count
            let changes = count == 0 ? "" : count == 1 ? ", with its change" : ", with its \(count) changes"
            shared.message =
                row.summary.lineFault.map { .warning("run \(row.summary.id) can't be repeated: \($0)") }
                ?? .note(
                    "run \(row.summary.id) is trained again\(changes)\(nextSeed ? ", with seed \(line.spec.training.seed)" : "")"
                        + onOtherData(row, shared))
        }
        return effects
    }

    /// The line that repeats a run; nil where this program can't read it.
    private func line(of row: RunRow, _ shared: Shared) -> RunLine? {
        if case .session = row.key, let record = shared.record(row.key) {
            var line = record.line
            // The store has the place where it was stopped.
            if record.state == .stopped, let place = record.snapshot?.place {
                line.changes.append(LiveChange(.stop, at: place))
            }
            return line
        }
        return try? row.summary.line()
    }

    private func onOtherData(_ row: RunRow, _ shared: Shared) -> String {
        guard let name = shared.sessionData.loaded?.dataset.name, name != row.summary.dataset,
            !row.summary.dataset.isEmpty
        else {
            return ""
        }
        return ", on \(name) rather than \(row.summary.dataset)"
    }

    // MARK: - Two runs

    /// The last marked run, or else the one that is shown, and the selected one, by their numbers in the store.
    func comparedPair(_ shared: Shared) -> (first: Int, second: Int)? {
        guard let selected = selectedRun, let second = selected.saved else { return nil }
        let marked = shared.comparison.marked.last { $0.key != selected.key && savedNumber($0.key, shared) != nil }
        let first = marked.flatMap { savedNumber($0.key, shared) } ?? shared.run?.saved
        return first.flatMap { $0 == second ? nil : ($0, second) }
    }

    func savedNumber(_ key: RunKey, _ shared: Shared) -> Int? {
        switch key {
        case .saved(let number): number
        case .session(let id): shared.record(id)?.saved
        }
    }

    // MARK: - Mouse

    /// A click selects a run, one on its mark marks it, and one on the heading sorts.
    package mutating func pointed(_ event: MouseEvent, _ shared: inout Shared, _ place: Place) -> Reply? {
        guard event.kind == .press else { return nil }
        if let errors { return clicked(event, errors, &shared, place) }
        guard ensemble == nil else { return [] }
        clickedTable(event.x, event.y, &shared, layout(place))
        return []
    }

    private mutating func clickedTable(_ x: Int, _ y: Int, _ shared: inout Shared, _ layout: RunsLayout) {
        let inner = layout.table.inset(by: 1)
        guard inner.contains(x: x, y: y) else { return }
        guard y > inner.y else {
            let column = shownColumns(in: inner).first { x > $0.end - $0.width && x <= $0.end }
            guard let field = column?.field else { return }
            // A second click reverses the order.
            if field == order.field { order.isDescending.toggle() } else { order = RunsOrder(by: field) }
            return
        }
        let index = layout.first(selected: selectedRow, of: rows.count) + y - inner.y - 1
        guard rows.indices.contains(index) else { return }
        selected = rows[index].key
        if x < inner.x + 3 { shared.toggleMark(rows[index].key) }
    }

    // MARK: - Elsewhere

    package mutating func unseen(comesBack: Bool) {
        if !comesBack { (errors, ensemble) = (nil, nil) }
    }

    package func exportedRun(_ shared: Shared) -> Int? { selectedRun?.saved }

    package func specToEdit(_ shared: Shared) -> String? { selectedRun?.spec?.description }

    package func copiedLine(_ shared: Shared) -> String? {
        guard let row = selectedRun else { return nil }
        return row.isSaved && row.hasOrigin ? "\(row.summary.lineText) \(row.summary.origin)" : row.summary.lineText
    }

    // MARK: - Views

    package func draw(_ shared: Shared, in body: Rect, on buffer: inout Buffer) {
        RunsView.draw(ScreenContext(self, shared, Place(body)), in: body, on: &buffer)
    }

    package func drawStatus(_ shared: Shared, refusal: String?, in line: Rect, on buffer: inout Buffer) -> Bool {
        guard let typing else { return false }
        RunsPrompt.draw(typing, self, shared, refusal: refusal, in: line, on: &buffer)
        return true
    }

    package func plain(_ shared: Shared) -> [PlainLine] {
        let context = ScreenContext(self, shared, Place(shared.layout.body))
        return typing.map { PlainRuns.typing($0, self) } ?? PlainRuns.lines(context)
    }

    package func footer(_ shared: Shared) -> [FooterHints.Hint]? {
        if ensemble != nil {
            return [
                FooterHints.Hint("← →", "mean", .left, .right), FooterHints.Hint("↑↓", "scroll", .up, .down),
                FooterHints.Hint("enter", "draw", .enter),
                FooterHints.Hint(shared.key(.name), "save", shared.keys.keys(of: .name)[0]),
                FooterHints.Hint("esc", "back", .escape), FooterHints.Hint("?", "help", "?"),
                FooterHints.Hint("q", "quit", "q"),
            ]
        }
        guard errors != nil else { return brushing(shared) }
        return [
            FooterHints.Hint("← →", "which", .left, .right), FooterHints.Hint("↑↓", "pair", .up, .down),
            FooterHints.Hint("page up down", "digits", .pageUp, .pageDown), FooterHints.Hint("esc", "back", .escape),
            FooterHints.Hint("?", "help", "?"), FooterHints.Hint("q", "quit", "q"),
        ]
    }

    /// The keys of a chosen axis.
    private func brushing(_ shared: Shared) -> [FooterHints.Hint]? {
        guard isBrushing(Place(shared.layout.body)) else { return nil }
        return [
            FooterHints.Hint("← →", "axis", .left, .right), FooterHints.Hint("↑↓", "value", .up, .down),
            FooterHints.Hint("enter", "range", .enter), FooterHints.Hint("esc", "back", .escape),
            FooterHints.Hint("?", "help", "?"), FooterHints.Hint("q", "quit", "q"),
        ]
    }
}
