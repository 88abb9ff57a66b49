import Dashboard
import Specs
import TerminalUI
import Testing
import Training

/// The composer by itself: each verb and each command, in each state that it tells apart.
@Suite struct ComposerPanelTests {
    private func trial(_ spec: String = "128relu") throws -> ScreenTrial<ComposerPanel> {
        var shared = Sample.ready().shared
        shared.composer = ComposerState(spec: try ExperimentSpec(parsing: spec, inputs: 784, classes: 10))
        return ScreenTrial(ComposerPanel(), shared, panel: .composer)
    }

    private func hidden(_ trial: ScreenTrial<ComposerPanel>) -> [String] {
        trial.shared.composer.spec.network.hidden.map { "\($0.units)\($0.activation.name)" }
    }

    @Test("The cursor moves over the rows and stays among them")
    func moves() throws {
        let trial = try trial()
        trial.perform(.toStart)
        let first = trial.shared.composer.cursor
        trial.perform(.move(.up))
        #expect(trial.shared.composer.cursor == first)
        trial.perform([.move(.down), .move(.down), .move(.up)])
        #expect(trial.shared.composer.cursor == first + 1)
        trial.perform(.toEnd)
        let last = trial.shared.composer.cursor
        trial.perform([.move(.down), .page(1)])
        #expect(trial.shared.composer.cursor == last && last > 8)
        trial.perform(.page(-1))
        #expect(trial.shared.composer.cursor == last - 8)
    }

    /// The panel with the first hidden layer selected.
    private func onLayer(_ spec: String = "128relu") throws -> ScreenTrial<ComposerPanel> {
        let trial = try trial(spec)
        trial.perform(.toStart)
        for _ in 0..<4 {
            if case .layer(0) = trial.shared.composer.selected { break }
            trial.perform(.move(.down))
        }
        return trial
    }

    @Test("Layers are added, duplicated, moved, deleted; undo and redo go through it all")
    func layers() throws {
        let trial = try onLayer("128relu-64tanh")
        trial.perform(.composer(.duplicateLayer))
        #expect(hidden(trial) == ["128relu", "128relu", "64tanh"])
        trial.perform(.composer(.moveLayer(1)))
        #expect(hidden(trial) == ["128relu", "64tanh", "128relu"])
        trial.perform(.composer(.moveLayer(-1)))
        #expect(hidden(trial) == ["128relu", "128relu", "64tanh"])
        trial.perform(.composer(.deleteLayer))
        #expect(hidden(trial) == ["128relu", "64tanh"])
        trial.perform(.composer(.addLayer))
        #expect(hidden(trial).count == 3)
        let last = hidden(trial)
        trial.perform(Array(repeating: .composer(.undo), count: 5))
        #expect(hidden(trial) == ["128relu", "64tanh"])
        trial.perform(Array(repeating: .composer(.redo), count: 5))
        #expect(hidden(trial) == last)
    }

    @Test("The activation has a list, and the dropout rate goes on by a key")
    func parts() throws {
        let trial = try onLayer()
        guard case .list(let list)? = trial.perform(.composer(.chooseActivation)).destination else {
            Issue.record("expected a list")
            return
        }
        #expect(list.subject == .activation(layer: 0) && hidden(trial) == ["128relu"])
        trial.perform(.composer(.stepDropout))
        #expect(trial.shared.composer.spec.network.hidden[0].dropout > 0)
    }

    @Test("A value steps up and down by the arrows")
    func steps() throws {
        let trial = try onLayer()
        trial.perform(.move(.right))
        #expect(trial.shared.composer.spec.network.hidden[0].units > 128)
        trial.perform(.move(.left))
        #expect(hidden(trial) == ["128relu"])
        trial.perform(.move(.left))
        #expect(trial.shared.composer.spec.network.hidden[0].units < 128)
    }

    @Test("Why a key can't be used: no layer selected, nothing to undo or redo")
    func disabled() throws {
        let trial = try trial()
        trial.perform(.toEnd)
        let layer: [Command] = [
            .composer(.deleteLayer), .composer(.duplicateLayer), .composer(.moveLayer(1)),
            .composer(.chooseActivation), .composer(.stepDropout),
        ]
        #expect(layer.map(trial.disabled) == Array(repeating: "select a hidden layer first", count: 5))
        #expect(try layer.map(onLayer().disabled) == Array(repeating: nil, count: 5))
        #expect(trial.disabled(.composer(.undo)) == "nothing to undo")
        #expect(trial.disabled(.composer(.redo)) == "nothing to redo")
        trial.perform(.composer(.addLayer))
        #expect(trial.disabled(.composer(.undo)) == nil)
        trial.perform(.composer(.undo))
        #expect(trial.disabled(.composer(.redo)) == nil)
    }

    @Test("A value is typed; Enter takes it, Esc leaves it, one that is none stays to be mended")
    func typing() throws {
        let trial = try onLayer()
        trial.perform(.open)
        #expect(trial.own.openLine(trial.shared)?.text == "128relu")
        trial.type("64tanh")
        #expect(trial.key(.enter) != nil)
        #expect(hidden(trial) == ["64tanh"] && trial.own.openLine(trial.shared) == nil)
        trial.perform(.open)
        trial.type("wat")
        trial.key(.enter)
        #expect(trial.own.openLine(trial.shared) != nil && trial.shared.composer.refusal != nil)
        #expect(trial.key("x") == nil)
        #expect(trial.key(.escape) == [])
        #expect(hidden(trial) == ["64tanh"] && trial.own.openLine(trial.shared) == nil)
    }

    @Test("A click selects a row, a second one types its value")
    func mouse() throws {
        let trial = try trial()
        trial.place.panel = .composer
        let area = trial.place.area
        trial.mouse(.press, area.x + 3, area.y + 4)
        let row = trial.shared.composer.cursor
        #expect(trial.own.openLine(trial.shared) == nil)
        trial.mouse(.press, area.x + 3, area.y + 6)
        #expect(trial.shared.composer.cursor != row)
        trial.mouse(.press, area.x + 3, area.y + 6)
        #expect(trial.own.openLine(trial.shared) != nil)
    }
}
