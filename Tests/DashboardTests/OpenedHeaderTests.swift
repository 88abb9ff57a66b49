import Dashboard
import TerminalUI
import Testing

/// The header while an opened run is shown.
@Suite struct OpenedHeaderTests {
    @Test("The run's number covers no tab at any width", arguments: [46, 60, 80, 99, 100, 120, 160])
    func tabs(width: Int) {
        var state = Sample.trainingBeside(5, width: width)
        let before = render(state).text.components(separatedBy: "\n")[0]
        Sample.pressInRuns(&state, .home, .enter, "6")
        let after = render(state).text.components(separatedBy: "\n")[0]
        #expect(after.contains("run 5"))
        // Everything up to the last tab is as it was.
        let tabs = before.prefix { $0 != "●" }
        let end = tabs.lastIndex(of: "7").map { before.distance(from: before.startIndex, to: $0) } ?? 0
        #expect(end > 0 && after.prefix(end + 1) == before.prefix(end + 1))
        #expect(width < 80 || after.contains("7 Draw"))
    }

    @Test("At 80 columns the status line says of an opened run that it failed; of a finished one it says no state")
    func state() {
        var state = Sample.trainingBeside(5)
        Sample.pressInRuns(&state, .home, .down, .enter)
        Sample.press(&state, "3")
        #expect(render(state).text.contains(" run 4 failed · "))
        var wide = state
        (wide.width, wide.height) = (160, 48)
        #expect(!render(wide).text.contains("failed · "), "the header has room for it")
        #expect(!render(Sample.opened()).text.contains("finished"))
    }

    @Test("In ASCII a deviation has no plus sign, which would say that something got better")
    func deviation() {
        var look = Look()
        look.glyphs = .ascii
        let state = Sample.saved(6, width: 120, height: 40, look: look)
        let text = render(state).text
        #expect(text.contains(" % ~") && !text.contains(" % +"))
    }
}
