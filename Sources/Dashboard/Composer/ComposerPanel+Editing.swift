import Specs
import TerminalUI

extension ComposerState {
    mutating func moveCursor(by step: Int) {
        cursor = min(rows.count - 1, max(0, cursor + step))
    }
}

/// What the composer's keys do to the spec, which is shared.
extension ComposerPanel {
    func stepValue(by step: Int, _ shared: inout Shared) -> [Effect] {
        let composer = shared.composer
        return shared.edited(to: ComposerEditing.stepping(composer.selected, by: step, of: composer.spec))
    }

    /// Opens the list of a row's values, or the line in which its value is typed.
    mutating func openRow(_ shared: inout Shared) -> Reply {
        let row = shared.composer.selected
        if let chooser = Chooser(row, of: shared.composer.spec) { return .going(to: .list(chooser)) }
        switch row {
        case .input, .output:
            shared.message = .note("the data set decides the inputs and the classes")
            return []
        default:
            editing = TextField(text: row.typed(in: shared.composer.spec), isSelected: true)
            return []
        }
    }

    /// Applies the typed value; a refused one stays open, with the reason.
    ///
    /// - Returns: nil where it stays open.
    mutating func takeTypedValue(_ shared: inout Shared) -> [Effect]? {
        guard let field = editing else { return [] }
        let composer = shared.composer
        do throws(SpecError) {
            let new = try ComposerEditing.typing(field.text, into: composer.selected, of: composer.spec)
            if let refusal = shared.refusal(toEdit: new) {
                shared.refuse(refusal)
                return nil
            }
            editing = nil
            let output = outputNote(field.text, new, composer)
            let effects = shared.edited(to: new)
            if let output, shared.composer.spec == new { shared.message = .note(output) }
            return effects
        } catch {
            shared.refuse(.spec(error))
            return nil
        }
    }

    /// The message for a layer that was typed as the output layer is written in other languages, and was removed; nil
    /// without one.
    private func outputNote(_ text: String, _ new: ExperimentSpec, _ composer: ComposerState) -> String? {
        guard case .layer = composer.selected, text.lowercased().contains("softmax"),
            new.network.hidden.count < composer.spec.network.hidden.count
        else { return nil }
        return "the output layer, \(new.network.classes) softmax, is always there: no further layer was made of it"
    }

    func perform(_ command: ComposerCommand, _ shared: inout Shared) -> [Effect] {
        var spec = shared.composer.spec
        var cursor = shared.composer.cursor
        let layer: Int? = if case .layer(let index) = shared.composer.selected { index } else { nil }
        switch command {
        case .addLayer:
            let at = layer.map { $0 + 1 } ?? spec.network.hidden.count
            let last = at > 0 ? spec.network.hidden[at - 1] : HiddenLayer(units: 100, activation: .relu)
            let units = at > 0 ? spec.network.layers[at - 1].output.count : last.units
            spec.network.hidden.insert(HiddenLayer(units: units, activation: last.activation), at: at)
            cursor = at + 1
        case .deleteLayer where shared.composer.selected == .setting(.from): spec.training.from = nil
        case .deleteLayer where shared.composer.selected == .setting(.teacher):
            spec.training.distillation = Distillation()
        case .undo, .redo:
            if command == .undo ? shared.composer.undo() : shared.composer.redo() { return shared.afterEdit() }
            return []
        default:
            guard let layer else { return [] }
            change(layer, command, &spec, &cursor)
        }
        let effects = shared.edited(to: spec)
        // Weights of other layers may have gone from it.
        if shared.composer.spec.network == spec.network { shared.composer.cursor = cursor }
        return effects
    }

    private func change(_ layer: Int, _ command: ComposerCommand, _ spec: inout ExperimentSpec, _ cursor: inout Int) {
        switch command {
        case .deleteLayer:
            spec.network.hidden.remove(at: layer)
            if layer > 0, layer == spec.network.hidden.count { cursor -= 1 }
        case .duplicateLayer:
            spec.network.hidden.insert(spec.network.hidden[layer], at: layer)
            cursor += 1
        case .moveLayer(let step):
            let other = layer + step
            guard spec.network.hidden.indices.contains(other) else { return }
            spec.network.hidden.swapAt(layer, other)
            cursor += step
        case .stepDropout:
            let rate = spec.network.hidden[layer].dropout
            spec.network.hidden[layer].dropout = SettingRange.dropout.nextInTurn(rate)
        case .addLayer, .chooseActivation, .undo, .redo: break
        }
    }
}
