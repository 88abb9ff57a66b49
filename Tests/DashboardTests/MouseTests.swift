import Dashboard
import Specs
import TerminalUI
import Testing
import Training

/// What can be done with the mouse alone.
@Suite struct MouseTests {
    @discardableResult
    private func click(_ state: inout DashboardState, x: Int, y: Int) -> [Effect] {
        update(&state, .input(.mouse(MouseEvent(kind: .press, x: x, y: y))))
    }

    /// Column and row of a text on the screen.
    private func place(_ text: String, _ state: DashboardState) throws -> (x: Int, y: Int) {
        let lines = render(state).text.components(separatedBy: "\n")
        let y = try #require(lines.lastIndex { $0.contains(text) }, "\(text) is on the screen")
        let range = try #require(lines[y].range(of: text))
        return (lines[y].distance(from: lines[y].startIndex, to: range.lowerBound), y)
    }

    @discardableResult
    private func click(_ text: String, _ state: inout DashboardState, shift: Int = 0) throws -> [Effect] {
        let (x, y) = try place(text, state)
        return click(&state, x: x + shift, y: y)
    }

    @Test("A click on what the footer offers is its key")
    func footer() throws {
        var state = Sample.ready(width: 160, height: 48)
        #expect(try click("presets", &state).isEmpty)
        #expect(state.overlay == .presets(cursor: 0))
        try click("esc back", &state)
        #expect(state.overlay == nil)
        #expect(
            try click("space train", &state) == [
                .start(RunLine(spec: state.composer.spec), run: 1, paused: false, firstStep: nil)
            ])
        try click("? help", &state)
        #expect(state.overlay == .help(HelpState()))
    }

    @Test("Of two keys in one hint each is clicked by its half")
    func halves() throws {
        var state = Sample.training(width: 160, height: 48)
        #expect(try click("[ ] rate", &state) == [.command(.set(.learningRate(5e-4)))])
        #expect(try click("[ ] rate", &state, shift: 2) == [.command(.set(.learningRate(1e-3)))])
    }

    @Test("The air between two hints, and the ellipsis, are no key")
    func air() throws {
        var state = Sample.training()
        let before = state
        try click("…", &state)
        #expect(state == before)
    }

    @Test("A click on a row of the composer selects it, its arrows step it, and a second click types")
    func composer() throws {
        var state = Sample.ready()
        try click(" batch     ", &state, shift: 1)
        #expect(state.composer.selected == .setting(.batch))
        try click("‹ ›", &state, shift: 2)
        #expect(state.composer.spec.training.batch == 50)
        try click("‹ ›", &state)
        #expect(state.composer.spec.training.batch == 32)
        try click("batch     ", &state)
        #expect(state.composerPanel.editing?.text == "32")
        try click("batch      32", &state)
        #expect(state.composerPanel.editing?.text == "32", "a click leaves the field, and the next one opens it again")
    }

    @Test("A click on the spec line edits it, and one on the footer applies or cancels it")
    func specLine() throws {
        var state = Sample.ready()
        try click("784-128relu-10", &state)
        #expect(state.overlay == .specLine(TextField(text: state.spec, limit: TextField.Limit.line), refusal: nil))
        Sample.type(&state, "x")
        try click("esc cancel", &state)
        #expect(state.overlay == nil)
    }

    @Test("In a wide window the help goes on in a second column with its heading, and a click runs a line there, too")
    func helpColumns() throws {
        var state = Sample.ready(width: 160, height: 48)
        Sample.press(&state, "?")
        let lines = render(state).text.components(separatedBy: "\n")
        let headings = lines.filter { $0.contains("Composer") && $0.contains("Everywhere") }
        #expect(headings.count == 1, "the second column begins with the heading of its first line")
        try click("look at the validation rows", &state)
        #expect(state.overlay == nil && state.source == .test)
        Sample.press(&state, "?", .end)
        #expect(render(state).text.contains("With --plain"), "it ends with the last keys")
    }

    @Test("A click on a line of the help runs it; the wheel moves the cursor, and a click beside it closes it")
    func help() throws {
        var state = Sample.ready(width: 120, height: 40)
        Sample.press(&state, "?")
        let before = state
        _ = update(&state, .input(.mouse(MouseEvent(kind: .scrollDown, x: 40, y: 10))))
        #expect(state != before && state.overlay != nil)
        try click("add a layer below", &state)
        #expect(state.overlay == nil && state.composer.spec.network.hidden.count == 2)
        Sample.press(&state, "?")
        // The list is as wide as the window.
        click(&state, x: 0, y: 0)
        #expect(state.overlay == nil && state.composer.spec.network.hidden.count == 2)
    }

    @Test("A click on a confused pair shows its digits, and one on the digit at hand opens it")
    func pairs() throws {
        var state = Sample.training(width: 170, height: 48)
        try click("3 → 4    2  50.0 %", &state)
        #expect(state.screen == .digits)
        #expect(state.selection.filter == DigitsFilter(truth: 3, predicted: 4, shown: .all))
        try click("5 → 6    2  50.0 %", &state)
        #expect(state.selection.filter == DigitsFilter(truth: 5, predicted: 6, shown: .all))
        try click("─ digit 1", &state)
        #expect(state.digits.form == .large)
        Sample.press(&state, .escape, "1")
        try click("─ digit 1", &state)
        #expect(state.screen == .digits)
    }

    @Test("The question before quitting is answered by a click on the footer")
    func question() throws {
        var state = Sample.training()
        Sample.press(&state, "q")
        let row = state.height - 1
        let footer = render(state).text.components(separatedBy: "\n")[row]
        let leave = try #require(footer.range(of: "esc back"))
        click(&state, x: footer.distance(from: footer.startIndex, to: leave.lowerBound), y: row)
        #expect(state.overlay == nil)
        Sample.press(&state, "q")
        #expect(click(&state, x: 1, y: row) == [.quit])
    }
}
