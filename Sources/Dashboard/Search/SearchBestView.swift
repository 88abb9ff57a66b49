import Search
import Searching
import TerminalUI

/// The best result so far against trials or against time, with all results as dots.
enum SearchBestView {
    static func draw(_ state: ScreenContext<SearchScreen>, in area: Rect, on buffer: inout Buffer) {
        guard let shown = state.own.shown else { return }
        let theme = state.look.theme
        let search = shown.summary
        let (dot, word) = SearchView.word(
            state.own.isOwn ? .running(process: 0) : search.state,
            isPaused: state.own.isOwn && state.own.own?.isPaused == true, theme)
        let title = "search \(search.search.id): best so far"
        let best = search.best.map { SearchView.percent($0.accuracy) + " %" }
        let dim = theme.style(.dim)
        let forms: [[Span]] = [
            [dot, Span(" ", dim), word] + (best.map { [Span(" · ", dim), Span($0, theme.style(.title))] } ?? [])
                + [Span(" · \(SearchBudget.words(search.search.seconds))", dim)],
            [dot, Span(" ", dim), word] + (best.map { [Span(" · ", dim), Span($0, theme.style(.title))] } ?? []),
            [dot] + (best.map { [Span(" \($0)", theme.style(.title))] } ?? []),
        ]
        let room = area.width - title.columns - 9
        let detail = forms.first { $0.width <= room } ?? []
        let inner = SearchView.frame(title, .best, state, detail: detail).draw(in: area, on: &buffer, look: state.look)
        guard !inner.isEmpty else { return }
        guard inner.width >= SearchLayout.leastForBoth else {
            return chart(shown, isByTime: state.own.isByTime, state.look).draw(in: inner, on: &buffer, look: state.look)
        }
        let (left, right) = inner.splitLeft(inner.width / 2)
        chart(shown, isByTime: false, state.look).draw(in: left.inset(right: 1), on: &buffer, look: state.look)
        chart(shown, isByTime: true, state.look).draw(in: right, on: &buffer, look: state.look)
    }

    private static func chart(_ shown: ShownSearch, isByTime: Bool, _ look: Look) -> LineChart {
        let points = isByTime ? byTime(shown.best) : byTrial(shown.summary)
        var dots = LineChart.Series(
            name: "trials", points: points.dots, color: look.theme.faded(look.theme[.train], 0.35), mark: ".")
        dots.faint = look.colors == .mono || look.colors == .palette16
        var line = LineChart.Series(name: "best", points: points.steps, color: look.theme[.key], mark: "*")
        line.tag = ""
        let most = points.most
        var chart = LineChart(series: [dots, line], xRange: 0...max(1, most))
        // The lines decide: a trial that learned nothing may fall below.
        let heights = points.steps.map(\.y)
        if let low = heights.min(), let high = heights.max() {
            let sorted = points.dots.map(\.y).filter(\.isFinite).sorted()
            let usual = sorted.isEmpty ? low : sorted[sorted.count / 3]
            let least = min(low, usual)
            chart.yRange = max(0, min(least, high - 0.5))...high
        }
        chart.yLimits = 0...100
        chart.xName = isByTime ? "time" : "trial"
        chart.labelsOnBorder = true
        if isByTime { chart.xFormat = { SearchBudget.words($0) } } else { chart.leastXStep = 1 }
        chart.emptyText = "no trial has reached a rung yet"
        return chart
    }

    private typealias Points = (steps: [LineChart.Point], dots: [LineChart.Point], most: Double)

    private static func byTrial(_ search: SearchSummary) -> Points {
        let all = BestSoFar.byTrial(search)
        var steps: [LineChart.Point] = []
        for (trial, _, best) in all {
            if let last = steps.last, last.y != 100 * best { steps.append(.init(x: Double(trial + 1), y: last.y)) }
            steps.append(.init(x: Double(trial + 1), y: 100 * best))
        }
        let wanted = search.state == .ended ? search.begun : max(search.begun, search.plan.trials ?? 0)
        return (steps, apart(all.map { (Double($0.trial + 1), 100 * $0.accuracy) }), Double(wanted))
    }

    private static func byTime(_ best: BestSoFar) -> Points {
        var steps: [LineChart.Point] = []
        for result in best.byTime {
            if let last = steps.last { steps.append(.init(x: result.seconds, y: last.y)) }
            steps.append(.init(x: result.seconds, y: 100 * result.accuracy))
        }
        if let last = steps.last { steps.append(.init(x: best.seconds, y: last.y)) }
        return (steps, apart(best.results.map { ($0.seconds, 100 * $0.accuracy) }), best.seconds)
    }

    /// Each by itself: nothing joins them.
    private static func apart(_ values: [(x: Double, y: Double)]) -> [LineChart.Point] {
        values.flatMap { [LineChart.Point(x: $0.x, y: $0.y), LineChart.Point(x: $0.x, y: .nan)] }
    }
}
