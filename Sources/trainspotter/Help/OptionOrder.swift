import ArgumentParser

/// A command line whose options may stand before the subcommand that they belong to: `--store FILE runs list`.
enum OptionOrder {
    /// Every option of any command that takes a value.
    static let valued: Set = [
        "--augment", "--batch", "--bundle", "--colors", "--columns", "--continue-for", "--count", "--csv", "--data",
        "--epoch", "--epochs", "--export", "--filter", "--format", "--frame-cost", "--glyphs", "--index", "--json",
        "--keys", "--name", "--out", "--run", "--seed", "--size", "--sort", "--spec", "--store", "--tag",
        "--tensorboard", "--theme", "--threads",
    ]

    /// Those that take a value in one command and none in another.
    private static let mixed: Set = ["--json", "--spec"]

    /// Those whose value may begin with a minus sign.
    static let free: Set = ["--filter", "--keys", "--name", "--sort", "--tag"]

    /// The same words with the subcommands first. What is no subcommand's name ends the search: then the dashboard opens,
    /// and its options can stand anywhere.
    static func ordered(_ arguments: [String]) -> [String] {
        var (path, options): ([String], [String]) = ([], [])
        var rest = arguments[...]
        var subcommands = Trainspotter.configuration.subcommands
        while let word = rest.first, !subcommands.isEmpty {
            if let next = subcommands.first(where: { $0.configuration.commandName == word }) {
                path.append(word)
                subcommands = next.configuration.subcommands
            } else if word.hasPrefix("--"), word != "--", !["--help", "--version"].contains(word) {
                options.append(word)
                if let value = rest.dropFirst().first, takes(word, value, subcommands) {
                    options.append(value)
                    rest.removeFirst()
                }
            } else {
                break
            }
            rest.removeFirst()
        }
        return path.isEmpty ? arguments : path + options + rest
    }

    private static func takes(_ option: String, _ value: String, _ commands: [any ParsableCommand.Type]) -> Bool {
        guard valued.contains(option) else { return false }
        return !mixed.contains(option)
            || (!value.hasPrefix("--") && !commands.contains { $0.configuration.commandName == value })
    }
}
