import Dashboard
import Specs
import TerminalUI
import Testing

@Suite struct ComposerTests {
    @Test("It starts on the first layer of the spec")
    func start() {
        let state = Sample.ready()
        #expect(state.composer.selected == .layer(0))
        #expect(state.spec == "784-128relu-10 adam lr=1e-3 batch=32 epochs=10 seed=1")
    }

    @Test("Adding a layer puts one like it below, and selects it")
    func add() {
        var state = Sample.ready()
        #expect(Sample.press(&state, "+").isEmpty)
        #expect(state.layers == "784-128relu-128relu-10")
        #expect(state.composer.selected == .layer(1))
    }

    @Test("Adding to a network without hidden layers makes one of 100 relu")
    func addFirst() {
        var state = Sample.ready()
        Sample.press(&state, "x", "+")
        #expect(state.layers == "784-100relu-10")
        #expect(state.composer.selected == .layer(0))
    }

    @Test("Deleting the last layer selects the one before it; no layer at all is a softmax regression")
    func delete() {
        var state = Sample.ready()
        Sample.press(&state, "+", "f", .down, .enter, "x")
        #expect(state.layers == "784-128relu-10" && state.composer.selected == .layer(0))
        Sample.press(&state, "x")
        #expect(state.layers == "784-10" && state.composer.selected == .addLayer)
        Sample.press(&state, "x")
        #expect(state.layers == "784-10" && state.message == .note("select a hidden layer first"))
    }

    @Test("Duplicating takes units, activation and dropout along")
    func duplicate() {
        var state = Sample.ready()
        Sample.press(&state, "f", .down, .enter, "%", "D")
        #expect(state.layers == "784-128relu6+drop0.1-128relu6+drop0.1-10")
        #expect(state.composer.selected == .layer(1))
    }

    @Test("A layer moves up and down with the cursor on it, and no further than the ends")
    func moveLayer() {
        var state = Sample.ready()
        Sample.press(&state, "+", .right, "K")
        #expect(state.layers == "784-160relu-128relu-10" && state.composer.selected == .layer(0))
        Sample.press(&state, "K")
        #expect(state.layers == "784-160relu-128relu-10" && state.composer.selected == .layer(0))
        Sample.press(&state, "J", "J")
        #expect(state.layers == "784-128relu-160relu-10" && state.composer.selected == .layer(1))
    }

    @Test("Left and right step the units; the ladder has ends")
    func stepUnits() {
        var state = Sample.ready()
        Sample.press(&state, .left)
        #expect(state.layers == "784-100relu-10")
        Sample.press(&state, "l", "l")
        #expect(state.layers == "784-160relu-10")
        for _ in 0..<60 { Sample.press(&state, .left) }
        #expect(state.layers == "784-1relu-10")
        for _ in 0..<60 { Sample.press(&state, .right) }
        #expect(state.layers == "784-4096relu-10")
    }

    @Test("The dropout rate goes round, and the activation is chosen from a list that typing filters")
    func cycles() {
        var state = Sample.ready()
        for _ in 0..<6 { Sample.press(&state, "%") }
        #expect(state.layers == "784-128relu-10")
        Sample.press(&state, "f")
        #expect(list(state)?.selected?.name == "relu" && list(state)?.shown.count == Activation.allCases.count)
        Sample.type(&state, "hard_t")
        #expect(list(state)?.shown.map(\.name) == ["hard_tanh"])
        Sample.press(&state, .enter, "%", "%")
        #expect(state.layers == "784-128hard_tanh+drop0.2-10" && state.overlay == nil)
    }

    /// The open list.
    private func list(_ state: DashboardState) -> Chooser? {
        if case .chooser(let chooser) = state.overlay { chooser } else { nil }
    }

