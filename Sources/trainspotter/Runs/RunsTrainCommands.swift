import ArgumentParser
import Datasets
import Files
import Runs
import Specs

/// `trainspotter runs resume`: the same as `train --resume`.
struct RunsResumeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Resume a run that was interrupted or stopped.")

    @Argument(
        help: ArgumentHelp(
            "A run's number or name; the newest that was not finished, if none is given.", valueName: "run"),
        completion: Completions.run)
    var chosen: String?
    @OptionGroup var store: StoreOptions
    @OptionGroup var threads: ThreadOptions

    func run() throws { try TrainCommand.run(["--resume"] + (chosen.map { [$0] } ?? []), store, threads) }
}

/// `trainspotter runs continue`: the same as `train --continue-for`.
struct RunsContinueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "continue", abstract: "Train a saved run for more epochs.")

    @OptionGroup var chosen: RunArgument
    @Option(help: ArgumentHelp("The number of additional epochs.", valueName: "n")) var epochs: Int
    @OptionGroup var store: StoreOptions
    @OptionGroup var threads: ThreadOptions

    func validate() throws {
        guard SettingRange.epochs.contains(epochs) else {
            throw ValidationError("--epochs \(epochs): expected \(SettingRange.epochs.bounds)")
        }
    }

    func run() throws { try TrainCommand.run(["--continue-for", "\(epochs)", chosen.run], store, threads) }
}

/// `trainspotter runs repeat`: the same spec, seed and data as a new run.
struct RunsRepeatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repeat", abstract: "Train a saved run again from its start, as a new run.",
        discussion: """
            Settings that were changed while it trained are changed again at the same places. The same \
            line and data give the same bits, with the same kernels and version.
            """)

    @OptionGroup var chosen: RunArgument
    @OptionGroup var store: StoreOptions
    @OptionGroup var threads: ThreadOptions

    func run() throws {
        let run = try chosen.find(in: try store.openExisting())
        guard !run.isImported else {
            throw CommandFailure.usage(
                "run \(run.id): its weights were imported, so that nothing can be trained again; `trainspotter train --from "
                    + "\(run.id)` trains on from them")
        }
        if let fault = run.lineFault { printError("trainspotter: run \(run.id) can't be repeated exactly: \(fault)") }
        try TrainCommand.run(["\(run.lineText) \(run.origin)", "--data", data(of: run)], store, threads)
    }
}

extension RunsRepeatCommand {
    /// Where its data set is, or where it was, if it is nowhere.
    private func data(of run: RunSummary) -> String {
        let trained = try? DatasetSource.trained(on: run.dataSource, digest: run.fingerprint, imported: .standard)
        if let note = trained?.note { printError("trainspotter: run \(run.id): \(note)") }
        return trained?.source.argument ?? run.dataSource
    }
}

extension TrainCommand {
    /// Trains as the command line with these arguments would.
    fileprivate static func run(
        _ arguments: [String], _ store: StoreOptions, _ threads: ThreadOptions
    ) throws {
        let place = store.store.map { ["--store", $0] } ?? []
        let command = try TrainCommand.parse(arguments + place + ["--threads", "\(threads.threads)"])
        try command.run()
    }
}
