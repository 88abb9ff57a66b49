import ArgumentParser
import Foundation
import Runs

/// `trainspotter runs export`: one run in one file.
struct RunsExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a saved run with all its data into one file.",
        discussion: """
            `trainspotter runs import` reads the file on another machine. \
            `trainspotter export RUN` writes weights for other programs.

            EXAMPLES
              trainspotter runs export 12 --bundle wide.run
            """)

    @OptionGroup var chosen: RunArgument
    @Option(help: ArgumentHelp("The file, which must not exist yet.", valueName: "file"), completion: .file())
    var bundle: String
    @OptionGroup var store: StoreOptions

    func run() throws {
        guard bundle != "-" else {
            throw CommandFailure.usage("--bundle -: a bundle is a database, not a stream; expected a file")
        }
        let store = try store.openExisting()
        let run = try chosen.find(in: store)
        try stored { () throws(StoreError) in try store.export(run: run.id, to: bundle) }
        try printLine(bundle)
    }
}

/// `trainspotter runs import`: runs from another machine.
struct RunsImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Import runs that `runs export` wrote, as new runs.",
        discussion: """
            A run that the store has already is named, and not imported again.

            EXAMPLES
              trainspotter runs import wide.run deep.run
            """)

    @Argument(help: "The files.", completion: .file()) var files: [String]
    @OptionGroup var store: StoreOptions

    func run() throws {
        let store = try store.open()
        var failure: CommandFailure?
        for file in files {
            do throws(CommandFailure) {
                try take(file, into: store)
            } catch {
                // The other files are still imported.
                if let message = error.message { printError("trainspotter: \(message)") }
                failure = failure ?? error
            }
        }
        if let failure { throw CommandFailure.status(failure.status) }
    }

    private func take(_ file: String, into store: RunStore) throws(CommandFailure) {
        let imported = try stored { () throws(StoreError) in try store.importBundle(file) }
        guard !imported.isEmpty else { throw .usage("\(file): no run is in it") }
        for run in imported {
            switch run {
            case .new(let number): try printResult("run \(number)")
            case .beside(let number, let known):
                try printResult("run \(number)")
                printError("\(file): run \(known) is the same run at another time or with other words; both stay")
            case .known(let number):
                printError("\(file): it is saved already, as run \(number); nothing was imported")
            }
        }
    }
}