    @Test("Optimizer, loss, schedule and initializer have lists: Esc clears what was typed, then closes them")
    func lists() {
        for (row, word, start) in [
            (ComposerRow.optimizer, "nad", "784-128relu-10 nadam "), (.setting(.loss), "hinge", "784-128relu-10 adam "),
            (.setting(.schedule), "cosine", "784-128relu-10 adam "),
            (.setting(.initializer), "lecun", "784-128relu-10 adam "),
        ] {
            var state = Sample.ready()
            select(row, &state)
            let before = state.composer.spec
            Sample.press(&state, .enter)
            Sample.type(&state, word)
            #expect(list(state)?.shown.allSatisfy { $0.name.contains(word) } == true && list(state)?.selected != nil)
            Sample.press(&state, .escape)
            #expect(list(state)?.filter.text == "")
            Sample.press(&state, .escape)
            #expect(state.overlay == nil && state.composer.spec == before)
            Sample.press(&state, .enter)
            Sample.type(&state, word)
            Sample.press(&state, .enter)
            #expect(state.overlay == nil && state.composer.spec != before && state.spec.hasPrefix(start), "\(row)")
        }
    }

    @Test("Enter on the row that adds a layer lets one type it; Esc adds none")
    func typedLayer() {
        var state = Sample.ready()
        select(.addLayer, &state)
        Sample.press(&state, .enter)
        #expect(state.composerPanel.editing?.text == "128relu" && state.layers == "784-128relu-10")
        Sample.press(&state, .escape)
        #expect(state.layers == "784-128relu-10")
        Sample.press(&state, .enter)
        Sample.type(&state, "32tanh")
        Sample.press(&state, .enter)
        #expect(state.layers == "784-128relu-32tanh-10" && state.composer.selected == .layer(1))
    }

    @Test(
        "Every setting can be stepped on its row",
        arguments: [
            (ComposerRow.optimizer, "784-128relu-10 adamw lr=1e-3"), (.setting(.lr), " lr=2e-3 "),
            (.setting(.batch), " batch=50 "), (.setting(.epochs), " epochs=15 "), (.setting(.seed), " seed=2"),
            (.setting(.val), " val=0.15"), (.setting(.initializer), " init=glorot_normal"),
            (.setting(.l2), " l2=1e-6"), (.setting(.scale), " scale=raw"), (.setting(.clipnorm), " clipnorm=0.1"),
            (.setting(.schedule), " schedule=exponential"), (.setting(.loss), " loss=mse"),
            (.setting(.patience), " patience=0"), (.setting(.ema), " ema=0.9"), (.setting(.beta1), " beta1=0.95"),
        ])
    func stepSetting(row: ComposerRow, expected: String) {
        var state = Sample.ready()
        select(row, &state)
        Sample.press(&state, .right)
        #expect(state.spec.contains(expected))
    }

    @Test("The rows are those of the optimizer, and the cursor stays within them")
    func optimizerRows() {
        var state = Sample.ready()
        select(.optimizer, &state)
        #expect(state.composer.rows.contains(.setting(.amsgrad)))
        Sample.press(&state, .left)
        #expect(state.composer.rows.contains(.setting(.momentum)) && state.composer.rows.contains(.setting(.centered)))
        Sample.press(&state, .left)
        #expect(!state.composer.rows.contains(.setting(.rho)) && state.composer.rows.contains(.setting(.nesterov)))
        Sample.press(&state, .end, "u")
        #expect(!state.composer.rows.contains(.setting(.nesterov)))
        #expect(state.composer.rows.contains(state.composer.selected))
    }

    @Test("Every setting has a label that fits, and steps or a list of its values or is typed only")
    func everySetting() {
        for key in SpecKey.allCases {
            #expect((1...10).contains(ComposerRow.setting(key).label.count), "\(key)")
            // The seed of a split goes by one, as the seed does.
            guard key != .splitseed, case .number(let range) = SpecSetting.of(key).kind else { continue }
            #expect(!range.steps.isEmpty, "\(key)")
        }
    }

    @Test("A second clipping takes the place of the first, and stepping below the ladder switches it off")
    func clippings() {
        var state = Sample.ready()
        select(.setting(.clipnorm), &state)
        Sample.press(&state, .right, .right)
        #expect(state.spec.hasSuffix("clipnorm=0.5"))
        select(.setting(.clipvalue), &state)
        Sample.press(&state, .right)
        #expect(state.spec.hasSuffix("seed=1 clipvalue=0.01"))
        Sample.press(&state, .left)
        #expect(state.spec.hasSuffix("seed=1"))
    }

