import Runs
import Searching
import TerminalUI

extension SearchScreen: ScreenState {
    func layout(_ place: Place) -> SearchLayout {
        SearchLayout(place.area, panel: panel, isAlone: isAlone, shown: shown)
    }

    // MARK: - Verbs

    package mutating func move(_ direction: Command.Direction, _ shared: inout Shared, _ place: Place) -> Reply {
        let areas = layout(place).areas
        switch direction {
        case .up, .down:
            let step = direction == .up ? -1 : 1
            if isBrushing(place) {
                moveOnAxis(by: -step)
            } else if panel == .list, areas[.list] != nil {
                show(neighbour(step))
            } else {
                moveSelection(by: step)
            }
        case .left, .right: if areas[.axes] != nil { moveAxis(by: direction == .left ? -1 : 1) }
        }
        return []
    }

    package mutating func page(_ pages: Int, _ shared: inout Shared, _ place: Place) -> Reply {
        let rows = layout(place).areas[.trials].map { $0.height - 3 } ?? 10
        moveSelection(by: pages * max(1, rows - 1))
        return []
    }

    package mutating func jump(toEnd: Bool, _ shared: inout Shared, _ place: Place) -> Reply {
        moveSelection(by: toEnd ? 1_000_000 : -1_000_000)
        return []
    }

    package mutating func open(_ shared: inout Shared, _ place: Place) -> Reply {
        if isBrushing(place) {
            brushHere()
            return []
        }
        guard let run = selectedTrial?.run else { return [] }
        guard shared.run?.key != .saved(run) else { return .going(to: .screen(.curves)) }
        isReadingRun = true
        return [.searches(.read(run: run))]
    }

    /// From an axis, from a panel alone, then from the brush.
    package mutating func back(_ shared: inout Shared, _ place: Place) -> Bool {
        if isBrushing(place) {
            (axis, brushStart) = (nil, nil)
        } else if isAlone {
            isAlone = false
        } else if !brush.isEmpty {
            unbrush()
        } else {
            return false
        }
        return true
    }

    package mutating func perform(_ command: Command, _ shared: inout Shared, _ place: Place) -> Reply {
        guard case .search(let command) = command else { return [] }
        switch command {
        case .play: return play(shared)
        case .begin: startTyping(.request, shared)
        case .budget: startTyping(.budget, shared)
        case .stopTrial:
            guard let trial = selectedTrial else { return [] }
            shared.message = .note("trial \(trial.number + 1) is stopped for good")
            return [.searches(.stopTrial(trial.number))]
        case .other(let step): show(neighbour(step))
        case .unbrush: unbrush()
        case .sort:
            order = ComposerEditing.cycled(order, by: 1)
            isReversed = false
            arrange()
        case .reverse:
            isReversed.toggle()
            arrange()
        case .bestFirst:
            (order, isReversed) = (.rank, false)
            arrange()
        case .time:
            isByTime.toggle()
            if layout(place).areas[.best] == nil { panel = .best }
        case .panel:
            panel = ComposerEditing.cycled(panel, by: 1)
            shared.message = .note(panel.words)
        case .alone: isAlone.toggle()
        }
        return []
    }

    private mutating func play(_ shared: Shared) -> Reply {
        if isOwn, let own {
            self.own?.isPaused.toggle()
            return [.searches(.pause(!own.isPaused))]
        }
        guard case .interrupted = shown?.summary.state, let number = shown?.summary.search.id else {
            startTyping(.request, shared)
            return []
        }
        isStarting = true
        return [.searches(.resume(number, workers: shared.threads))]
    }

    /// Another search of the list.
    package mutating func show(_ number: Int?) {
        guard let number else { return }
        chosen = number
        (brush, axis, brushStart, selected) = (SearchBrush(), nil, nil, nil)
    }

    private mutating func moveSelection(by step: Int) {
        guard let shown, !rows.isEmpty else { return }
        selected = shown.summary.trials[rows[min(max(0, selectedRow + step), rows.count - 1)]].number
    }

    // MARK: - Elsewhere

