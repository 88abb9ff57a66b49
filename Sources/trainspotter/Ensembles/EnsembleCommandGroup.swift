import ArgumentParser
import Foundation
import Reports
import Runs

/// `trainspotter ensemble`: several networks whose probabilities are averaged.
struct EnsembleCommandGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ensemble", abstract: "Average the probabilities of several networks.",
        discussion: """
            EXAMPLES
              trainspotter ensemble 11 12 14
              trainspotter ensemble 11 12 14 --save committee
              trainspotter evaluate committee
              trainspotter ensemble list
            """,
        subcommands: [EnsembleMakeCommand.self, EnsembleListCommand.self, EnsembleDeleteCommand.self],
        defaultSubcommand: EnsembleMakeCommand.self)
}

/// `trainspotter ensemble list`.
struct EnsembleListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the saved ensembles.",
        discussion: """
            EXAMPLES
              trainspotter ensemble list
            """)

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var store: StoreOptions

    func run() throws {
        let store = try store.openExisting()
        let ensembles = try stored { () throws(StoreError) in try store.ensembles() }
        if json { return try printResult(JSON.array(ensembles.map(Self.json)).text()) }
        guard !ensembles.isEmpty else { return printError("no ensembles are saved yet") }
        let rows = ensembles.map { ensemble in
            [
                ensemble.name, ensemble.mean.rawValue, "\(ensemble.members.count)",
                ensemble.created.formatted(.iso8601.year().month().day()),
                ensemble.members.map { $0.run.map(String.init) ?? "lost" }.joined(separator: " "),
            ]
        }
        try printResult(TextTable.text([["name", "mean", "networks", "made", "runs"]] + rows, rightAligned: [2]))
    }

    private static func json(_ ensemble: StoredEnsemble) -> JSON {
        .object([
            "name": .text(ensemble.name), "mean": .text(ensemble.mean.rawValue),
            "digest": .text(ensemble.digest.description), "created": .text(ensemble.created.formatted(.iso8601)),
            "members": .array(
                ensemble.members.map { member in
                    .object([
                        "run": member.run.map { .integer($0) } ?? .null, "digest": .text(member.digest.description),
                        "weight": .number(member.weight),
                    ])
                }),
        ])
    }
}

/// `trainspotter ensemble delete`.
struct EnsembleDeleteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete saved ensembles; their runs stay.",
        discussion: """
            EXAMPLES
              trainspotter ensemble delete committee
            """)

    @Argument(help: "Names of ensembles.", completion: Completions.ensemble)
    var names: [String]

    @OptionGroup var store: StoreOptions

    func run() throws {
        let store = try store.openExisting()
        for name in names {
            let students = try stored { () throws(StoreError) in try store.deleteEnsemble(named: name) }
            guard !students.isEmpty else { continue }
            let runs = (students.count == 1 ? "run " : "runs ") + students.map(String.init).joined(separator: ", ")
            printError(
                "trainspotter: \(runs) learned from the ensemble \(name), and can't be trained on or repeated until one of the "
                    + "same runs and weights is saved again")
        }
    }
}
