import Dashboard
import TerminalUI
import Testing
import Training

/// Digits and Confusion of a saved run that is opened: the epochs of its matrices, and the predictions of its last weights.
@Suite struct SavedDigitsTests {
    /// Saved run 5 is opened, and its network has measured the validation rows.
    private func measured(width: Int = 160, height: Int = 48) -> DashboardState {
        var state = Sample.opened(width: width, height: height)
        let facts = RunFacts(parameters: 1, trainingRows: 100, validationRows: 40, testRows: 40, batchesPerEpoch: 4)
        _ = update(&state, .event(.started(facts, untrained: Sample.evaluation(epoch: 10)), run: -1))
        return state
    }

    @Test("Digits says that a saved run keeps no predictions of earlier epochs, on the screen and in words")
    func past() {
        var state = measured()
        Sample.press(&state, "4")
        let text = render(state).text
        #expect(text.contains("a saved run keeps no predictions") && text.contains("epoch 10"))
        #expect(text.contains("true 7  predicted 8"))
        var session = Sample.training(width: 160, height: 48)
        Sample.press(&session, "4")
        #expect(!render(session).text.contains("a saved run keeps"))
        state.display.plain = true
        let lines = PlainScreen(state).lines.map(\.text)
        #expect(lines.contains("earlier epochs: a saved run keeps no predictions of them"))
    }

    @Test("Confusion goes through the epochs of a saved run, and says of which epoch there are digits")
    func epochs() {
        var state = measured()
        Sample.press(&state, "3")
        #expect(render(state).text.contains("validation · epoch 10"))
        Sample.press(&state, "H")
        let text = render(state).text
        #expect(text.contains("validation · epoch 9") && text.contains("digits are kept for the newest epoch only"))
        Sample.press(&state, .enter)
        #expect(state.screen == .digits && state.message?.text.contains("the newest") == true)
    }
}
