import ArgumentParser

/// A command line whose options may stand before the subcommand that they belong to: `--store FILE runs list`.
enum OptionOrder {
    /// Every option of any command that takes a value.
    static let valued: Set = [
        "--account", "--augment", "--batch", "--batch-norm-epsilon", "--budget", "--bundle", "--by", "--classes",
        "--colors", "--columns", "--continue-for", "--count", "--cpus-per-task", "--csv", "--data", "--data-folder",
        "--engine", "--epoch", "--epochs", "--export", "--filter", "--finalists", "--format", "--frame-cost",
        "--from", "--glyphs", "--grid-steps", "--html", "--index", "--job-time", "--json", "--keep", "--keys",
        "--max-size", "--mean", "--name", "--only", "--order", "--out", "--partition", "--reduction", "--repeats",
        "--run", "--sampler", "--save", "--sbatch", "--search", "--seed", "--set", "--settings", "--shared-folder",
        "--size", "--sort", "--spec", "--store", "--tag", "--teacher", "--tensorboard", "--theme", "--threads",
        "--time", "--trials", "--tta", "--tta-augment", "--tta-seed", "--tta-strength", "--weights", "--workers",
    ]

    /// Those that take a value in one command and none in another.
    private static let mixed: Set = ["--json", "--spec"]

    /// Those whose value may begin with a minus sign.
    static let free: Set = ["--filter", "--keys", "--name", "--save", "--sort", "--tag"]

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
        guard !path.isEmpty else { return arguments }
        return path + options + (takesFreeWords(path) ? withFreeWordsLast(rest) : Array(rest))
    }

    /// Whether a command's words are the user's own, and may begin with a minus sign, as a tag does that is taken away.
    private static func takesFreeWords(_ path: [String]) -> Bool {
        path.first == "runs" && ["tag", "note", "rename"].contains(path.last)
    }

    /// The same words with the options first, and the others behind `--`, where nothing is an option.
    private static func withFreeWordsLast(_ words: ArraySlice<String>) -> [String] {
        guard !words.contains("--"), words.contains(where: { $0.hasPrefix("-") && !$0.hasPrefix("--") && $0 != "-h" })
        else { return Array(words) }
        var (options, others): ([String], [String]) = ([], [])
        for word in words {
            let isValue = options.last.map { valued.contains($0) } ?? false
            if isValue || word.hasPrefix("--") || word == "-h" { options.append(word) } else { others.append(word) }
        }
        return options + ["--"] + others
    }

    private static func takes(_ option: String, _ value: String, _ commands: [any ParsableCommand.Type]) -> Bool {
        guard valued.contains(option) else { return false }
        return !mixed.contains(option)
            || (!value.hasPrefix("--") && !commands.contains { $0.configuration.commandName == value })
    }
}
