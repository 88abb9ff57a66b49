import Specs
import TerminalUI

extension DashboardState {
    mutating func pressed(_ key: Key, in chooser: Chooser) -> [Effect] {
        guard let key = typed(key) else { return quitAsked() }
        var chooser = chooser
        chooser.refusal = nil
        switch key {
        case .up, .backTab: chooser.move(to: chooser.cursor - 1)
        case .down, .tab: chooser.move(to: chooser.cursor + 1)
        case .pageUp: chooser.move(to: chooser.cursor - 8)
        case .pageDown: chooser.move(to: chooser.cursor + 8)
        case .home: chooser.move(to: 0)
        case .end: chooser.move(to: chooser.shown.count)
        case .enter: return take(chooser)
        case .escape where chooser.filter.text.isEmpty: return cancel(chooser)
        case .escape:
            chooser.filter.set("")
            chooser.cursor = 0
        default:
            editLine { _ = $0.handle(key) }
            return []
        }
        show(chooser)
        return []
    }

    /// The list as it is now; a theme is shown at once.
    mutating func show(_ chooser: Chooser) {
        overlay = .chooser(chooser)
        guard case .theme = chooser.subject, let name = chooser.selected?.name else { return }
        if let theme = themes.first(where: { $0.name == name }) { shared.look.theme = theme }
    }

    private mutating func cancel(_ chooser: Chooser) -> [Effect] {
        if case .theme(let before) = chooser.subject { shared.look.theme = before }
        overlay = nil
        return []
    }

    private mutating func take(_ chooser: Chooser) -> [Effect] {
        switch chooser.subject {
        case .theme:
            guard chooser.selected != nil else { return [] }
            overlay = nil
            shared.message = .note("theme: \(shared.look.theme.name)")
            return [.remember([PreferenceChange(.theme, .text(shared.look.theme.name))])]
        case .export(let run):
            guard let format = chooser.selected.flatMap({ ExportRequest.Format(rawValue: $0.name) }) else { return [] }
            overlay = nil
            shared.message = .note("writing \(format.rawValue) of run \(run) ...")
            return [.export(ExportRequest(run: run, format: format))]
        case .row(let row):
            // What is in no line can still be a value, such as `sgd momentum=0.9`.
            return take(chooser) { spec throws(SpecError) in
                try ComposerEditing.typing(chooser.selected?.name ?? chooser.filter.text, into: row, of: spec)
            }
        case .activation(let layer):
            return take(chooser) { spec throws(SpecError) in
                var new = spec
                guard let kind = chooser.selected.flatMap({ Activation.Kind(rawValue: $0.name) }) else {
                    let row = ComposerRow.layer(layer)
                    return try ComposerEditing.typing(
                        "\(spec.network.hidden[layer].units)\(chooser.filter.text)", into: row, of: spec)
                }
                new.network.hidden[layer].activation = Activation(kind)
                return new
            }
        }
    }

    /// Closes the list with an edit of the spec; a refused one leaves it open, with the reason.
    private mutating func take(
        _ chooser: Chooser, _ edit: (ExperimentSpec) throws(SpecError) -> ExperimentSpec
    ) -> [Effect] {
        var refused = chooser
        do throws(SpecError) {
            let new = try edit(shared.composer.spec)
            guard let refusal = shared.refusal(toEdit: new) else {
                overlay = nil
                return shared.edited(to: new)
            }
            refused.refusal = refusal
        } catch { refused.refusal = .spec(error) }
        overlay = .chooser(refused)
        return []
    }

    /// A click chooses a line; the wheel moves the cursor.
    mutating func pointed(_ event: MouseEvent, in chooser: Chooser) -> [Effect] {
        switch event.kind {
        case .scrollUp: return pressed(.up, in: chooser)
        case .scrollDown: return pressed(.down, in: chooser)
        case .press:
            guard let row = ChooserLayout(shared, chooser).row(atX: event.x, y: event.y) else { return [] }
            var chooser = chooser
            chooser.move(to: row)
            show(chooser)
            return take(chooser)
        case .drag, .release: return []
        }
    }
}
