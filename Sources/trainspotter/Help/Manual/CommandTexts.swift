import ArgumentParser
import Foundation

/// A command with its texts, as the parser describes it for other programs: the texts that `--help` prints.
struct CommandTexts: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    private let subcommands: [CommandTexts]?
    private let arguments: [ArgumentTexts]?
    private let shouldDisplay: Bool?

    /// The commands below it that `--help` lists.
    var commands: [CommandTexts] { (subcommands ?? []).filter { $0.shouldDisplay != false } }

    /// The arguments and options that `--help` lists, but for those that every command has.
    var ownArguments: [ArgumentTexts] {
        (arguments ?? []).filter { $0.shouldDisplay && !ArgumentTexts.common.contains($0.valueName ?? "") }
    }

    /// The options that every command has.
    var commonArguments: [ArgumentTexts] {
        (arguments ?? []).filter { ArgumentTexts.common.contains($0.valueName ?? "") }
    }

    /// The program itself.
    ///
    /// - Throws: `DecodingError` if the parser describes commands in another way.
    static func program() throws -> CommandTexts {
        struct Dump: Decodable { let command: CommandTexts }
        return try JSONDecoder().decode(Dump.self, from: Data(Trainspotter._dumpHelp().utf8)).command
    }
}

/// An argument, an option or a flag of a command.
struct ArgumentTexts: Decodable {
    enum Kind: String, Decodable { case positional, option, flag }

    struct Name: Decodable {
        let kind: String
        let name: String

        /// As it is typed: `--theme`, `-h`.
        var word: String { (kind == "long" ? "--" : "-") + name }
    }

    /// What the parser adds to every command.
    static let common: Set = ["help", "version"]

    let kind: Kind
    let valueName: String?
    let abstract: String?
    let shouldDisplay: Bool
    private let names: [Name]?
    private let defaultValue: String?
    private let allValues: [String]?

    /// As they are typed; empty for an argument without a name.
    var words: [String] { (names ?? []).map(\.word) }

    /// What it means, with its values and its default, in one line.
    var meaning: String {
        let facts = [
            allValues.map { "values: " + $0.joined(separator: ", ") }, defaultValue.map { "default: " + $0 },
        ].compactMap(\.self)
        return [abstract ?? "", facts.isEmpty ? "" : "(\(facts.joined(separator: "; ")))"].filter { !$0.isEmpty }
            .joined(separator: " ")
    }
}
