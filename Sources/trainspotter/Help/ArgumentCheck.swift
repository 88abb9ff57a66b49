import ArgumentParser
import Specs

/// What is refused before the parser reads the command line, as it would say something else of it.
struct ArgumentCheck {
    /// Without the program's name.
    private let arguments: [String]
    /// Those before `--`, where options can be.
    private let options: [String]

    init(_ arguments: [String]) {
        self.arguments = arguments
        options = Array(arguments.prefix { $0 != "--" })
    }

    func run() throws(CommandFailure) {
        try refuseUnknownSubcommand()
        try refuseDashes()
        try refuseEmptyNames()
    }

    // MARK: - Subcommands

    /// The parser takes what is no subcommand of `runs` for an argument of `runs list`.
    private func refuseUnknownSubcommand() throws(CommandFailure) {
        let asksForHelp = options.first == "help"
        let words = (asksForHelp ? options.dropFirst() : options[...]).prefix { !$0.hasPrefix("-") }
        var path: [String] = []
        var subcommands = Trainspotter.configuration.subcommands
        for word in words where !subcommands.isEmpty && word != "help" {
            let next = subcommands.first { $0.configuration.commandName == word }
            // Where a spec can stand, the dashboard reads the word, and `ensemble make` that of a network.
            if next == nil, path.isEmpty || path == ["ensemble"], !asksForHelp { return }
            guard let next else { throw Self.unknown(word, path, subcommands) }
            path.append(word)
            subcommands = next.configuration.subcommands
        }
    }

    private static func unknown(
        _ word: String, _ path: [String], _ subcommands: [any ParsableCommand.Type]
    ) -> CommandFailure {
        let names = subcommands.compactMap { $0.configuration.commandName }
        let nearest =
            Int(word) == nil ? Spelling.nearest(to: word, among: names) : path == ["runs"] ? "show \(word)" : nil
        let before = path.map { $0 + " " }.joined()
        let hint = nearest.map { "; did you mean `trainspotter \(before)\($0)`?" } ?? ""
        return .usage("\(before)\(word): no such command; expected \(names.joined(separator: ", "))\(hint)")
    }

    // MARK: - Dashes

    private static let numeric = [
        "--batch", "--epochs", "--threads", "--index", "--count", "--continue-for", "--size", "--tta", "--tta-seed",
    ]

    /// In `-5tanh` the parser finds the `h` of help, and `--batch -5` has no value for it.
    private func refuseDashes() throws(CommandFailure) {
        for (before, argument) in zip([""] + options, options) {
            let isFree = OptionOrder.free.contains(before)
            if isFree, argument.hasPrefix("--") {
                throw .usage("\(before): expected a value, found \(argument); \(before)=\(argument) if that is meant")
            }
            guard argument.count > 1, argument.first == "-", argument != "-h", !argument.hasPrefix("--"), !isFree else {
                continue
            }
            let isNumber = argument.dropFirst().first.map { ("0"..."9").contains($0) } == true
            if isNumber, Self.numeric.contains(before) {
                let what = before == "--size" ? "columns and rows, such as 120x40" : "a number that is not negative"
                throw .usage("\(before) \(argument): expected \(what)")
            }
            let word = argument.prefix { !$0.isWhitespace }
            // A bare number behind an option is the value that the parser will say is missing.
            if Int(word) != nil, before.hasPrefix("--") { continue }
            guard isNumber, !["evaluate", "predict", "export", "ensemble"].contains(options.first) else {
                throw .usage("\(argument): unknown option (see `trainspotter --help`)")
            }
            throw .usage("\(word): \(Self.expectation(of: options.first ?? ""))")
        }
    }

    private static func expectation(of command: String) -> String {
        switch command {
        case "data": return "expected the number of an image, from 0"
        case "runs", "watch": return "expected the number or the name of a run"
        default: return "out of range; expected \(SettingRange.units.expected)"
        }
    }

    // MARK: - Empty names

    /// What the options name that can't be without a name.
    private static let named: KeyValuePairs = [
        "--json": "a file", "--csv": "a file", "--store": "a file", "--bundle": "a file", "--html": "a file",
        "--out": "a file or a folder", "--export": "a folder", "--tensorboard": "a folder",
        "--data": "a data set or a folder", "--theme": "a theme or a file", "--save": "an ensemble",
    ]

    private func refuseEmptyNames() throws(CommandFailure) {
        for (option, what) in Self.named
        where zip(options, options.dropFirst()).contains(where: { $0 == (option, "") })
            || options.contains(option + "=")
        {
            throw .usage("\(option): expected the name of \(what)")
        }
        let isFile =
            ["evaluate", "predict", "export", "ensemble"].contains(options.first)
            || ["import", "salvage"].contains(options.dropFirst().first)
        if isFile, options.contains("") { throw .usage("\"\": expected the name of a file or a folder") }
    }
}
