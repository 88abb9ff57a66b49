import Dashboard
import TerminalUI
import Testing
import Training

@Suite struct NetworkTests {
    private static func watches(_ effects: [Effect]) -> [Watch?] {
        effects.compactMap { if case .command(.watch(let watch)) = $0 { .some(watch) } else { nil } }
    }

    @Test("The run is looked into while the view is open, and only then")
    func watch() throws {
        var state = Sample.training()
        let opened = try #require(Self.watches(Sample.press(&state, "5")).first ?? nil)
        #expect(opened.layers && !opened.units.isEmpty && opened.units.lowerBound == 0)
        // The digit at hand is the worst one.
        let row = 100 + Int(state.selection.rows[0])
        #expect(opened.image == Array(Sample.data.dataset.train.image(row)))
        #expect(Self.watches(Sample.press(&state, "t")).isEmpty)
        #expect(Self.watches(Sample.press(&state, "2")) == [nil])
        #expect(Self.watches(update(&state, .event(.epochFinished(Sample.report(5)), run: 1))).isEmpty)
    }

    @Test("Another page of units and another digit are asked for")
    func movement() throws {
        var state = Sample.inside()
        let page = try #require(state.inspection?.watch.units)
        #expect(Self.watches(Sample.press(&state, .right)).isEmpty)
        #expect(state.network.unit == 1)
        let next = try #require(Self.watches(Sample.press(&state, .pageDown)).first ?? nil)
        #expect(next.units.lowerBound == page.upperBound && next.units.count == page.count)
        Sample.press(&state, .end)
        #expect(state.network.unit == 127)
        Sample.press(&state, .right, .down, .pageDown)
        #expect(state.network.unit == 127)
        Sample.press(&state, .home, .left, .up, .pageUp)
        #expect(state.network.unit == 0)
        let digit = try #require(Self.watches(Sample.press(&state, "n")).first ?? nil)
        #expect(digit.image == Array(Sample.data.dataset.train.image(100 + Int(state.selection.rows[1]))))
        Sample.press(&state, "N")
        #expect(state.selection.cursor == 0)
        Sample.press(&state, .enter)
        #expect(state.screen == .digits)
        Sample.press(&state, .escape)
        #expect(state.screen == .network)
    }

    @Test("A click selects a tile, and one on the digit opens it")
    func clicks() {
        var state = Sample.inside(width: 160, height: 48)
        // The second tile lies to the right of the first one.
        _ = update(&state, .input(.mouse(MouseEvent(kind: .press, x: 72, y: 4))))
        #expect(state.network.unit == 1)
        _ = update(&state, .input(.mouse(MouseEvent(kind: .press, x: 72, y: 40))))
        #expect(state.screen == .digits)
    }

    @Test("The history of the layers is bounded, and begins anew with a run")
    func history() {
        var state = Sample.inside()
        let watch = state.inspection?.watch ?? Watch()
        for _ in 0..<300 { _ = update(&state, .inspection(Sample.inspection(watch, state), run: 1)) }
        #expect(state.network.history.count == 120)
        Sample.press(&state, "r")
        let facts = RunFacts(parameters: 1, trainingRows: 100, validationRows: 40, testRows: 40, batchesPerEpoch: 4)
        Sample.answer(&state, update(&state, .event(.started(facts, untrained: nil), run: 2)))
        #expect(state.network.history.count == 1)
    }

    @Test("A layer that shrinks leaves the unit at hand within it")
    func shrinking() {
        var state = Sample.inside()
        Sample.press(&state, .end, "1", "e", .control("u"))
        Sample.type(&state, "8relu")
        Sample.press(&state, .enter, "r", "5")
        #expect(render(state).text.contains("unit 8 of 8"))
    }

    @Test("A network that is no number any more is drawn")
    func notANumber() {
        var state = Sample.inside(width: 160, height: 48)
        let watch = state.inspection?.watch ?? Watch()
        var found = Sample.inspection(watch, state)
        found.probabilities = found.probabilities.map { _ in .nan }
        found.outputs = found.outputs.map { $0.map { _ in .nan } }
        found.weights = found.weights.map { $0.map { _ in .nan } }
        found.layers = found.layers.map { _ in
            LayerFigures(weightNorm: .nan, gradientNorm: .infinity, updateRatio: .nan, deadShare: 1)
        }
        _ = update(&state, .inspection(found, run: 1))
        let text = render(state).text
        #expect(text.contains("nan") && text.contains("100%"))
    }
}
