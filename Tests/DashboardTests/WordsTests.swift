import Dashboard
import TerminalUI
import Testing

/// One word for a thing on all screens: predicted, apply, cancel, back, resume.
@Suite struct WordsTests {
    /// Other words for these, which earlier versions had.
    private static let others = [
        "says", "it sees", "guess", "guesses", "guessed", "take for", "takes for", "taken for", "take over", "put back",
        "go on", "goes on", "esc leave", "esc leaves", "esc later", "esc close",
    ]

    /// Those of them that stand in a text as whole words.
    private static func found(in text: String) -> [String] {
        let words = text.split { !$0.isLetter }.joined(separator: " ")
        return others.filter { " \(words) ".contains(" \($0) ") }
    }

    @Test("Another word is found within a sentence, and not within another word")
    func finds() {
        #expect(Self.found(in: "7: it says 4, esc  leaves") == ["says", "esc leaves"])
        #expect(Self.found(in: "a later epoch leaves none; 10 % by guessing").isEmpty)
    }

    @Test("No screen has a second word for a thing, as a picture or in plain lines")
    func screens() {
        for shown in ContrastStates.all {
            var state = shown.state
            (state.width, state.height) = (160, 48)
            let picture = Self.found(in: render(state).text)
            state.display.plain = true
            #expect(picture + Self.found(in: PlainScreen(state).text) == [], "\(shown.name)")
        }
    }

    @Test("Nor has the help of a key")
    func help() {
        for binding in KeyMap.bindings {
            #expect(Self.found(in: "\(binding.label) \(binding.help)") == [], "\(binding.help)")
        }
    }
}
