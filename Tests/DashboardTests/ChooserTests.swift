import Dashboard
import Specs
import TerminalUI
import Testing

/// The lists to choose a value from.
@Suite struct ChooserTests {
    /// Every list that a row of the composer opens.
    private func lists() -> [(row: ComposerRow, state: DashboardState)] {
        var base = Sample.ready(width: 80, height: 24)
        base.composer = ComposerState(
            spec: (try? ExperimentSpec(
                parsing: "64relu init=variance_scaling patience=3", inputs: 784, classes: 10)) ?? .standard)
        return base.composer.rows.indices.compactMap { index in
            var state = base
            Sample.press(&state, .home)
            for _ in 0..<index { Sample.press(&state, .down) }
            Sample.press(&state, .enter)
            guard case .chooser? = state.overlay else { return nil }
            return (state.composer.selected, state)
        }
    }

    @Test("Optimizer, loss, schedule, initializer and the like have lists in which every line says what it is")
    func notes() throws {
        let lists = lists()
        let rows = lists.map(\.row)
        for row: ComposerRow in [
            .optimizer, .setting(.loss), .setting(.schedule), .setting(.initializer), .setting(.initmode),
            .setting(.initdistribution), .setting(.scale), .setting(.augment), .setting(.monitor),
            .setting(.split),
        ] { #expect(rows.contains(row), "\(row)") }
        for (row, state) in lists {
            guard case .chooser(let chooser) = state.overlay else { continue }
            for choice in chooser.shown { #expect(!choice.note.isEmpty && !choice.detail.isEmpty, "\(row): \(choice)") }
            let text = render(state).text
            let selected = try #require(chooser.selected)
            #expect(text.contains(selected.note), "whole at 80 columns: \(selected.note)")
        }
    }

    @Test("What has no room in the list stands below it, whole, for the selected format of an export")
    func cutNote() {
        var state = Sample.saved(3, width: 44, height: 14)
        Sample.pressInRuns(&state, "X")
        guard case .chooser(let chooser) = state.overlay, let selected = chooser.selected else {
            Issue.record("no list")
            return
        }
        let words = render(state).text.split { $0.isWhitespace || $0 == "│" }.joined(separator: " ")
        #expect(selected.note.count > 30 && words.contains(selected.note), "\(words)")
    }

    @Test("The line below the list has the selected value's formula, and the plain screen has its words")
    func formula() {
        var state = Sample.ready()
        Sample.press(&state, "f")
        #expect(render(state).text.contains("0 below 0, the sum above; the usual one"))
        #expect(render(state).text.contains("z above threshold, up to max_value; below it"))
        Sample.type(&state, "hard_tanh")
        #expect(render(state).text.contains("z, held within −1 and 1"))
        #expect(PlainScreen(state).text.contains("hard_tanh, tanh made of straight lines"))
    }

    @Test("A typed name comes before the others that have it in them", arguments: ["tanh", "relu", "elu"])
    func exactName(name: String) {
        var state = Sample.ready()
        Sample.press(&state, "f")
        Sample.type(&state, name)
        Sample.press(&state, .enter)
        #expect(state.composer.spec.network.hidden[0].activation.kind.rawValue == name)
    }

    @Test("A theme says for which terminal it is")
    func themes() {
        var state = Sample.ready()
        Sample.press(&state, "t")
        #expect(render(state).text.contains("▸ dark  for a dark terminal"))
    }
}
