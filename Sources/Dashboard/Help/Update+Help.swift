import TerminalUI

extension DashboardState {
    mutating func pressed(_ key: Key, in help: HelpState) -> [Effect] {
        guard let key = typed(key) else { return quitAsked() }
        var help = help
        switch key {
        case .up, .backTab: help.move(to: help.cursor - 1, self)
        case .down, .tab: help.move(to: help.cursor + 1, self)
        case .pageUp: help.move(to: help.cursor - 10, self)
        case .pageDown: help.move(to: help.cursor + 10, self)
        case .home: help.move(to: 0, self)
        case .end: help.move(to: .max, self)
        case .enter:
            let bindings = help.bindings(self)
            return bindings.indices.contains(help.cursor) ? carryOut(bindings[help.cursor]) : []
        case .escape where help.filter.text.isEmpty, .function(1):
            overlay = nil
            return []
        case _ where help.filter.text.isEmpty && shared.keys.verb(of: key) == .help:
            overlay = nil
            return []
        case .escape: help = HelpState()
        default:
            editLine { _ = $0.handle(key) }
            return []
        }
        overlay = .help(help)
        return []
    }

    /// Closes the help and does what a line of it says. A command of another view only opens that view: what it would
    /// act on is not on the screen yet.
    mutating func carryOut(_ binding: Binding) -> [Effect] {
        overlay = nil
        shared.message = nil
        guard keyContexts.contains(binding.context) else {
            if let screen = binding.context.screen { go(to: screen) }
            if binding.context == .composer { lab.focus = .composer }
            shared.message = .note("\(binding.name(shared.keys)): \(shared.classNames.worded(binding.help))")
            return []
        }
        // A narrower context may have the verb for something else: what the line says is done, not what the key does.
        if let reason = disabled(binding.command) {
            shared.message = reason
            return []
        }
        return perform(binding.command)
    }

    /// A click runs its line; the wheel moves the cursor; a click beside the help closes it.
    mutating func pointed(_ event: MouseEvent, in help: HelpState) -> [Effect] {
        switch event.kind {
        case .scrollUp: return pressed(.up, in: help)
        case .scrollDown: return pressed(.down, in: help)
        case .press:
            let layout = HelpLayout(self, help)
            if let binding = layout.binding(atX: event.x, y: event.y) { return carryOut(binding) }
            if !layout.frame.contains(x: event.x, y: event.y) { overlay = nil }
            return []
        case .drag, .release: return []
        }
    }
}

extension KeyContext {
    /// The view whose context it is; nil for one of all views.
    var screen: Screen? {
        switch self {
        case .composer: .lab
        case .curves: .curves
        case .confusion: .confusion
        case .digits: .digits
        case .network: .network
        case .draw: .draw
        case .runs: .runs
        case .data: .data
        case .search: .search
        case .training, .everywhere, .plain: nil
        }
    }
}
