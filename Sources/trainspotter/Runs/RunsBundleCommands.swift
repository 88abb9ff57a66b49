import ArgumentParser
import Experiments
import Foundation

/// `trainspotter runs export`: one run in one file.
struct RunsExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a saved run with all that belongs to it into one file.",
        discussion: """
            `trainspotter runs import` takes the file in on another machine. \
            `trainspotter export RUN` writes weights for other programs.

            EXAMPLES
              trainspotter runs export 12 --bundle wide.run
            """)

    @OptionGroup var chosen: RunArgument
    @Option(help: ArgumentHelp("The file, which must not be there yet.", valueName: "file")) var bundle: String
    @OptionGroup var store: StoreOptions

    func run() throws {
        guard bundle != "-" else {
            throw CommandFailure.usage("--bundle -: a bundle is a database, which is no stream; expected a file")
        }
        let store = try store.openExisting()
        let run = try chosen.find(in: store)
        try stored { () throws(StoreError) in try store.export(run: run.id, to: bundle) }
        try printResult(bundle)
    }
}

/// `trainspotter runs import`: a run from another machine.
struct RunsImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take in a run that `runs export` wrote, as a new run.")

    @Argument(help: "The file.") var file: String
    @OptionGroup var store: StoreOptions

    func run() throws {
        let store = try store.open()
        let numbers = try stored { () throws(StoreError) in try store.importBundle(file) }
        guard !numbers.isEmpty else { throw CommandFailure.usage("\(file): no run is in it") }
        for number in numbers { try printResult("run \(number)") }
    }
}
