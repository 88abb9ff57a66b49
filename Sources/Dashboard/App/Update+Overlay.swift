import Specs
import TerminalUI

extension DashboardState {
    /// Where the screen does not fit, no line is drawn to type into: only commands without a screen work.
    mutating func pressedUnseen(_ key: Key) -> [Effect] {
        shared.keys.verb(of: key) == .quit ? quitAsked() : []
    }

    mutating func pressed(_ key: Key, on overlay: Overlay) -> [Effect] {
        switch overlay {
        case .help(let help): return pressed(key, in: help)
        case .chooser(let chooser): return pressed(key, in: chooser)
        case .quitQuestion:
            if shared.keys.verb(of: key) == .quit || key == .enter || key == "y" { return [.quit] }
            if key == .escape || key == "n" { self.overlay = nil }
            return []
        case .resumeQuestion(let run): return pressed(key, toResume: run)
        case .options(let options): return pressed(key, in: options)
        case .presets(let cursor): return pressed(key, inPresets: cursor)
        case .rateFinder(let finder): return pressed(key, in: finder)
        case .specLine(let field, _): return typedInSpecLine(key, field)
        }
    }

    private mutating func typedInSpecLine(_ key: Key, _ field: TextField) -> [Effect] {
        guard let key = typed(key) else { return quitAsked() }
        switch key {
        case .escape: overlay = nil
        case .enter:
            let network = shared.composer.spec.network
            do throws(SpecError) {
                let line = try RunLine(parsing: field.text, inputs: network.inputs, classes: network.classes)
                if let refusal = shared.refusal(toEdit: line.spec, isLine: true) {
                    overlay = .specLine(field, refusal: refusal)
                    return []
                }
                overlay = nil
                return shared.edited(to: line)
            } catch { overlay = .specLine(field, refusal: .spec(error)) }
        default: editLine { _ = $0.handle(key) }
        }
        return []
    }
}
