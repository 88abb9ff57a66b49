import Foundation
import Specs
import TerminalUI

/// The overlays: help, questions, lists and lines that are typed.
enum PlainOverlays {
    /// Every command that has what was typed, those that work now first.
    static func help(_ state: DashboardState, _ help: HelpState) -> [PlainLine] {
        var lines = help.bindings(state).map {
            PlainLine("\($0.context.rawValue), \(name($0, state.shared.keys))", $0.help)
        }
        if lines.isEmpty { lines.append(PlainLine("found", "no command has this")) }
        lines[min(help.cursor, lines.count - 1)].isSelected = true
        lines.append(filter(help.filter))
        lines.append(PlainLine("enter", "run it, esc back"))
        return lines
    }

    /// A list to choose from.
    static func chooser(_ state: DashboardState, _ chooser: Chooser) -> [PlainLine] {
        var lines = chooser.shown.enumerated().map { index, choice in
            let words = [choice.name, choice.note].filter { !$0.isEmpty }.joined(separator: ", ")
            return PlainLine(chooser.title, words, isSelected: index == chooser.cursor)
        }
        if lines.isEmpty { lines.append(PlainLine("found", "none has this")) }
        lines.append(filter(chooser.filter))
        if let refusal = chooser.refusal { lines.append(PlainLine("refused", refusal.description)) }
        lines.append(PlainLine("enter", "apply, esc cancel"))
        return lines
    }

    /// The caret stays on the selected line, which is spoken.
    private static func filter(_ field: TextField) -> PlainLine {
        PlainLine("typed to filter", field.text.isEmpty ? "nothing" : field.text)
    }

    /// Signs are spoken badly or not at all.
    private static func name(_ binding: Binding, _ keys: KeyAssignment) -> String {
        keys.keys(of: binding.verb).map(name).joined(separator: " or ")
    }

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

    static func resume(_ state: DashboardState, _ run: ResumableRun) -> [PlainLine] {
        var lines = [PlainLine("question", "\(run.heading), was interrupted, resume it?", isSelected: true)]
        lines.append(PlainLine("line", run.lineToResume))
        lines += run.validationAccuracy.map { [PlainLine("validation accuracy", PlainText.percent($0))] } ?? []
        return lines + run.prospects.map { PlainLine("if you resume it", $0) } + keys(state)
    }

    static func quit(_ state: DashboardState) -> [PlainLine] {
        let leaving = Leaving(state)
        return [PlainLine("question", leaving.question, isSelected: true)]
            + (leaving.progress.map { [PlainLine("run", ([$0.name] + $0.places).joined(separator: ", "))] } ?? [])
            + leaving.consequences.map { PlainLine("if you quit", $0) } + keys(state)
    }

    /// The keys of the footer.
    private static func keys(_ state: DashboardState) -> [PlainLine] {
        FooterHints(state).hints.map { PlainLine($0.name, $0.label) }
    }

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
        lines.append(PlainLine("enter", "apply all, esc cancel"))
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
        lines.append(PlainLine("enter", "apply, esc cancel"))
        return lines
    }
}
