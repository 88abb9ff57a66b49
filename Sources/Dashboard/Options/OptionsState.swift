import Configuration
import TerminalUI

/// The options screen while it is open.
package struct OptionsState: Equatable, Sendable {
    /// Index into `Preference.allCases`.
    package internal(set) var cursor = 0
    /// The value of the selected row while it is typed.
    package internal(set) var field: TextField?
    /// The values when the screen was opened, which Esc restores.
    let before: [Preference: ConfigurationValue]

    /// Opens with the values of a state.
    package init(of state: DashboardState) {
        before = Dictionary(uniqueKeysWithValues: Preference.allCases.map { ($0, $0.value(in: state)) })
    }

    var selected: Preference { Preference.allCases[cursor] }

    mutating func moveCursor(by step: Int) {
        cursor = min(max(0, cursor + step), Preference.allCases.count - 1)
    }
}

/// A line of the configuration file to be written.
package struct PreferenceChange: Equatable, Sendable {
    /// The setting.
    package let preference: Preference
    /// Its new value.
    package let value: ConfigurationValue

    package init(_ preference: Preference, _ value: ConfigurationValue) {
        self.preference = preference
        self.value = value
    }
}
