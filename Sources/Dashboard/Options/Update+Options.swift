import Configuration
import Specs
import TerminalUI

extension DashboardState {
    mutating func pressed(_ key: Key, in options: OptionsState) -> [Effect] {
        if options.field != nil, let key = typed(key) { return typed(key, in: options) }
        var options = options
        let verb = shared.keys.verb(of: key)
        switch key {
        case .control("c"): return quitAsked()
        case _ where verb == .options: return keepOptions(options)
        case _ where verb == .quit: return putBackOptions(options)
        case _ where verb == .theme:
            options.cursor = 0
            return step(options, by: 1)
        case .up, "k", .backTab: options.moveCursor(by: -1)
        case .down, "j", .tab: options.moveCursor(by: 1)
        case .pageUp, .home, "g": options.cursor = 0
        case .pageDown, .end, "G": options.moveCursor(by: Preference.allCases.count)
        case .left, "h": return step(options, by: -1)
        case .right, "l", " ": return step(options, by: 1)
        case .enter where options.selected.isTyped: return step(options, by: 1)
        case .enter: return keepOptions(options)
        case .escape: return putBackOptions(options)
        default: return []
        }
        overlay = .options(options)
        return []
    }

    /// Steps the selected value, which applies at once; a typed one opens its line.
    private mutating func step(_ options: OptionsState, by step: Int) -> [Effect] {
        var options = options
        let preference = options.selected
        overlay = .options(options)
        guard !preference.isTyped else {
            options.field = TextField(text: preference.value(in: self).readable, isSelected: true)
            overlay = .options(options)
            return []
        }
        let choices = preference.choices(in: self)
        guard !choices.isEmpty else { return [] }
        let index = choices.firstIndex(of: preference.value(in: self)) ?? (step > 0 ? -1 : 0)
        return apply(choices[(index + step + choices.count) % choices.count], to: preference)
    }

    private mutating func typed(_ key: Key, in options: OptionsState) -> [Effect] {
        guard let field = options.field else { return [] }
        var options = options
        switch key {
        case .escape: options.field = nil
        case .enter, .tab, .up, .down:
            options.field = nil
            if key == .up { options.moveCursor(by: -1) }
            if key == .down || key == .tab { options.moveCursor(by: 1) }
            let effects = apply(.text(field.text.trimmingSpaces), to: overlaySelection(options))
            overlay = .options(options)
            return effects
        default:
            editLine { _ = $0.handle(key) }
            return []
        }
        overlay = .options(options)
        return []
    }

    /// The row whose value was typed, wherever the cursor goes afterwards.
    private func overlaySelection(_ options: OptionsState) -> Preference {
        if case .options(let shown) = overlay { shown.selected } else { options.selected }
    }

    /// Closes the screen and saves the changes.
    private mutating func keepOptions(_ options: OptionsState) -> [Effect] {
        overlay = nil
        let changes = changes(since: options)
        return changes.isEmpty ? [] : [.remember(changes)]
    }

    private mutating func putBackOptions(_ options: OptionsState) -> [Effect] {
        overlay = nil
        return changes(since: options).flatMap { change -> [Effect] in
            options.before[change.preference].map { apply($0, to: change.preference) } ?? []
        }
    }

    private func changes(since options: OptionsState) -> [PreferenceChange] {
        Preference.allCases.compactMap { preference in
            let value = preference.value(in: self)
            return value == options.before[preference] ? nil : PreferenceChange(preference, value)
        }
    }

    // MARK: - Mouse

    /// A click selects a row, and steps the one that is selected; the wheel moves the cursor.
    mutating func pointed(_ event: MouseEvent, in options: OptionsState) -> [Effect] {
        guard options.field == nil else { return [] }
        var options = options
        switch event.kind {
        case .scrollUp: options.moveCursor(by: -1)
        case .scrollDown: options.moveCursor(by: 1)
        case .press:
            guard let row = OptionsLayout(shared, cursor: options.cursor).row(atX: event.x, y: event.y) else {
                return []
            }
            if row == options.cursor { return step(options, by: 1) }
            options.cursor = row
        case .drag, .release: return []
        }
        overlay = .options(options)
        return []
    }
}

extension String {
    var trimmingSpaces: String {
        var text = Substring(self)
        while text.last == " " { text.removeLast() }
        return String(text.drop { $0 == " " })
    }
}
