import Configuration
import Dashboard
import Specs
import TerminalUI

/// The configuration file, as it is read at the start and written by the options.
struct ConfigurationTarget: FuzzTarget {
    static let name = "config"
    static let parsers = ["ConfigurationText.init(parsing", "KeyAssignment.read", "ConfigurationFile.read"]

    private let state: DashboardState

    init() throws { state = DashboardState(spec: .standard, width: 80, height: 24, look: Look()) }

    func run(_ input: [UInt8]) throws {
        let text = String(decoding: input, as: UTF8.self)
        let file = ConfigurationText(parsing: text, sections: ConfigurationFile.sections)
        try Self.checkEntries(file)
        var state = state
        let problems = state.configure(file)
        for problem in problems {
            try require(problem.line >= 1 && problem.line <= input.count + 1, "line \(problem.line)")
            try requireMessage(problem, most: 2 * input.count + 500)
        }
        for entry in file.entries { try Self.checkWritten(entry.value, file) }
        // What can be typed into an option can be read again.
        let typed = ConfigurationValue.text(PastedText(text).text)
        try Self.checkWritten(typed, file)
        try Self.checkWritten(typed, ConfigurationText(parsing: "", sections: []))
    }

    private static func checkEntries(_ file: ConfigurationText) throws {
        var seen: Set<String> = []
        for entry in file.entries {
            try require(seen.insert("[\(entry.section)] \(entry.key)").inserted, "\(entry.key) twice")
        }
        for problem in file.problems { try require(problem.line >= 1, "line \(problem.line)") }
    }

    /// A setting that is changed has the new value, and every other line stays.
    private static func checkWritten(_ value: ConfigurationValue, _ file: ConfigurationText) throws {
        let key = "save_folder"
        let changed = file.setting([(key, value)])
        let again = ConfigurationText(parsing: changed, sections: ConfigurationFile.sections)
        let found = again.entries.first { $0.section.isEmpty && $0.key == key }?.value
        try require(found == value, "\(value.toml) reads back as \(found?.toml ?? "nothing")")
        func others(_ file: ConfigurationText) -> [String] {
            file.entries.filter { $0.key != key }.map { "[\($0.section)] \($0.key) = \($0.value.toml)" }
        }
        try require(others(again) == others(file), "another setting has changed")
    }
}
