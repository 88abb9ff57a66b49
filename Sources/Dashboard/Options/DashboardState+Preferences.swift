import Configuration
import Runs
import TerminalUI
import Training

extension DashboardState {
    /// Applies the lines of a configuration file, before anything is drawn.
    ///
    /// - Returns: the lines that can't be used, and why; they are ignored.
    package mutating func configure(_ text: ConfigurationText) -> [ConfigurationText.Problem] {
        var problems = text.problems
        problems += shared.keys.read(text.entries.filter { $0.section == "keys" })
        for entry in text.entries where entry.section.isEmpty {
            let (key, value) = Preference.current(entry.key, entry.value)
            do throws(PreferenceError) {
                guard let preference = Preference(rawValue: key) else {
                    throw PreferenceError(unknown: key)
                }
                _ = apply(try preference.read(value, in: self), to: preference)
            } catch {
                problems.append(ConfigurationText.Problem(line: entry.line, reason: error.description))
            }
        }
        return problems.sorted { $0.line < $1.line }
    }

    /// Applies a value.
    ///
    /// - Parameter value: a valid one of the preference.
    mutating func apply(_ value: ConfigurationValue, to preference: Preference) -> [Effect] {
        switch (preference, value) {
        case (.theme, .text(let name)):
            if let theme = themes.first(where: { $0.name == name }) { shared.look.theme = theme }
        case (.colors, .text(let name)):
            shared.display.colors = ColorLevel(rawValue: name)
            if let colors = shared.display.colors { shared.look.colors = colors }
            return [.openTerminal(shared.display)]
        case (.glyphs, .text(let name)):
            shared.display.glyphs = GlyphLevel(rawValue: name)
            if let glyphs = shared.display.glyphs { shared.look.glyphs = glyphs }
            return [.openTerminal(shared.display)]
        case (.mouse, .flag(let isOn)):
            shared.display.mouse = isOn
            return [.openTerminal(shared.display)]
        case (.plain, .flag(let isOn)):
            shared.display.plain = isOn
            return [.openTerminal(shared.display)]
        case (.threads, _):
            shared.chosenThreads = if case .whole(let count) = value { count } else { nil }
            return [.useThreads(shared.threads)]
        case (.saveFolder, .text(let folder)):
            saveFolder = folder
            return [.saveInto(folder)]
        case (.autoRun, .flag(let isOn)): shared.autoRun = isOn
        case (.storeLimit, .text(let text)): shared.storeLimit.bytes = ByteAmount.bytes(text)
        case (.overLimit, .text(let name)):
            if let response = StoreLimit.Response(rawValue: name) { shared.storeLimit.response = response }
        case (.rows, .text(let name)): if shared.source.rawValue != name { return shared.toggleSource() }
        default:
            for screen in Screen.allCases where screen != .lab {
                with(screen) { $0.apply(value, to: preference, $1) }
            }
        }
        return []
    }

    /// What holds of a preference that belongs to a screen.
    func screenValue(of preference: Preference) -> ConfigurationValue? {
        var copy = self
        return Screen.allCases.lazy.filter { $0 != .lab }.compactMap { screen in
            copy.with(screen) { screen, _ in screen.value(of: preference) }
        }.first
    }
}
