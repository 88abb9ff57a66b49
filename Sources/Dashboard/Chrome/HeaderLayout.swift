import TerminalUI
import Training

/// Where the tabs of the screens stand in the header, beside what the run is doing.
struct HeaderLayout {
    struct Tab {
        let screen: Screen
        /// The key that shows it.
        let key: String
        let x: Int
        let width: Int
        let title: String
    }

    /// Columns of a window whose header has room for the run's number.
    static let widthOfRunNumber = 100

    let tabs: [Tab]
    /// Whether the program's name stands before them.
    let showsName: Bool

    /// Columns of the program's name.
    private static let nameWidth = 16

    /// Whole titles where they fit beside the run's state, at need close together, then two shorter ones, four letters, three, two,
    /// and the title of the active one alone. The program's name has a place only before titles that are whole.
    init(_ state: DashboardState) {
        let room = state.width - HeaderLayout.roomOfRun(width: state.width) - 2
        func title(_ screen: Screen) -> String { state.shared.classNames.worded(screen.title) }
        let titles: [(padding: Int, of: (Screen) -> String)] = [
            (4, title), (3, title), (3, { $0.shortTitle ?? title($0) }), (3, { String(title($0).prefix(4)) }),
            (3, { String(title($0).prefix(3)) }), (3, { String(title($0).prefix($0 == state.screen ? 4 : 2)) }),
            (3, { $0 == state.screen ? String(title($0).prefix(4)) : "" }),
        ]
        func form(_ title: (padding: Int, of: (Screen) -> String), from start: Int) -> [Tab] {
            var x = start
            return Screen.allCases.map { screen in
                let (text, key) = (title.of(screen), state.shared.key(screen.verb))
                let width = (text.isEmpty ? 2 : text.count + title.padding - 1) + key.columns
                defer { x += width }
                return Tab(screen: screen, key: key, x: x, width: width, title: text)
            }
        }
        let named = state.width >= HeaderLayout.widthOfRunNumber ? titles.prefix(2) : []
        let forms = named.map { form($0, from: HeaderLayout.nameWidth) } + titles.map { form($0, from: 0) }
        let chosen = forms.firstIndex { ($0.last.map { $0.x + $0.width } ?? 0) <= room } ?? forms.count - 1
        (tabs, showsName) = (forms[chosen], chosen < named.count)
    }

    /// The screen whose tab is at a column.
    func screen(atX x: Int) -> Screen? { tabs.first { x >= $0.x && x < $0.x + $0.width }?.screen }

    /// Columns that are kept for the run, whatever it does: the tabs never move.
    private static func roomOfRun(width: Int) -> Int {
        let state = "● finished".count
        if width < 46 { return 1 }
        return width < widthOfRunNumber ? state : "auto  run 1234  ".count + state
    }

    static func runSpans(_ state: DashboardState, width: Int) -> [Span] {
        let theme = state.look.theme
        guard let run = state.run else {
            let (text, short) =
                switch state.data {
                case .loading: ("loading data", "loading")
                case .failed: ("no data", "no data")
                case .ready(let data): (data.dataset.name, "ready")
                }
            return [Span(text.columns <= roomOfRun(width: width) ? text : short, theme.style(.dim))]
        }
        let (text, role) = run.stateWord
        // The tabs of the narrowest screens leave no room for the word.
        guard width >= 46 else { return [Span("●", theme.style(role))] }
        // The word would cover a tab: the dot's colour says it, and the status line names the weights.
        if state.opened != nil, width < HeaderLayout.widthOfRunNumber {
            return [Span("run \(run.number) ", theme.style(.title)), Span("●", theme.style(role))]
        }
        var spans = [Span("● ", theme.style(role)), Span(text, theme.style(.text))]
        // Below that the status line says it.
        if width >= HeaderLayout.widthOfRunNumber {
            let role: Theme.Role = state.opened == nil ? .dim : .title
            let weights = state.opened?.choice == .best ? "best " : ""
            spans.insert(Span("run \(run.number) \(weights) ", theme.style(role)), at: 0)
        }
        if state.autoRun, width >= HeaderLayout.widthOfRunNumber {
            spans.insert(Span("auto  ", theme.style(.key)), at: 0)
        }
        return spans
    }
}

extension Screen {
    /// A word in place of the longest titles where all others fit whole.
    fileprivate var shortTitle: String? {
        switch self {
        case .confusion: "Conf"
        case .network: "Net"
        default: nil
        }
    }
}
