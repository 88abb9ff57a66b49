import ArgumentParser
import Neural

/// `trainspotter settings`: the words of the spec language.
struct SettingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "List every setting, activation and optimizer of the spec language.",
        discussion: """
            EXAMPLES
              trainspotter settings
              trainspotter settings warmup
            """)

    @Argument(help: "One setting's name; nothing lists them all.")
    var name: String?

    func run() throws {
        guard let name else {
            let lists = SpecReference.choices.map { "\($0.name): \($0.words.joined(separator: " "))" }
            let rows = SpecReference.settings.map { [$0[0], $0[3], $0[1]] }
            return try printResult(lists.joined(separator: "\n") + "\n\n" + Figures.table(rows))
        }
        guard let row = SpecReference.settings.first(where: { $0[0] == name }) else {
            let names = SpecKey.allCases.map(\.rawValue)
            let hint = Spelling.nearest(to: name, among: names).map { "; did you mean \($0)?" } ?? ""
            throw CommandFailure.usage(
                "\(name): no such setting; expected one of \(names.joined(separator: " "))\(hint)")
        }
        let facts = [["meaning", row[1]], ["value", row[2]], ["default", row[3]], ["with", row[4]]]
        try printResult(Figures.table(facts.filter { !$0[1].isEmpty }))
    }
}
