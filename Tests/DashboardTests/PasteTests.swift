import Dashboard
import Files
import Specs
import TerminalUI
import Testing

@Suite struct PasteTests {
    /// Each of its letters is a command somewhere.
    static let commands = "rR qy\n >.xd\t1ansEpTNMu+[]P\u{3}\u{1B}"
    static let line = "rR qy  >.xd 1ansEpTNMu+[]P"

    @discardableResult
    private func paste(_ state: inout DashboardState, _ text: String) -> [Effect] {
        update(&state, .input(.paste(PastedText(text))))
    }

    private func specLine(_ state: DashboardState) -> TextField? {
        if case .specLine(let field, _) = state.overlay { field } else { nil }
    }

    @Test("Onto any view a paste becomes the spec line, and nothing else changes", arguments: Screen.allCases)
    func views(screen: Screen) {
        for focus in LabPanel.allCases {
            var state = Sample.training()
            state.screen = screen
            state.lab.focus = focus
            _ = update(&state, .input(.resize(width: 80, height: 24)))
            var expected = state
            #expect(paste(&state, Self.commands).isEmpty)
            #expect(specLine(state)?.text == Self.line)
            expected.overlay = state.overlay
            #expect(state == expected)
        }
    }

    @Test("The pasted spec line is taken over with Enter, as if it had been typed, and Esc leaves it")
    func takenOver() {
        var state = Sample.ready()
        paste(&state, "  784-30tanh-10\n  sgd lr=0.1\n")
        #expect(specLine(state)?.text == "784-30tanh-10   sgd lr=0.1")
        #expect(render(state).text.contains("spec 784-30tanh-10   sgd lr=0.1"))
        #expect(state.layers == "784-128relu-10")
        Sample.press(&state, .enter)
        #expect(state.overlay == nil && state.spec == "784-30tanh-10 sgd lr=0.1 batch=32 epochs=10 seed=1")
        paste(&state, "nonsense")
        Sample.press(&state, .enter)
        #expect(specLine(state)?.text == "nonsense" && render(state).text.contains("neither layers nor a preset"))
        Sample.press(&state, .escape)
        #expect(state.overlay == nil && state.layers == "784-30tanh-10")
        var before = state
        #expect(paste(&state, "\n\t \n").isEmpty)
        before.message = nil
        #expect(state == before, "a paste of blanks is nothing")
    }

    @Test("Into an open line a paste is inserted, with what follows from the text")
    func openLines() {
        var state = Sample.ready()
        Sample.press(&state, "e", .home)
        paste(&state, "a\nb ")
        #expect(specLine(state)?.text.hasPrefix("a b 784-128relu-10") == true)

        state = Sample.ready()
        Sample.press(&state, .enter)
        paste(&state, "64 tanh\n")
        #expect(state.composerPanel.editing?.text == "64 tanh ")
        Sample.press(&state, .enter)
        #expect(state.layers == "784-64tanh-10")

        state = Sample.training()
        Sample.press(&state, "4", "/")
        paste(&state, "right")
        #expect(PlainScreen(state).text.contains("type the filter: right\n") && state.selection.filter.shown == .right)
        paste(&state, Self.commands)
        let shown = PlainScreen(state).text
        #expect(shown.contains("type the filter: right\(Self.line)\n") && shown.contains("refused: a filter is 4>9"))

        state = Sample.saved(3)
        Sample.press(&state, "/")
        paste(&state, "optimizer=sgd")
        #expect(state.runs.typing?.field.text == "optimizer=sgd" && state.runs.filter.text == "optimizer=sgd")
        Sample.press(&state, .escape, "i")
        paste(&state, "wide\nnet")
        #expect(state.runs.typing?.field.text == "wide net")
        #expect(Sample.press(&state, .enter) == [.runs(.rename(run: 3, to: "wide net"))])
    }

    @Test("A question or a menu stays as it is, and says that a paste answers nothing")
    func questions() {
        var quitting = Sample.training()
        Sample.press(&quitting, "q")
        var presets = Sample.ready()
        Sample.press(&presets, "p")
        var options = Sample.ready()
        Sample.press(&options, "o")
        for state in [quitting, presets, options] {
            var state = state
            let overlay = state.overlay
            #expect(paste(&state, Self.commands).isEmpty)
            #expect(state.overlay == overlay && state.message?.kind == .note)
            #expect(render(state).text.contains("a paste is text"))
            #expect(PlainScreen(state).text.contains("a paste is text"))
        }
        var help = Sample.ready()
        Sample.press(&help, "?")
        #expect(paste(&help, "mark\n").isEmpty && PlainScreen(help).text.contains("typed to filter: mark"))
        var small = Sample.ready()
        _ = update(&small, .input(.resize(width: 10, height: 4)))
        let before = small
        #expect(paste(&small, Self.commands).isEmpty && small == before)
    }

    @Test("What is too long for a line is refused at once with the limit, and leaves it as it was")
    func tooLong() {
        let long = String(repeating: "r", count: 20_000)
        var state = Sample.ready()
        #expect(paste(&state, long).isEmpty && state.overlay == nil)
        #expect(state.message == .error("not pasted: a spec line takes 10,000 characters at most"))
        let refusal = "too long: this line takes 1,000 characters at most"
        for keys: [Key] in [["1", .enter], ["4", "/"], ["/"], ["i"]] {
            var state = Sample.saved(3)
            for key in keys { Sample.press(&state, key) }
            _ = Sample.press(&state, .backspace)
            var before = state
            paste(&state, long)
            #expect(render(state).text.contains(refusal), "\(keys)")
            #expect(PlainScreen(state).text.contains("refused: \(refusal)"), "\(keys)")
            // The next key is answered as ever.
            Sample.press(&state, "a")
            Sample.press(&before, "a")
            #expect(state == before, "\(keys)")
        }
        var line = Sample.ready()
        Sample.press(&line, "e", .control("u"))
        paste(&line, long)
        #expect(render(line).text.contains("too long: this line takes 10,000 characters at most"))
    }

    @Test("Keys beyond the limit are refused like a paste; what they were typed into is at most as long")
    func burst() {
        var state = Sample.ready()
        Sample.press(&state, "e", .control("u"))
        for _ in 0..<100_000 { Sample.press(&state, "1") }
        #expect(specLine(state)?.text.count == 10_000)
        #expect(render(state).text.contains("too long: this line takes 10,000 characters at most"))
        Sample.press(&state, .enter)
        #expect(render(state).text.contains("out of range"))
    }
}
