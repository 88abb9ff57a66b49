import Search
import Searching
import TerminalUI

/// How many trials reached each rung, and how many of them went on.
enum SearchRungsView {
    static func draw(_ state: ScreenContext<SearchScreen>, in area: Rect, on buffer: inout Buffer) {
        guard let search = state.own.shown?.summary else { return }
        let theme = state.look.theme
        let halving = search.halving
        let kept = halving.rungs.count > 1 ? "1 of \(halving.reduction) promoted" : "all to their ends"
        let inner = SearchView.frame("rungs", .rungs, state, detail: [Span(kept, theme.style(.dim))])
            .draw(in: area, on: &buffer, look: state.look)
        let most = Double(max(1, halving.results[0].count, min(search.plan.trials ?? 0, 1_000_000)))
        let names = halving.rungs.map { "\($0) epoch\($0 == 1 ? "" : "s")" }
        let room = (names + ["other seeds"]).map(\.columns).max() ?? 0
        for (rung, name) in names.enumerated() where rung < inner.height {
            let reached = halving.results[rung].count
            let next = halving.results.indices.contains(rung + 1) ? halving.results[rung + 1].count : reached
            let line = Rect(x: inner.x + 1, y: inner.y + rung, width: inner.width - 2, height: 1)
            drawRow(name, room, reached, of: most, bright: next, "\(reached)", state.look, in: line, on: &buffer)
        }
        let seeds = search.trials.filter { $0.repeats != nil }
        guard inner.height > names.count, search.plan.finalists > 0, search.plan.repeats > 1 else { return }
        let line = Rect(x: inner.x + 1, y: inner.y + names.count, width: inner.width - 2, height: 1)
        let done = seeds.count { $0.state == .finished }
        let all = search.plan.finalists * (search.plan.repeats - 1)
        drawRow(
            "other seeds", room, done, of: Double(max(1, all)), bright: done, seeds.isEmpty ? "–" : "\(done)",
            state.look,
            in: line, on: &buffer)
    }

    private static func drawRow(
        _ name: String, _ room: Int, _ count: Int, of most: Double, bright: Int, _ text: String, _ look: Look,
        in line: Rect, on buffer: inout Buffer
    ) {
        let theme = look.theme
        buffer.write(name, x: line.x, y: line.y, theme.style(.dim), maxWidth: line.width)
        buffer.write(text, rightAlignedAt: line.maxX, y: line.y, theme.style(.text))
        let bar = line.inset(left: room + 1, right: 5)
        SearchBar(share: Double(count) / most, bright: Double(bright) / most).draw(in: bar, on: &buffer, look: look)
    }
}

/// A thin bar on its track: a bright part within a quieter one, to half a cell.
struct SearchBar: Widget {
    /// 0 ... 1.
    var share: Double
    /// 0 ... `share`.
    var bright: Double

    func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        guard !area.isEmpty else { return }
        let theme = look.theme
        let isPlain = look.glyphs == .ascii
        func halves(_ share: Double) -> Int {
            guard share > 0 else { return 0 }
            return min(2 * area.width, max(1, Int((share * Double(2 * area.width)).rounded())))
        }
        let (all, first) = (halves(share), halves(min(bright, share)))
        let quiet =
            look.colors == .mono || look.colors == .palette16
            ? theme.style(.dim)
            : Style(foreground: theme.faded(theme[.train], 0.55), background: theme[.background])
        for column in 0..<area.width {
            let isBright = 2 * column < first
            let isFilled = isBright || 2 * column < all
            let end = isBright ? first : all
            let scalar: Unicode.Scalar =
                isPlain
                ? (isBright ? "#" : isFilled ? "=" : ".")
                : !isFilled ? "─" : 2 * column + 1 == end ? "╸" : "━"
            let style = isBright ? theme.style(.train) : isFilled ? quiet : theme.style(.border)
            buffer[area.x + column, area.y] = Cell(scalar, style: style.with(.mark))
        }
    }
}

/// How much each setting explains alone of what tells trials apart.
enum SearchImportanceView {
    static func draw(_ state: ScreenContext<SearchScreen>, in area: Rect, on buffer: inout Buffer) {
        guard let shown = state.own.shown else { return }
        let theme = state.look.theme
        let inner = SearchView.frame("importance", .importance, state).draw(in: area, on: &buffer, look: state.look)
        guard let importance = shown.importance else {
            let least = SettingImportance.leastTrials
            let ranked = shown.summary.ranks.count { $0 != nil }
            let text = ranked < least ? "from \(least) trials on" : "no trial differs"
            return buffer.write(text, centredIn: inner, y: inner.y + inner.height / 2, theme.style(.dim))
        }
        let rows = rows(shown, importance)
        let room = min(inner.width / 2, rows.map(\.name.columns).max() ?? 0)
        let isCut = rows.count > inner.height
        if isCut {
            let hidden = rows.count - inner.height + 1
            buffer.write(
                "\(hidden) more, each less", x: inner.x + 1, y: inner.maxY - 1, theme.style(.dim),
                maxWidth: inner.width - 2)
        }
        for (row, entry) in rows.prefix(isCut ? inner.height - 1 : rows.count).enumerated() {
            let y = inner.y + row
            let isTogether = row == rows.count - 1
            buffer.write(
                entry.name, x: inner.x + 1, y: y, theme.style(isTogether ? .dim : .text), maxWidth: room)
            buffer.write(
                "\(Int((100 * entry.share).rounded())) %", rightAlignedAt: inner.maxX - 1, y: y,
                theme.style(isTogether ? .dim : .title))
            let bar = Rect(x: inner.x + room + 2, y: y, width: inner.width - room - 9, height: 1)
            SearchBar(share: entry.share, bright: isTogether ? 0 : entry.share)
                .draw(in: bar, on: &buffer, look: state.look)
        }
    }

    /// The settings, the most important one first, and what they explain together.
    static func rows(_ shown: ShownSearch, _ importance: SettingImportance) -> [(name: String, share: Double)] {
        let names = shown.summary.space.dimensions.map(\.name)
        let settings = zip(names, importance.shares).enumerated()
            .sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }.map(\.element)
        return settings.map { (name: $0.0, share: $0.1) } + [(name: "together", share: importance.together)]
    }
}
