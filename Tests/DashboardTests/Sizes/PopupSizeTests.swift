import Dashboard
import Foundation
import TerminalUI
import Testing

/// A larger screen shows no less of a list that lies over a view, and what is left out is said.
@Suite struct PopupSizeTests {
    @Test(
        "As the screen grows, a list shows no less, has no empty rows, and says what it leaves out",
        arguments: MeasuredView.popups.map(\.name))
    func walk(name: String) throws {
        let view = try #require(MeasuredView.popups.first { $0.name == name })
        let report = SizeWalk(view).report
        #expect(report.isEmpty, "\(report.joined(separator: "\n"))")
    }

    @Test("All of a list is there on the largest screen", arguments: MeasuredView.popups.map(\.name))
    func counts(name: String) throws {
        let view = try #require(MeasuredView.popups.first { $0.name == name })
        var state = view.state
        _ = update(&state, .input(.resize(width: 240, height: 80)))
        let screen = view.drawn(state)
        for (count, value) in view.counts(screen) { #expect(value > 0, "\(count)") }
        #expect(screen.leftOut == 0)
    }

    @Test("Of a screen with a popup only the popup counts, and what it says that it leaves out")
    func popup() {
        var state = Sample.ready(width: 80, height: 24)
        Sample.press(&state, "?")
        let screen = DrawnScreen(render(state), frame: state.look.theme[.focusedBorder])
        #expect(screen.panels.map(\.title) == ["keys"])
        #expect(screen.leftOut > 100)
        #expect(DrawnScreen(render(Sample.ready())).leftOut > 0, "settings of the composer")
    }
}
