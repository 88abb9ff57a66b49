import Runs
import Search
import Searching
import TerminalUI

/// A search: what all its trials have reached, and each of them.
enum SearchView {
    static func draw(_ state: ScreenContext<SearchScreen>, on buffer: inout Buffer) {
        for (panel, area) in state.own.layout(state.place).areas {
            switch panel {
            case .list: SearchListView.draw(state, in: area, on: &buffer)
            case .best: SearchBestView.draw(state, in: area, on: &buffer)
            case .rungs: SearchRungsView.draw(state, in: area, on: &buffer)
            case .importance: SearchImportanceView.draw(state, in: area, on: &buffer)
            case .axes: SearchAxesView.draw(state, in: area, on: &buffer)
            case .trials: SearchTrialsView.draw(state, in: area, on: &buffer)
            }
        }
    }

    /// A panel's frame, in the accent colour where keys are about it.
    static func frame(
        _ title: String, _ panel: SearchScreen.Panel, _ state: ScreenContext<SearchScreen>, detail: [Span] = [],
        footer: [Span] = []
    ) -> Panel {
        let isBrushing = state.own.axis != nil
        return Panel(
            title: title, detail: detail, focused: isBrushing ? panel == .axes : state.own.panel == panel,
            footer: footer)
    }

    /// The state of a search as a word with its colour.
    static func word(
        _ state: SearchState, isPaused: Bool, _ theme: Theme
    ) -> (dot: Span, word: Span) {
        let (word, role): (String, Theme.Role) =
            switch state {
            case .running: isPaused ? ("paused", .warning) : ("running", .good)
            case .interrupted: ("interrupted", .warning)
            case .ended: ("ended", .train)
            }
        return (Span("●", theme.style(role)), Span(word, theme.style(.text)))
    }

    /// The colour of a trial by its rank: the best tenth has the accent's, what is brushed away is as quiet as a frame.
    static func style(_ rank: Double?, passes: Bool, _ look: Look) -> Style {
        let theme = look.theme
        guard passes, let rank else { return theme.style(.border) }
        switch look.colors {
        case .palette16, .mono:
            return rank >= 0.9 ? theme.style(.title).bold() : theme.style(rank >= 0.5 ? .train : .dim)
        case .truecolor, .palette256:
            if rank >= 0.9 { return theme.style(.key) }
            let stops = [theme.faded(theme[.train], 0.8), theme.faded(theme[.train], 0.4), theme[.train]]
            return Style(foreground: look.shade(stops, rank), background: theme[.background])
        }
    }

    /// How trials are chosen, and how many, or for how long: `random, 40 trials`.
    static func budget(_ plan: SearchPlan) -> String {
        let parts = [
            plan.sampler.rawValue, plan.trials.map { PlainText.count($0, "trial") },
            plan.seconds.map { SearchBudget.words($0) },
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }

    static func percent(_ share: Double?) -> String { Figures.percent(share, digits: 2) }
}

/// All searches of the store.
enum SearchListView {
    /// The first row that is drawn, so that the shown search is visible.
    static func first(_ own: SearchScreen, in area: Rect) -> Int {
        let count = own.listings?.count ?? 0
        let rows = max(0, area.height - 3)
        let now = own.listings?.firstIndex { $0.search.id == own.shown?.summary.search.id } ?? 0
        return max(0, min(now - rows / 2, count - rows))
    }

    static func draw(_ state: ScreenContext<SearchScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let listings = state.own.listings ?? []
        let inner = SearchView.frame(
            "searches", .list, state,
            detail: listings.isEmpty ? [] : [Span(Figures.grouped(listings.count), theme.style(.text))]
        ).draw(in: area, on: &buffer, look: state.look)
        guard !listings.isEmpty else { return drawEmpty(state, in: inner, on: &buffer) }
        buffer.write("trials  best %", rightAlignedAt: inner.x + 19, y: inner.y, theme.style(.dim))
        buffer.write("space", x: inner.x + 22, y: inner.y, theme.style(.dim), maxWidth: inner.maxX - inner.x - 22)
        let first = first(state.own, in: area)
        drawFacts(state, below: min(listings.count, inner.height - 1), in: inner, on: &buffer)
        for (line, listing) in listings.dropFirst(first).prefix(max(0, inner.height - 1)).enumerated() {
            draw(
                listing, state, in: Rect(x: inner.x, y: inner.y + 1 + line, width: inner.width, height: 1), on: &buffer)
        }
    }

