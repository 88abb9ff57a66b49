import Foundation
import Specs
import TerminalUI

/// The overlays: help, questions, lists and lines that are typed.
enum PlainOverlays {
    /// Every key, those that work now first.
    static func help(_ state: DashboardState, _ scroll: Int) -> [PlainLine] {
        var lines = bindings(state).map { PlainLine("\($0.context.rawValue), \(name($0))", $0.help) }
        if lines.indices.contains(scroll) { lines[scroll].isSelected = true }
        return lines
    }

    static func helpCount(_ state: DashboardState) -> Int { bindings(state).count }

    private static func bindings(_ state: DashboardState) -> [Binding] {
        let now = state.keyContexts
        let contexts = now + KeyContext.allCases.filter { !now.contains($0) }
        return contexts.flatMap { context in KeyMap.bindings.filter { $0.context == context } }
    }

    /// Signs are spoken badly or not at all.
    private static func name(_ binding: Binding) -> String { binding.keys.map(name).joined(separator: " or ") }

    private static func name(_ key: Key) -> String {
        if let sign = signs[key.name] { return sign }
        // An upper-case letter sounds like its lower-case one.
        guard case .character(let scalar) = key, scalar.properties.isUppercase else { return key.name }
        return "shift \(scalar.properties.lowercaseMapping)"
    }

    private static let signs = [
        "?": "question mark", ".": "full stop", ">": "greater than", "[": "left bracket", "]": "right bracket",
        "{": "left brace", "}": "right brace", "(": "left parenthesis", ")": "right parenthesis", "+": "plus",
        "-": "minus", "/": "slash", "=": "equals", "*": "star", "%": "per cent", "&": "ampersand", "←": "left",
        "→": "right", "↑": "up", "↓": "down",
    ]

    static func resume(_ run: ResumableRun) -> [PlainLine] {
        [
            PlainLine("question", "\(run.heading), was interrupted, go on with it?", isSelected: true),
            PlainLine("enter", "go on with it"), PlainLine("escape", "later"),
            PlainLine("x", "leave it as it is, it is not asked again"),
        ]
    }

    static let quit = [
        PlainLine("question", "training runs, stop it and quit?", isSelected: true), PlainLine("q", "stop and quit"),
        PlainLine("esc", "go on"),
    ]

    static func options(_ state: DashboardState, _ options: OptionsState) -> [PlainLine] {
        var lines = Preference.allCases.enumerated().map { index, preference in
            if index == options.cursor, let field = options.field {
                return PlainLine(typing: preference.label, field)
            }
            let value = OptionsView.value(of: preference, state)
            return PlainLine(preference.label, value, isSelected: index == options.cursor)
        }
        lines.append(PlainLine("about \(options.selected.label)", options.selected.meaning))
        lines.append(PlainLine("right and left", "change the value"))
        lines.append(PlainLine("enter", "keep all, esc puts them back"))
        return lines
    }

    static func presets(_ state: Shared, _ cursor: Int) -> [PlainLine] {
        Presets.all.enumerated().map { index, preset in
            let spec = state.fitted(preset)
            return PlainLine(
                preset.name,
                "\(preset.summary), \(Figures.grouped(spec.network.parameterCount)) parameters, "
                    + spec.shortDescription, isSelected: index == cursor)
        }
    }

    static func specLine(_ field: TextField, _ refusal: Refusal?) -> [PlainLine] {
        var lines = [PlainLine(typing: "the spec", field)]
        if let refusal { lines.append(PlainLine("refused", refusal.description)) }
        lines.append(PlainLine("enter", "take it over, esc leaves it as it was"))
        return lines
    }
}
