import ArgumentParser
import Foundation
import Specs

/// `trainspotter settings`: the words of the spec language.
struct SettingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "List or explain the words of the spec language.",
        discussion: """
            EXAMPLES
              trainspotter settings               every word
              trainspotter settings warmup        a setting
              trainspotter settings adam          an optimizer, with its settings
              trainspotter settings leaky_relu    an activation, with its arguments
              trainspotter settings losses        all of a group
            """)

    @Argument(
        help: "A setting, optimizer, activation, loss, schedule or initializer, or a group of them.",
        completion: Completions.specWord)
    var name: String?

    func run() throws {
        guard let name else { return try printResult(Self.overview) }
        let entries = SpecReference.entries(for: name)
        guard !entries.isEmpty else {
            let hint = Spelling.suggestion(for: name, among: SpecReference.words).map { "; did you mean \($0)?" } ?? ""
            throw CommandFailure.usage(
                "\(name.shown): no word of the spec language; `trainspotter settings` lists them\(hint)")
        }
        try printResult(entries.map(Self.text).joined(separator: "\n\n"))
    }

    private static func text(_ entry: SpecEntry) -> String {
        let details = entry.details.map { ["  \($0[0])"] + $0.dropFirst() }
        return [entry.facts, details].filter { !$0.isEmpty }.map(table).joined(separator: "\n")
    }

    /// The words of each group, then the settings with defaults and meanings.
    private static var overview: String {
        let groups = SpecReference.groups.map { [$0.name, $0.words.map { $0[0] }.joined(separator: " ")] }
        let rows = SpecReference.settings.map { [$0[0], $0[3], $0[1]] }
        return table(groups) + "\n\n" + table([["setting", "default", "meaning"]] + rows)
    }

    /// A file or a pipe gets a line for each word.
    private static func table(_ rows: [[String]]) -> String {
        TextTable.text(rows, width: LineWidth.terminal(STDOUT_FILENO))
    }
}
