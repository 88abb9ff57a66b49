import TerminalUI

/// Commands of the keys of Search.
package enum SearchViewCommand: Equatable, Sendable {
    /// Pause, resume, or type a new search.
    case play
    case begin, budget, stopTrial
    /// The next search of the list, which is an older one, or with −1 the one before.
    case other(Int)
    case unbrush
    case sort, reverse, bestFirst
    /// The best so far against trials or time.
    case time
    case panel, alone
}

extension SearchScreen {
    package static let context = KeyContext.search

    package static let bindings: [Binding] = [
        Binding(
            .open, .search, "open",
            "show the trial's run in all views; on a chosen axis: one end of a range, then the other, then all again",
            .open),
        Binding(
            .train, .search, "",
            "pause the search that runs here, or resume it; resume one that was interrupted; else type a new one",
            .search(.play)),
        Binding(
            .editSpec, .search, "new",
            "type a space and its budget, trials=40 or budget=10m: enter searches it. What is brushed cuts the space",
            .search(.begin)),
        Binding(.more, .search, "budget", "change the budget of the search that runs here", .search(.budget)),
        Binding(.delete, .search, "stop trial", "stop the trial for good", .search(.stopTrial)),
        Binding(.nextDigit, .search, "search", "the next search, an older one", .search(.other(1))),
        Binding(.previousDigit, .search, "", "the search before, a newer one", .search(.other(-1))),
        Binding(.whole, .search, "all", "all trials: take the brush away", .search(.unbrush)),
        Binding(
            .sort, .search, "sort", "sort the trials: best first, by number, val %, epochs or time", .search(.sort)),
        Binding(.sortReverse, .search, "", "the other way round", .search(.reverse)),
        Binding(.best, .search, "", "the best trials first", .search(.bestFirst)),
        Binding(.what, .search, "time", "the best so far against trials, or against time", .search(.time)),
        Binding(
            .detail, .search, "panel",
            "the next panel: trials, settings side by side, the best so far, rungs, all searches, and importance: how much "
                + "of the differences between trials' ranks a setting explains alone, by functional analysis of variance "
                + "over a forest of regression trees (Hutter and others, 2014)",
            .search(.panel)),
        Binding(.alone, .search, "", "this panel alone", .search(.alone)),
    ]

    package func disabled(_ command: Command, _ shared: Shared, _ place: Place) -> Message? {
        switch command {
        case .open where axis == nil: refusalToOpen(shared).map(Message.note)
        case .search(.time) where drawsBoth(place): .note("both are drawn")
        case .search(let command): reason(command, shared).map(Message.note)
        default: nil
        }
    }

    private func drawsBoth(_ place: Place) -> Bool {
        layout(place).areas[.best].map { $0.width - 2 >= SearchLayout.leastForBoth } ?? false
    }

    private func reason(_ command: SearchViewCommand, _ shared: Shared) -> String? {
        switch command {
        case .play:
            if isStarting { return "the search is being started" }
            if isOwn { return nil }
            if let own { return "search \(own.number) runs here" }
            if case .running(let process) = shown?.summary.state { return elsewhere(process) }
            return refusalToBegin(shared)
        case .begin:
            if isStarting { return "the search is being started" }
            if let own { return "search \(own.number) runs here: a new one begins when it has ended" }
            return refusalToBegin(shared)
        case .budget: return refusalToChange
        case .stopTrial:
            if let refusal = refusalToChange { return refusal }
            guard let trial = selectedTrial else { return "no trial yet" }
            return [.running, .waiting].contains(trial.state) ? nil : "trial \(trial.number + 1) has come to its end"
        case .other(let step): return neighbour(step) == nil ? "there is no other search" : nil
        case .unbrush: return brush.isEmpty ? "nothing is brushed: ← → choose an axis" : nil
        case .sort, .reverse, .bestFirst: return rows.isEmpty ? "no trial yet" : nil
        case .time, .panel, .alone: return nil
        }
    }

    /// Why the search that is shown can't be changed from here; nil if it can.
    private var refusalToChange: String? {
        if isOwn { return nil }
        guard let shown else { return "no search runs here" }
        switch shown.summary.state {
        case .running(let process): return elsewhere(process)
        case .interrupted: return "search \(shown.summary.search.id) does not run"
        case .ended: return "search \(shown.summary.search.id) has ended"
        }
    }

    private func elsewhere(_ process: Int) -> String {
        "process \(process) runs search \(shown?.summary.search.id ?? 0): it can be changed there alone"
    }

    private func refusalToBegin(_ shared: Shared) -> String? {
        if !shared.savedRuns.hasStore { return "trials are kept in the store, and there is none" }
        return shared.data.loaded == nil ? Message.stillLoading.text : nil
    }

    func refusalToOpen(_ shared: Shared) -> String? {
        guard let trial = selectedTrial else { return "no trial yet" }
        if trial.run == nil { return "trial \(trial.number + 1) has no run yet" }
        return shared.sessionData == .loading ? Message.stillLoading.text : nil
    }

    /// The number of the next search of the list; nil at its end.
    func neighbour(_ step: Int) -> Int? {
        guard let listings else { return nil }
        let now = listings.firstIndex { $0.search.id == shown?.summary.search.id } ?? (chosen == nil ? 0 : -1)
        return listings.indices.contains(now + step) ? listings[now + step].search.id : nil
    }
}
