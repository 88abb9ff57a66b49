import Search
import Searching
import TerminalUI

/// The settings of all trials side by side: a line for each across its settings and what it reached, the best on top.
enum SearchAxesView {
    /// Columns of an axis with its labels, at least.
    private static let leastAxis = 10
    /// More lines could not be told apart, and would take long: of more the best are drawn, and the newest.
    private static let mostLines = 400

    static func draw(_ state: ScreenContext<SearchScreen>, in area: Rect, on buffer: inout Buffer) {
        guard let shown = state.own.shown else { return }
        let theme = state.look.theme
        let places = visible(shown, state.own, width: area.width - 2)
        let inner = SearchView.frame(
            "settings side by side", .axes, state, detail: detail(shown, state.own, shown: places.count, theme),
            footer: footer(shown, state.own, theme, room: area.width - 6)
        ).draw(in: area, on: &buffer, look: state.look)
        let lines = lines(shown, state.own, places, state.look)
        guard !lines.isEmpty else {
            let text = "a line for each trial, from its first rung on"
            return buffer.write(text, centredIn: inner, y: inner.y + inner.height / 2, theme.style(.dim))
        }
        widget(shown, state.own, places, lines).draw(in: inner, on: &buffer, look: state.look)
    }

    private static func widget(
        _ shown: ShownSearch, _ own: SearchScreen, _ places: [Int], _ lines: [ParallelCoordinates.Line]
    ) -> ParallelCoordinates {
        let axes = places.map { place in
            let axis = shown.axes.axes[place]
            var drawn = ParallelCoordinates.Axis(
                title: axis.name,
                ticks: axis.ticks.map { ParallelCoordinates.Axis.Tick(share: $0.share, label: $0.label) })
            drawn.isChosen = own.axis == place
            if drawn.isChosen { drawn.cursor = own.cursor }
            if let range = own.brush[axis] {
                let low = shown.axes.share(of: range.lowerBound, on: axis) ?? 0
                drawn.range = low...max(low, shown.axes.share(of: range.upperBound, on: axis) ?? 1)
            }
            return drawn
        }
        return ParallelCoordinates(axes: axes, lines: lines)
    }

    /// The trials with a rank; the best of those within the brush lie on top, and the selected one above all.
    private static func lines(
        _ shown: ShownSearch, _ own: SearchScreen, _ places: [Int], _ look: Look
    ) -> [ParallelCoordinates.Line] {
        let search = shown.summary
        let selected = own.selectedTrial?.number
        var order = search.trials.indices.filter { search.ranks[$0] != nil }
        let passes = Dictionary(uniqueKeysWithValues: order.map { ($0, own.brush.takes(search.trials[$0])) })
        order.sort { one, other in
            func key(_ place: Int) -> Double {
                if search.trials[place].number == selected { return 3 }
                return (passes[place] == true ? 1 : 0) + (search.ranks[place] ?? 0)
            }
            return (key(one), one) < (key(other), other)
        }
        return order.suffix(mostLines).map { place in
            let trial = search.trials[place]
            let isSelected = trial.number == selected
            let isBright = passes[place] == true
            var style = SearchView.style(search.ranks[place], passes: isBright, look)
            if isSelected { style = look.theme.style(.title).bold() }
            let rank = search.ranks[place] ?? 0
            return ParallelCoordinates.Line(
                shares: places.map { shown.axes.share(of: trial, on: shown.axes.axes[$0]) }, style: style,
                mark: isSelected ? "@" : !isBright ? "." : rank >= 0.9 ? "#" : rank >= 0.5 ? "+" : "-")
        }
    }

    /// The axes that fit: the result always, and the chosen one among the settings.
    private static func visible(_ shown: ShownSearch, _ own: SearchScreen, width: Int) -> [Int] {
        let all = Array(shown.axes.axes.indices)
        let room = max(2, (width - 4) / leastAxis)
        guard all.count > room, let result = all.last else { return all }
        let first = max(0, min((own.axis ?? 0) - room + 2, all.count - room))
        return Array(all.dropFirst(first).prefix(room - 1).filter { $0 != result }) + [result]
    }

    private static func detail(_ shown: ShownSearch, _ own: SearchScreen, shown count: Int, _ theme: Theme) -> [Span] {
        let ranked = shown.summary.trials.indices.filter { shown.summary.ranks[$0] != nil }
        let bright = ranked.count { own.brush.takes(shown.summary.trials[$0]) }
        let hidden = shown.axes.axes.count - count
        let words = own.brush.isEmpty ? PlainText.count(ranked.count, "trial") : "\(bright) of \(ranked.count) trials"
        return [
            Span(words, theme.style(.text)), Span(hidden > 0 ? " · \(hidden) more →" : "", theme.style(.dim)),
        ]
    }

    /// The keys; on a chosen axis with the whole value under the cursor.
    private static func footer(_ shown: ShownSearch, _ own: SearchScreen, _ theme: Theme, room: Int) -> [Span] {
        func hint(_ key: String, _ words: String) -> [Span] {
            [Span(key, theme.style(.key)), Span(" \(words)", theme.style(.dim))]
        }
        guard let place = own.axis, shown.axes.axes.indices.contains(place) else {
            return own.brush.ranges.isEmpty
                ? hint("← →", "an axis") : hint("← →", "an axis  ") + hint("e", "searches what is brushed")
        }
        let axis = shown.axes.axes[place]
        let value = shown.axes.text(of: shown.axes.value(at: own.cursor, on: axis), on: axis)
        let words = own.brushStart != nil ? "to here" : own.brush[axis] == nil ? "from here" : "all again"
        let forms = [value, "value"].map { hint("↑↓", "\($0)  ") + hint("enter", "\(words)  ") + hint("esc", "trials") }
        return forms.first { $0.width <= room } ?? forms[forms.count - 1]
    }

    // MARK: - Mouse

    /// The axis nearest to a pointer, and the height on it.
    static func place(
        of event: MouseEvent, _ shown: ShownSearch, _ own: SearchScreen, in area: Rect
    ) -> (axis: Int, share: Double)? {
        let places = visible(shown, own, width: area.width - 2)
        let columns = widget(shown, own, places, []).columns(in: area.inset(by: 1))
        guard let nearest = zip(places, columns).min(by: { abs($0.1 - event.x) < abs($1.1 - event.x) }) else {
            return nil
        }
        return (nearest.0, share(atY: event.y, in: area))
    }

    /// The height on an axis, 0 ... 1.
    static func share(atY y: Int, in area: Rect) -> Double {
        ParallelCoordinates.share(ofRow: y, in: area.inset(by: 1))
    }
}