    @Test("A typed value takes the place of the old one")
    func typed() {
        var state = Sample.ready()
        Sample.press(&state, .enter, .control("u"))
        Sample.type(&state, "200tanh+drop0.2")
        #expect(state.layers == "784-128relu-10")
        Sample.press(&state, .enter)
        #expect(state.layers == "784-200tanh+drop0.2-10" && state.composerPanel.editing == nil)
        select(.setting(.lr), &state)
        Sample.press(&state, .enter, .control("u"))
        Sample.type(&state, "3e-4")
        Sample.press(&state, .enter)
        #expect(state.spec.contains(" lr=3e-4 "))
    }

    @Test("While a value is typed, letters are text and Esc leaves all as it was")
    func escapeTyping() {
        var state = Sample.ready()
        let before = state
        Sample.press(&state, .enter, "q", "x", "1", "?")
        #expect(state.composerPanel.editing?.text == "qx1?")
        Sample.press(&state, .escape)
        #expect(state == before)
    }

    @Test(
        "A bad value is refused in place with the reason, and the spec stays",
        arguments: [
            (ComposerRow.layer(0), "0relu", "out of range"), (.layer(0), "-5", "expected"),
            (.layer(0), "12rleu", "relu"),
            (.layer(0), "", "expected"), (.setting(.lr), "0", "above 0"), (.setting(.lr), "-1", "above 0"),
            (.setting(.lr), "nan", "not a number"), (.setting(.batch), "0", "out of range"),
            (.setting(.epochs), "x", "not a whole number"),
            (.layer(0), "Dense(8, activation='tanh')", "did you mean 8tanh?"),
            (.layer(0), "8 swish", "did you mean 8silu?"),
            (.layer(0), "8tanh+drop0,2", "did you mean 8tanh+drop0.2?"),
            (.layer(0), "adam", "settings before the layers"),
            (.setting(.lr), "0,001", "did you mean lr=0.001?"), (.setting(.lr), "lr=0,001", "did you mean lr=0.001?"),
            (.setting(.lr), "learning_rate=0.1", "did you mean lr=0.1?"),
            (.optimizer, "Adam(lr=0.1)", "did you mean adam lr=0.1?"),
            (.setting(.val), "1", "below 1"), (.setting(.seed), "-1", "not a seed"),
            (.setting(.scale), "big", "unknown input scale"),
            (.optimizer, "adma", "did you mean adam"), (.layer(0), "99999999relu", "out of range"),
        ])
    func refused(row: ComposerRow, text: String, reason: String) {
        var state = Sample.ready()
        select(row, &state)
        let before = state.composer.spec
        Sample.press(&state, .enter, .control("u"))
        Sample.type(&state, text)
        #expect(Sample.press(&state, .enter).isEmpty)
        #expect(state.composer.spec == before)
        #expect((list(state)?.filter ?? state.composerPanel.editing)?.text == text)
        let message = list(state)?.refusal?.description ?? state.message?.text
        #expect(message?.contains(reason) == true && message?.contains("\n") == false)
        #expect(list(state) != nil || state.message?.kind == .error)
        #expect(wordsToRead(state).contains(reason), "it can be read whole")
        Sample.press(&state, .escape, .escape)
        #expect(state.composerPanel.editing == nil && state.message == nil && state.composer.spec == before)
    }

    /// The words on the screen; of an open list those in its frame, without what stands beside it.
    private func wordsToRead(_ state: DashboardState) -> String {
        var lines = render(state).text.split(separator: "\n").map(Array.init)
        if list(state) != nil {
            let corner = lines.lazy.compactMap { line in
                line.indices.dropFirst().first { line[$0] == "╭" && line[$0 - 1] == " " }
            }.first
            lines = lines.map { Array($0.dropFirst((corner ?? 0) + 1).prefix { $0 != "│" }) }
        }
        return lines.map { String($0) }.joined(separator: " ").split { $0.isWhitespace || $0 == "│" }.joined(
            separator: " ")
    }

