import Dashboard
import TerminalUI
import Testing

@Suite struct AnywhereTests {
    @Test("Ctrl-Z suspends and Ctrl-L draws anew, whatever is open, and leave it open")
    func everywhere() {
        func opened(_ state: DashboardState, _ keys: Key...) -> DashboardState {
            var state = state
            for key in keys { Sample.press(&state, key) }
            return state
        }
        var small = Sample.ready()
        _ = update(&small, .input(.resize(width: 10, height: 4)))
        let states: [(String, DashboardState)] = [
            ("help", opened(Sample.ready(), "?")), ("spec line", opened(Sample.ready(), "e")),
            ("value", opened(Sample.ready(), .enter)), ("filter", opened(Sample.training(), "4", "/")),
            ("filter of runs", opened(Sample.saved(3), "/")), ("name", opened(Sample.saved(3), "i")),
            ("tags", opened(Sample.saved(3), "T")), ("note", opened(Sample.saved(3), "I")),
            ("quit question", opened(Sample.training(), "q")), ("presets", opened(Sample.ready(), "p")),
            ("options", opened(Sample.ready(), "o")), ("folder", opened(Sample.ready(), "o", .end, .enter)),
            ("view", Sample.ready()), ("too small", small),
        ]
        for (name, state) in states {
            for (key, effect) in [(Key.control("z"), Effect.suspend), (.control("l"), .redraw)] {
                var after = state
                #expect(Sample.press(&after, key) == [effect], "\(name)")
                #expect(after == state, "\(name)")
            }
        }
    }
}