    private static func draw(
        _ listing: SearchListing, _ state: ScreenContext<SearchScreen>, in line: Rect, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let isShown = listing.search.id == state.own.shown?.summary.search.id
        let background = theme[isShown ? .selectedBackground : .background]
        buffer.fill(line, Cell(style: theme.style(.text).on(background)))
        if isShown { buffer.write("▸", x: line.x, y: line.y, theme.style(.key).on(background)) }
        let isPaused = state.own.own?.number == listing.search.id && state.own.own?.isPaused == true
        let dot = SearchView.word(listing.state, isPaused: isPaused, theme).dot
        buffer.write([Span(dot.text, dot.style.on(background))], x: line.x + 1, y: line.y)
        let title = theme.style(.title).on(background)
        buffer.write("\(listing.search.id)", rightAlignedAt: line.x + 5, y: line.y, title)
        let text = theme.style(.text).on(background)
        buffer.write(Figures.grouped(listing.tally.trials), rightAlignedAt: line.x + 11, y: line.y, text)
        buffer.write(
            listing.tally.best.map { Figures.percent($0, digits: 2) } ?? "–", rightAlignedAt: line.x + 19, y: line.y,
            text)
        let room = line.width - 23
        let name = listing.search.name.map { [Span("\($0)  ", title)] } ?? []
        let space = Span(listing.plan?.space ?? "not readable", theme.quiet(marked: isShown).on(background))
        buffer.write(name + [space], x: line.x + 22, y: line.y, maxWidth: room)
    }

    /// What the shown search does, where the list leaves room.
    private static func drawFacts(
        _ state: ScreenContext<SearchScreen>, below rows: Int, in inner: Rect, on buffer: inout Buffer
    ) {
        guard inner.width > 4 else { return }
        let theme = state.look.theme
        let width = inner.width - 2
        guard let search = state.own.shown?.summary else {
            // One that can't be read says so in place of its figures.
            let words = state.own.problem.map { WrappedText.lines($0, width: width) } ?? ["reading ..."]
            for (row, text) in words.enumerated() where rows + 2 + row < inner.height {
                buffer.write(
                    text, x: inner.x + 1, y: inner.y + rows + 2 + row,
                    theme.style(state.own.problem == nil ? .dim : .warning), maxWidth: width)
            }
            return
        }
        var lines = [(SearchView.budget(search.plan), Theme.Role.text)]
        if let time = state.own.timeToGo { lines.append((time, .text)) }
        // Behind a comma a long set may go on in the next line.
        let space = search.plan.space.replacing(",", with: ", ")
        lines += WrappedText.lines(space, width: width).map { ($0.replacing(", ", with: ","), .dim) }
        let room = inner.height - 1 - rows - 1
        guard room >= 2 else { return }
        for (row, line) in lines.suffix(lines.count).prefix(room).enumerated() {
            buffer.write(
                line.0, x: inner.x + 1, y: inner.maxY - min(room, lines.count) + row, theme.style(line.1),
                maxWidth: width)
        }
    }

    private static func drawEmpty(_ state: ScreenContext<SearchScreen>, in inner: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let shared = state.shared
        let lines: [(String, Theme.Role)]
        if let problem = state.own.problem {
            lines = WrappedText.lines(problem, width: max(1, inner.width - 2)).map { ($0, .warning) }
        } else if !shared.savedRuns.hasStore {
            lines = [("trials are kept in the store, and there is none", .dim)]
        } else if state.own.listings == nil {
            lines = [("reading ...", .dim)]
        } else {
            lines = [
                ("no search yet: \(shared.key(.train)) begins one", .text),
                ("a search trains many networks, and the best of them on", .dim),
                ("layers={200tanh,512relu} lr=1e-4..1e-2 epochs=9 trials=40", .dim),
            ]
        }
        let top = inner.y + max(0, (inner.height - lines.count) / 2)
        for (row, line) in lines.enumerated() {
            buffer.write(line.0, centredIn: inner, y: top + row, theme.style(line.1))
        }
    }
}