    @Test(
        "What is refused in a line is refused on a row with the same words",
        arguments: [
            (ComposerRow.layer(0), "Dense(8, activation='tanh')", "Dense(8, activation='tanh')"),
            (.layer(0), "8 tahn", "8 tahn"), (.setting(.lr), "0,001", "8 lr=0,001"),
            (.setting(.lr), "1e-3x", "8 lr=1e-3x"),
            (.setting(.epochs), "1,000", "8 epochs=1,000"), (.optimizer, "addam wd", "8 addam wd"),
        ])
    func sameWords(row: ComposerRow, text: String, line: String) {
        var state = Sample.ready()
        select(row, &state)
        Sample.press(&state, .enter, .control("u"))
        Sample.type(&state, text)
        Sample.press(&state, .enter)
        let error = #expect(throws: SpecError.self) { try ExperimentSpec(parsing: line) }
        #expect((list(state)?.refusal?.description ?? state.message?.text) == error?.description)
    }

    @Test(
        "Whatever is understood in a line is understood on a row",
        arguments: [
            (ComposerRow.layer(0), "8 tanh", "784-8tanh-10 adam lr=1e-3 "),
            (.layer(0), "8 tanh + drop0.1", "784-8tanh+drop0.1-10 adam lr=1e-3 "),
            (.layer(0), "100-50relu", "784-100-50relu-10 adam lr=1e-3 "),
            (.layer(0), "200\u{a0}adamw lr=0.1", "784-200-10 adamw lr=0.1 "),
            (.layer(0), "none", "784-10 adam lr=1e-3 "),
            (.setting(.lr), " 2e-3 ", "784-128relu-10 adam lr=2e-3 "),
            (.setting(.lr), "lr=2e-3", "784-128relu-10 adam lr=2e-3 "),
            (.setting(.lr), "batch=64", "784-128relu-10 adam lr=1e-3 batch=64 "),
            (.optimizer, " sgd ", "784-128relu-10 sgd lr=1e-3 "),
            (.optimizer, "sgd lr=0.1", "784-128relu-10 sgd lr=0.1 "),
        ])
    func understood(row: ComposerRow, text: String, start: String) {
        var state = Sample.ready()
        select(row, &state)
        Sample.press(&state, .enter, .control("u"))
        Sample.type(&state, text)
        Sample.press(&state, .enter)
        #expect(state.spec.hasPrefix(start), "\(state.spec)")
        #expect(state.composerPanel.editing == nil && state.overlay == nil)
    }

    @Test("An output layer that is typed as a further one is said to be there; a hidden one like it stays")
    func outputLayer() throws {
        var state = Sample.ready()
        Sample.press(&state, "+", .enter, .control("u"))
        Sample.type(&state, "10 softmax")
        Sample.press(&state, .enter)
        #expect(state.layers == "784-128relu-10")
        #expect(
            state.message
                == .note("the output layer, 10 softmax, is always there: no further layer was made of it"))
        #expect(state.composer.rows.contains(state.composer.selected))