    package mutating func storeEffects(_ shared: inout Shared, _ place: Place?) -> [Effect] {
        guard shared.savedRuns.hasStore else { return [] }
        let wanted: Followed = place == nil ? .nothing : chosen.map(Followed.search) ?? .newest
        guard wanted != followed else { return [] }
        followed = wanted
        switch wanted {
        case .nothing: return [.searches(.ignore)]
        case .newest: return [.searches(.follow(nil))]
        case .search(let number): return [.searches(.follow(number))]
        }
    }

    package mutating func unseen(comesBack: Bool) { if !comesBack { (axis, brushStart) = (nil, nil) } }

    package func exportedRun(_ shared: Shared) -> Int? { selectedTrial?.run ?? shared.run?.saved }

    package func copiedLine(_ shared: Shared) -> String? { selectedTrial?.line }

    package func trainingWord(_ shared: Shared) -> String? {
        if isOwn { return own?.isPaused == true ? "resume" : "pause" }
        if case .interrupted = shown?.summary.state { return "resume" }
        return "search"
    }

    /// What the store or the search that runs here has told.
    package mutating func heard(_ reply: SearchReply, _ shared: inout Shared, isShown: Bool) -> Reply {
        switch reply {
        case .listed(let list): (listings, problem) = (list, nil)
        case .shown(let summary, let importance):
            let isOther = shown?.summary.search.id != summary.search.id
            shown = ShownSearch(summary, importance)
            problem = nil
            if isOther { (brush, axis, brushStart, selected) = (SearchBrush(), nil, nil, nil) }
            arrange()
        case .unreadable(_, let reason):
            shown = nil
            problem = reason.words
            arrange()
        case .unavailable(let reason):
            (listings, shown, problem) = ([], nil, reason)
            arrange()
        case .run(let run):
            isReadingRun = false
            return shown(run, &shared, isShown: isShown)
        case .refused(let reason):
            (isStarting, isReadingRun) = (false, false)
            shared.message = .error(reason)
        case .started(let number):
            (isStarting, own) = (false, Own(number: number))
            chosen = nil
            shared.message = .note("search \(number) runs here: \(shared.key(.train)) pauses it")
        case .trouble(let reason):
            own?.trouble = reason
            if let reason { shared.message = .warning("the search can't be saved, trying again: \(reason)") }
        case .ended(let number, let ending):
            own = nil
            let words = ending == .finished ? "come to its end" : "stopped, and can be resumed"
            shared.message = .note("search \(number) has \(words)")
        }
        return []
    }

    /// A trial's run on all screens.
    private func shown(_ run: RunSummary, _ shared: inout Shared, isShown: Bool) -> Reply {
        guard isShown else { return [] }
        guard SavedRun(run).isReadable else {
            shared.message = .error("run \(run.id): this program can't read its spec")
            return []
        }
        let effects = shared.open(run, as: .saved(run.id), record: shared.record(.saved(run.id)))
        let back = shared.sessionRun.map { "to run \($0.number)" } ?? "from it"
        shared.message = .note("run \(run.id) is shown in all views: \(shared.key(.backToRun)) goes back \(back)")
        return Reply(effects, goingTo: .screen(.curves))
    }

    // MARK: - Views

    package func draw(_ shared: Shared, in body: Rect, on buffer: inout Buffer) {
        SearchView.draw(ScreenContext(self, shared, Place(body)), on: &buffer)
    }

    package func plain(_ shared: Shared) -> [PlainLine] {
        PlainSearch.lines(ScreenContext(self, shared, Place(shared.layout.body)))
    }

    package func footer(_ shared: Shared) -> [FooterHints.Hint]? {
        guard isBrushing(Place(shared.layout.body)) else { return nil }
        return [
            FooterHints.Hint("← →", "axis", .left, .right), FooterHints.Hint("↑↓", "value", .up, .down),
            FooterHints.Hint("enter", "range", .enter), FooterHints.Hint("esc", "back", .escape),
            FooterHints.Hint("?", "help", "?"), FooterHints.Hint("q", "quit", "q"),
        ]
    }
}
