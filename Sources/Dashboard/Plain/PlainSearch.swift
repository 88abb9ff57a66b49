import Runs
import Search
import Searching
import TerminalUI

/// A search in lines: what it does and reached, the selected trial, and how much each setting counts.
enum PlainSearch {
    static func lines(_ state: ScreenContext<SearchScreen>) -> [PlainLine] {
        if let typing = state.own.typing { return self.typing(typing) }
        guard let shown = state.own.shown else { return [PlainLine("searches", empty(state), isSelected: true)] }
        let search = shown.summary
        let (own, isOwn) = (state.own, state.own.isOwn)
        var lines = [
            PlainLine("search", "\(search.search.id)" + (search.search.name.map { ", \($0)" } ?? "")),
            PlainLine("state", isOwn && own.own?.isPaused == true ? "paused" : stateWords(search.state)),
            PlainLine("space", search.plan.space), PlainLine("trials", trials(search)),
            PlainLine(
                "time",
                SearchBudget.words(search.search.seconds)
                    + (own.timeToGo.map { ", " + $0 } ?? "")),
            PlainLine("best so far", best(search)),
        ]
        for (rung, epochs) in search.halving.rungs.enumerated() {
            lines.append(
                PlainLine(
                    "rung of \(PlainText.count(epochs, "epoch"))",
                    PlainText.count(search.halving.results[rung].count, "trial")))
        }
        lines += importance(shown) + brushed(shown, own)
        if let list = own.listings, list.count > 1 {
            lines.append(PlainLine("other searches", list.map { "\($0.search.id)" }.joined(separator: ", ")))
        }
        return lines + selected(shown, own)
    }

    private static func empty(_ state: ScreenContext<SearchScreen>) -> String {
        if let problem = state.own.problem { return problem }
        guard state.savedRuns.hasStore else { return "there is no store that keeps trials" }
        return state.own.listings == nil ? "reading" : "none yet; \(state.shared.key(.train)) types a space"
    }

    private static func stateWords(_ state: SearchState) -> String {
        if case .running(let process) = state { return "running, in process \(process)" }
        return state.word
    }

    private static func trials(_ search: SearchSummary) -> String {
        let budget = [
            search.plan.trials.map { "\($0)" }, search.plan.seconds.map { SearchBudget.words($0) },
        ].compactMap(\.self).joined(separator: " or ")
        return Figures.grouped(search.begun) + (budget.isEmpty ? "" : ", of \(budget)")
            + ", \(search.plan.sampler.rawValue)"
    }

    private static func best(_ search: SearchSummary) -> String {
        guard let best = search.best else { return "no trial has reached a rung" }
        return "\(PlainText.percent(best.accuracy)) of the validation rows, trial \(best.number + 1)"
    }

    private static func importance(_ shown: ShownSearch) -> [PlainLine] {
        guard let importance = shown.importance else { return [] }
        return SearchImportanceView.rows(shown, importance).map {
            PlainLine("importance of \($0.name)", PlainText.percent($0.share, digits: 0))
        }
    }

    private static func brushed(_ shown: ShownSearch, _ own: SearchScreen) -> [PlainLine] {
        var lines: [PlainLine] = []
        for axis in shown.axes.axes {
            guard let range = own.brush[axis] else { continue }
            let ends = [range.lowerBound, range.upperBound].map { end in
                end.isFinite ? shown.axes.text(of: end, on: axis) : "the end"
            }
            lines.append(PlainLine("brushed \(axis.name)", "\(ends[0]) to \(ends[1])"))
        }
        if let place = own.axis, shown.axes.axes.indices.contains(place) {
            let axis = shown.axes.axes[place]
            let value = shown.axes.value(at: own.cursor, on: axis)
            lines.append(PlainLine("value of \(axis.name)", shown.axes.text(of: value, on: axis), isSelected: true))
        }
        return lines
    }

    private static func selected(_ shown: ShownSearch, _ own: SearchScreen) -> [PlainLine] {
        guard let trial = own.selectedTrial else { return [PlainLine("trial", "none", isSelected: own.axis == nil)] }
        let reached =
            "\(PlainText.percent(trial.accuracy)) after \(PlainText.count(trial.length, "epoch")), "
            + shown.summary.word(of: trial)
        return [
            PlainLine("sorted", own.order.words + (own.isReversed ? ", turned round" : "")),
            PlainLine(
                "trial \(trial.number + 1)", "\(reached), row \(own.selectedRow + 1) of \(own.rows.count)",
                isSelected: own.axis == nil), PlainLine("its line", trial.line),
        ]
    }

    private static func typing(_ typing: SearchTyping) -> [PlainLine] {
        let isSpace = typing.purpose == .request
        return [
            PlainLine(typing: isSpace ? "the space" : "the budget", typing.field),
            typing.refusal.map { PlainLine("refused", $0) }
                ?? PlainLine("enter", isSpace ? "searches it" : "changes the budget"),
            PlainLine("examples", isSpace ? "layers={64relu,128relu} lr=1e-4..1e-2 trials=30" : "60 or 30m"),
        ]
    }
}
