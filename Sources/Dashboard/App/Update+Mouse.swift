import TerminalUI

extension DashboardState {
    /// A click outside of an open line closes it as Esc does; the wheel does nothing while it is open.
    mutating func pointed(_ event: MouseEvent) -> [Effect] {
        // Places of the plain screen have no meaning: only the wheel acts.
        if shared.display.plain {
            if event.kind == .scrollUp || event.kind == .scrollDown {
                turnPlainPage(by: event.kind == .scrollDown ? 1 : -1)
            }
            return []
        }
        guard shared.fitsScreen else { return [] }
        if let overlay { return pointed(event, on: overlay) }
        if event.kind == .press {
            if openLine != nil { _ = typedInScreen(.escape) }
            shared.message = nil
            shared.composer.refusal = nil
            if let effects = clickedAround(event) { return effects }
        } else if openLine != nil, event.kind != .drag, event.kind != .release {
            return []
        }
        let place = place
        let reply = screen == .lab ? pointedInLab(event) : with(screen) { $0.pointed(event, &$1, place) }
        if let reply { return follow(reply) }
        switch event.kind {
        case .scrollUp: return perform(.move(.up))
        case .scrollDown: return perform(.move(.down))
        case .press, .drag, .release: return []
        }
    }

    /// A click on the header, the spec line or the footer; nil elsewhere.
    private mutating func clickedAround(_ event: MouseEvent) -> [Effect]? {
        let layout = shared.layout
        if event.y == 0 {
            if let screen = HeaderLayout(self).screen(atX: event.x) { go(to: screen) }
            return []
        }
        if layout.spec.contains(x: event.x, y: event.y) { return perform(.editSpec) }
        guard layout.footer.contains(x: event.x, y: event.y) else { return nil }
        return FooterHints(self).key(atX: event.x, in: layout.footer).map { pressed($0) } ?? []
    }

    private mutating func pointed(_ event: MouseEvent, on overlay: Overlay) -> [Effect] {
        let footer = shared.layout.footer
        // A click on a key in the footer is that key.
        if event.kind == .press, footer.contains(x: event.x, y: event.y) {
            return FooterHints(self).key(atX: event.x, in: footer).map { pressed($0) } ?? []
        }
        switch overlay {
        case .options(let options): return pointed(event, in: options)
        case .presets(let cursor): return pointed(event, inPresets: cursor)
        case .help(let help): return pointed(event, in: help)
        case .chooser(let chooser): return pointed(event, in: chooser)
        case .quitQuestion, .resumeQuestion, .rateFinder, .specLine: return []
        }
    }
}
