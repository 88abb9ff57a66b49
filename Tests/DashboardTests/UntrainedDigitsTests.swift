import Dashboard
import TerminalUI
import Testing
import Training

/// Digits before the first run.
@Suite struct UntrainedDigitsTests {
    private func open(_ width: Int = 120, _ height: Int = 40) -> DashboardState {
        var state = Sample.ready(width: width, height: height)
        Sample.answer(&state, Sample.press(&state, "4"))
        return state
    }

    @Test("The rows that will be predicted are walked and shown large")
    func walks() {
        var state = open()
        #expect(state.digits.untrained.part == .heldOut && state.digits.untrained.rows.map(\.row) == Array(126..<140))
        Sample.press(&state, .right, .right)
        #expect(state.digits.untrained.selected?.row == 128)
        Sample.press(&state, .enter)
        #expect(state.digits.form == .large && render(state).text.contains("[0 0 0 0 0 0 0 0 1 0]"))
        Sample.press(&state, .escape, "v")
        #expect(state.digits.untrained.part == .test && state.digits.form == .both)
    }

    @Test("They are sorted and filtered by what needs no predictions, and the rest says what it waits for")
    func choices() {
        var state = open()
        Sample.press(&state, "(")
        #expect(state.digits.untrained.rows.map(\.row) == [130])
        Sample.press(&state, .escape)
        #expect(state.screen == .digits && state.digits.untrained.rows.count == 14)
        Sample.press(&state, "s")
        #expect(state.digits.untrained.order == .unlike || state.digits.untrained.order == .random)
        Sample.press(&state, "/", "3")
        #expect(state.digits.untrained.rows.map(\.row) == [133])
        Sample.press(&state, ">", .enter)
        #expect(state.digits.untrained.rows.map(\.row) == [133])
        Sample.press(&state, "w")
        #expect(state.message?.text == "no predictions yet: space trains a network")
        #expect(render(state).text.contains("no predictions yet"))
    }

    @Test("Without rows held out they are those to train on; once a run starts, its own view is back")
    func others() {
        var state = Sample.ready(width: 120, height: 40)
        Sample.press(&state, "e", .control("u"))
        Sample.type(&state, "128relu val=0")
        Sample.press(&state, .enter, "4")
        #expect(state.digits.untrained.part == .training && state.digits.untrained.rows.count == 140)
        Sample.press(&state, " ")
        #expect(state.digits.untrained.rows.isEmpty)
        #expect(!render(state).text.contains("no predictions yet"))
    }
}
