import TerminalUI
import Training

/// The name, the screens with their keys, and what the run is doing.
enum HeaderView {
    static let widthOfRunNumber = 100

    private struct Tab {
        let screen: Screen
        let x: Int
        let width: Int
        let title: String
    }

    static func draw(_ state: DashboardState, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        if area.width >= 100 { buffer.write("trainspotter", x: 1, y: area.y, theme.style(.title).bold()) }
        for tab in tabs(state) {
            let active = tab.screen == state.screen
            let background = theme[active ? .selectedBackground : .background]
            buffer.fill(
                Rect(x: tab.x, y: area.y, width: tab.width, height: 1), Cell(style: theme.style(.text).on(background)))
            let key = active && state.look.colors == .mono ? "[\(tab.screen.rawValue)]" : " \(tab.screen.rawValue) "
            buffer.write(key, x: tab.x, y: area.y, theme.style(.key).on(background))
            let style = active ? theme.style(.title).bold() : theme.style(.dim)
            buffer.write(tab.title, x: tab.x + 3, y: area.y, style.on(background))
        }
        let right = runSpans(state, width: area.width)
        buffer.write(right, x: area.maxX - right.width - 1, y: area.y)
    }

    /// The screen whose tab is at a column.
    static func screen(at x: Int, _ state: DashboardState) -> Screen? {
        tabs(state).first { x >= $0.x && x < $0.x + $0.width }?.screen
    }

    /// Whole titles where they fit beside the run's state, at need close together, then four letters, then the title of
    /// the active one alone.
    private static func tabs(_ state: DashboardState) -> [Tab] {
        let start = state.width >= 100 ? 16 : 0
        let room = state.width - start - runSpans(state, width: state.width).width - 2
        let titles: [(padding: Int, of: (Screen) -> String)] = [
            (4, { $0.title }), (3, { $0.title }), (3, { String($0.title.prefix(4)) }),
            (3, { $0 == state.screen ? String($0.title.prefix(4)) : "" }),
        ]
        let forms = titles.map { title in
            var x = start
            return Screen.allCases.map { screen in
                let text = title.of(screen)
                let width = text.isEmpty ? 3 : text.count + title.padding
                defer { x += width }
                return Tab(screen: screen, x: x, width: width, title: text)
            }
        }
        return forms.first { ($0.last.map { $0.x + $0.width } ?? 0) <= start + room } ?? forms[forms.count - 1]
    }

    private static func runSpans(_ state: DashboardState, width: Int) -> [Span] {
        let theme = state.look.theme
        guard let run = state.run else {
            let text = state.data.loaded?.dataset.name ?? (state.data == .loading ? "loading data" : "no data")
            return [Span(text, theme.style(.dim))]
        }
        let (text, role): (String, Theme.Role) =
            switch run.state {
            case .running: ("training", .good)
            case .paused: ("paused", .warning)
            case .finished: ("finished", .train)
            case .stopped: ("stopped", .dim)
            case .failed: ("failed", .bad)
            }
        // The tabs of the narrowest screens leave no room for the word.
        guard width >= 46 else { return [Span("●", theme.style(role))] }
        var spans = [Span("● ", theme.style(role)), Span(text, theme.style(.text))]
        // Below that the status line says it.
        if width >= HeaderView.widthOfRunNumber { spans.insert(Span("run \(run.number)  ", theme.style(.dim)), at: 0) }
        if state.autoRun { spans.insert(Span("auto  ", theme.style(.key)), at: 0) }
        return spans
    }
}
