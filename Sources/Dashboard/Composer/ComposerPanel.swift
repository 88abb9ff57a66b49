import Specs
import TerminalUI

/// Commands of the composer's keys.
package enum ComposerCommand: Equatable, Sendable {
    case addLayer, deleteLayer, duplicateLayer, moveLayer(Int), chooseActivation, stepDropout
    case undo, redo
}

/// The panel of Lab in which the network is composed; the spec itself is shared.
package struct ComposerPanel: ScreenState {
    /// The value of the selected row while it is typed.
    package internal(set) var editing: TextField?

    package init() {}

    package static let context = KeyContext.composer

    package static let bindings: [Binding] = [
        Binding(
            .open, .composer, "type", "type a value: 200tanh+drop0.2 on a layer, 3e-4 on the rate", .open),
        Binding(.left, .composer, "", "step the value down", .move(.left)),
        Binding(.right, .composer, "", "step the value up", .move(.right)),
        Binding(.more, .composer, "add", "add a layer below", .composer(.addLayer)),
        Binding(
            .delete, .composer, "delete",
            "delete the layer; on from, begin with new weights; on teacher, learn from the labels alone",
            .composer(.deleteLayer)),
        Binding(.activation, .composer, "activation", "choose the activation", .composer(.chooseActivation)),
        Binding(.dropout, .composer, "dropout", "next dropout rate", .composer(.stepDropout)),
        Binding(.duplicate, .composer, "", "duplicate the layer", .composer(.duplicateLayer)),
        Binding(.moveUp, .composer, "", "move the layer up", .composer(.moveLayer(-1))),
        Binding(.moveDown, .composer, "", "move the layer down", .composer(.moveLayer(1))),
        Binding(.presets, .composer, "presets", "choose among the presets", .presets),
        Binding(.undo, .composer, "", "undo the last edit", .composer(.undo)),
        Binding(.redo, .composer, "", "redo", .composer(.redo)),
    ]

    package func disabled(_ command: Command, _ shared: Shared, _ place: Place) -> Message? {
        guard case .composer(let command) = command else { return nil }
        switch command {
        case .deleteLayer where [.setting(.from), .setting(.teacher)].contains(shared.composer.selected): return nil
        case .deleteLayer, .duplicateLayer, .moveLayer, .chooseActivation, .stepDropout:
            if case .layer = shared.composer.selected { return nil }
            return .note("select a hidden layer first")
        case .undo: return shared.composer.past.isEmpty ? .note("nothing to undo") : nil
        case .redo: return shared.composer.future.isEmpty ? .note("nothing to redo") : nil
        case .addLayer: return nil
        }
    }

    // MARK: - Verbs

    package mutating func move(_ direction: Command.Direction, _ shared: inout Shared, _ place: Place) -> Reply {
        switch direction {
        case .up: shared.composer.moveCursor(by: -1)
        case .down: shared.composer.moveCursor(by: 1)
        case .left: return Reply(stepValue(by: -1, &shared))
        case .right: return Reply(stepValue(by: 1, &shared))
        }
        return []
    }

    package mutating func page(_ pages: Int, _ shared: inout Shared, _ place: Place) -> Reply {
        shared.composer.moveCursor(by: pages * 8)
        return []
    }

    package mutating func jump(toEnd: Bool, _ shared: inout Shared, _ place: Place) -> Reply {
        shared.composer.moveCursor(by: toEnd ? 1_000 : -1_000)
        return []
    }

    package mutating func open(_ shared: inout Shared, _ place: Place) -> Reply { openRow(&shared) }

    package mutating func perform(_ command: Command, _ shared: inout Shared, _ place: Place) -> Reply {
        guard case .composer(let command) = command else { return [] }
        if command == .chooseActivation, case .layer(let layer) = shared.composer.selected {
            return .going(to: .list(Chooser(activationOf: layer, in: shared.composer.spec)))
        }
        return Reply(perform(command, &shared))
    }

    // MARK: - Typing

    package func openLine(_ shared: Shared) -> TextField? { editing }

    package mutating func edited(_ line: TextField, isTaken: Bool, _ shared: inout Shared) {
        editing = line
    }

    package mutating func typed(_ key: Key, _ shared: inout Shared, _ place: Place) -> Reply? {
        switch key {
        case .escape:
            editing = nil
            return []
        case .enter, .tab, .up, .down:
            guard let effects = takeTypedValue(&shared) else { return [] }
            if key == .up { shared.composer.moveCursor(by: -1) }
            if key == .down { shared.composer.moveCursor(by: 1) }
            return Reply(effects)
        default: return nil
        }
    }

    // MARK: - Mouse

    /// A click selects a row; on its arrows it steps the value, elsewhere on the selected row it starts to type it.
    package mutating func pointed(_ event: MouseEvent, _ shared: inout Shared, _ place: Place) -> Reply? {
        guard event.kind == .press else { return nil }
        let layout = ComposerLayout(place.area, shared.composer)
        guard let row = layout.row(atY: event.y) else { return [] }
        let isSecond = place.hadFocus && row == shared.composer.cursor
        shared.composer.cursor = row
        if shared.composer.selected == .addLayer { return openRow(&shared) }
        guard isSecond else { return [] }
        if let step = layout.step(atX: event.x, shared.composer), editing == nil {
            return Reply(stepValue(by: step, &shared))
        }
        return openRow(&shared)
    }

    // MARK: - Views

    package func draw(_ shared: Shared, in body: Rect, on buffer: inout Buffer) {
        ComposerView.draw(shared, editing, focused: true, in: body, on: &buffer)
    }

    package func plain(_ shared: Shared) -> [PlainLine] { PlainComposer.lines(shared, editing) }

    package func drawStatus(_ shared: Shared, refusal: String?, in line: Rect, on buffer: inout Buffer) -> Bool {
        let theme = shared.look.theme
        // A refusal and the last message are more useful than the range of values.
        guard editing != nil, refusal == nil, shared.message == nil else { return false }
        switch shared.composer.selected {
        case .setting(let key):
            buffer.write(
                [
                    Span(key.meaning, theme.style(.text)),
                    Span("   \(SpecSetting.of(key).expected)", theme.style(.dim)),
                ], x: line.x, y: line.y, maxWidth: line.width)
        case .layer, .addLayer:
            let text = "UNITS[ACTIVATION][+bn][+noiseP][+dropP], such as 200tanh+drop0.2"
            buffer.write(text, x: line.x, y: line.y, theme.style(.dim), maxWidth: line.width)
        case .input, .output, .optimizer: return false
        }
        return true
    }
}
