import ArgumentParser
import Runs

/// `trainspotter runs check`: whether all of the store can be read.
struct RunsCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check that the store and everything in it can be read.",
        discussion: "Status 1, and a line for each fault, where something is damaged.")

    @OptionGroup var store: StoreOptions

    func run() throws {
        let store = try store.openExisting()
        let faults = try stored { () throws(StoreError) in try store.faults() }
        for fault in faults { printError("trainspotter: \(fault)") }
        guard faults.isEmpty else { throw CommandFailure.status(1) }
        let runs = try stored { () throws(StoreError) in try store.summaries(.all) }
        try printLine("\(store.path): \(runs.count) run\(runs.count == 1 ? "" : "s"), all of it can be read")
    }
}

/// `trainspotter runs salvage`: copies the readable parts of a damaged store.
struct RunsSalvageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "salvage", abstract: "Copy what can be read of a damaged store into a new one.",
        discussion: """
            The damaged store does not change; rename it, and give the new one its name.

            EXAMPLES
              trainspotter runs salvage rescued.sqlite
            """)

    @Argument(help: "The new store, which must not exist yet.", completion: .file()) var file: String
    @OptionGroup var store: StoreOptions

    func run() throws {
        let found = try stored { () throws(StoreError) in
            try RunStore.salvage(try store.path(makingFolders: false), into: file)
        }
        for loss in found.losses { printError("trainspotter: \(loss)") }
        try printLine("\(file): \(found.runs) run\(found.runs == 1 ? "" : "s")")
    }
}