        let hidden = try ExperimentSpec(parsing: "784-10softmax-10")
        var kept = DashboardState(spec: hidden, width: 80, height: 24)
        _ = update(&kept, .dataLoaded(Sample.data))
        Sample.press(&kept, .enter, .enter)
        #expect(kept.layers == "784-10softmax-10" && kept.composerPanel.editing == nil)
        Sample.press(&kept, "e", .enter)
        #expect(kept.layers == "784-10softmax-10" && kept.overlay == nil)
    }

    @Test("A network beyond the memory is refused before it can be started")
    func tooLarge() {
        var state = Sample.ready()
        Sample.press(&state, .enter, .control("u"))
        Sample.type(&state, "100000relu")
        Sample.press(&state, .enter)
        Sample.press(&state, "+")
        #expect(!state.layers.contains("100000relu-100000relu"))
        #expect(state.message?.kind == .error)
        #expect(state.message?.text.contains("MiB") == true)
    }

    @Test("Undo and redo bring the cursor back to where the edit was")
    func undoneCursor() {
        var state = Sample.ready()
        Sample.press(&state, "+", .right)
        #expect(state.composer.selected == .layer(1))
        Sample.press(&state, "x")
        #expect(state.composer.selected == .layer(0))
        Sample.press(&state, .end, "u")
        #expect(state.composer.selected == .layer(1) && state.spec.contains("-160relu-10 "))
        Sample.press(&state, "u", "u")
        #expect(state.composer.selected == .layer(0))
        Sample.press(&state, .control("r"))
        #expect(state.composer.selected == .layer(1) && state.spec.contains("784-128relu-128relu-10 "))
    }

    @Test("A layer's dropout leaves room for the arrows and for the dot at 80 columns")
    func marksBesideDropout() {
        var state = Sample.training()
        Sample.press(&state, "%", "%")
        #expect(render(state).text.contains("128relu+drop0.2") && render(state).text.contains("‹ ›│"))
        Sample.press(&state, .right)
        #expect(render(state).text.contains("160relu+drop0.2  ● ‹ ›│"))
    }

    @Test("Undo and redo walk through the edits; a new edit forgets what was undone")
    func undo() {
        var state = Sample.ready()
        Sample.press(&state, "+", "f", .down, .enter, .right)
        let edited = state.spec
        Sample.press(&state, "u", "u", "u")
        #expect(state.layers == "784-128relu-10")
        Sample.press(&state, "u")
        #expect(state.message == .note("nothing to undo"))
        Sample.press(&state, .control("r"), .control("r"), .control("r"))
        #expect(state.spec == edited)
        Sample.press(&state, .control("r"))
        #expect(state.message == .note("nothing to redo"))
        Sample.press(&state, "u", "%", .control("r"))
        #expect(state.message == .note("nothing to redo"))
    }

    @Test("The spec line is edited as a whole; a bad one is refused with the reason")
    func specLine() {
        var state = Sample.ready()
        Sample.press(&state, "e", .control("u"))
        Sample.type(&state, "30tanh sgd lr=0.1 momentum=0.9 batch=64 q")
        Sample.press(&state, .enter)
        #expect(state.layers == "784-128relu-10")
        guard case .specLine(_, let error?) = state.overlay else {
            Issue.record("expected the spec line with an error")
            return
        }
        #expect(error.description.hasPrefix("q: "))
        // It is folded, and read whole.
        let words = render(state).text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains(error.description))
        Sample.press(&state, .backspace, .backspace, .enter)
        #expect(state.overlay == nil)
        #expect(state.spec == "784-30tanh-10 sgd lr=0.1 batch=64 epochs=10 seed=1 momentum=0.9")
    }

    @Test("Where the height is scarce equal layers are one line, and so are settings at their defaults")
    func folded() throws {
        let spec = try ExperimentSpec(parsing: "784-64relu-64relu-64relu-64relu-64relu-64relu-10")
        var state = DashboardState(spec: spec, width: 80, height: 24)
        _ = update(&state, .dataLoaded(Sample.data))
        select(.optimizer, &state)
        let lines = render(state).text
        #expect(lines.contains("1-6          64 relu"))
        for label in ["rate ", "batch ", "epochs "] {
            #expect(lines.contains(" \(label)"), "\(label)")
        }
        #expect(lines.contains(" more: all at their default") && !lines.contains(" clip norm "))
        // What the cursor is on is not folded.
        select(.layer(2), &state)
        #expect(
            render(state).text.contains("▸3            64 relu") && render(state).text.contains("4-6          64 relu"))
        select(.setting(.clipnorm), &state)
        #expect(render(state).text.contains("▸clip norm") && !render(state).text.contains("all at their default"))
    }

    @Test("Copying gives the canonical line")
    func copy() {
        var state = Sample.ready()
        #expect(Sample.press(&state, "c") == [.copy(state.spec)])
        #expect(state.message == .note("sent to the terminal's clipboard: \(state.spec)"))
    }

    @Test("What the data set decides can't be edited")
    func fixedRows() {
        var state = Sample.ready()
        for row in [ComposerRow.input, .output] {
            select(row, &state)
            Sample.press(&state, .enter)
            #expect(state.composerPanel.editing == nil && state.message?.kind == .note)
            Sample.press(&state, .right)
            #expect(state.layers == "784-128relu-10")
        }
    }

    private func select(_ row: ComposerRow, _ state: inout DashboardState) {
        Sample.press(&state, .home)
        for _ in 0..<60 where state.composer.selected != row { Sample.press(&state, .down) }
        #expect(state.composer.selected == row)
    }
}
