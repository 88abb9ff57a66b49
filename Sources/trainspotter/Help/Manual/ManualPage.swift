import ArgumentParser
import Foundation
import Reports

/// The page for `man trainspotter`, made from the texts that `--help` prints.
struct ManualPage {
    private var roff = Roff()

    /// The page's source: macros of man(7), ASCII alone.
    ///
    /// - Parameter date: of the page, in UTC.
    /// - Throws: `DecodingError` if the parser describes commands in another way.
    static func text(date: Date) throws -> String {
        var page = ManualPage()
        try page.write(CommandTexts.program(), date: date)
        return page.roff.text
    }

    /// Now; or what `SOURCE_DATE_EPOCH` says, in seconds since 1970, for builds that give the same bytes each time.
    static var date: Date {
        let set = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap { Double($0) }
        return set.map { Date(timeIntervalSince1970: $0) } ?? Date()
    }

    private mutating func write(_ program: CommandTexts, date: Date) {
        let day = date.formatted(.iso8601.year().month().day())
        roff.title(program.commandName, section: 1, date: day, source: "trainspotter \(ProgramVersion.current)")
        roff.section("NAME")
        roff.line("\(program.commandName) - \(program.abstract ?? "")")
        roff.section("SYNOPSIS")
        roff.asIs(usage(of: Trainspotter.self))
        let discussion = Discussion(program.discussion ?? "")
        roff.section("DESCRIPTION")
        discussion.text.forEach { write($0) }
        roff.section("OPTIONS")
        roff.paragraph("Those of the dashboard, which opens where no subcommand is named; and:")
        program.commonArguments.forEach { write([$0]) }
        roff.section("COMMANDS")
        roff.paragraph("Options may also stand before the name of the command that they belong to.")
        for command in program.commands { write(command, Trainspotter.self, path: [program.commandName]) }
        for part in discussion.sections {
            roff.section(part.heading)
            part.blocks.forEach { write($0) }
        }
    }

    // MARK: - Commands

    private mutating func write(_ texts: CommandTexts, _ parent: any ParsableCommand.Type, path: [String]) {
        // `help` is the parser's own: its usage and options say nothing.
        let command = parent.configuration.subcommands.first { $0.configuration.commandName == texts.commandName }
        let path = path + [texts.commandName]
        roff.subsection(path.joined(separator: " "))
        roff.paragraph(texts.abstract ?? "")
        guard let command else { return }
        roff.asIs(usage(of: command))
        let discussion = Discussion(texts.discussion ?? "")
        discussion.text.forEach { write($0) }
        let arguments = texts.ownArguments
        for (place, argument) in arguments.enumerated() where place == 0 || !argument.isOther(of: arguments[place - 1])
        {
            // `--save` and `--no-save` have one text.
            write([argument] + arguments[(place + 1)...].prefix(1).filter { $0.isOther(of: argument) })
        }
        for part in discussion.sections {
            roff.paragraph(part.heading, bold: true)
            part.blocks.forEach { write($0) }
        }
        for below in texts.commands { write(below, command, path: path) }
    }

    private func usage(of command: any ParsableCommand.Type) -> [String] {
        let help = HelpText.foldingUsage(of: Trainspotter.helpMessage(for: command, columns: 10_000), 72)
        let usage = help.components(separatedBy: "USAGE: ").dropFirst().first ?? ""
        return usage.components(separatedBy: "\n\n")[0].split(separator: "\n").map {
            // A line that goes on is indented by more than a second way to call the program.
            $0.hasPrefix("         ") ? "  " + $0.trimmingPrefix { $0 == " " } : String($0.trimmingPrefix { $0 == " " })
        }
    }

    private mutating func write(_ same: [ArgumentTexts]) {
        let words = same.flatMap(\.words)
        let value = same[0].kind == .flag ? nil : "<\(same[0].valueName ?? "value")>"
        roff.entry(words, value: value, same[0].meaning)
    }

    private mutating func write(_ block: Discussion.Block) {
        switch block {
        case .paragraph(let text): roff.paragraph(text)
        case .lines(let lines): roff.asIs(lines)
        case .entries(let entries): for entry in entries { roff.entry([entry.word], value: nil, entry.text) }
        }
    }
}

extension ArgumentTexts {
    /// Whether it is the other half of a flag that can be switched on and off.
    fileprivate func isOther(of flag: ArgumentTexts) -> Bool {
        kind == .flag && flag.kind == .flag && abstract == flag.abstract
            && words == flag.words.map { "--no-" + $0.dropFirst(2) }
    }
}
