import ArgumentParser
import Datasets
import Foundation
import Reports
import Runs
import Specs
import Training

/// `trainspotter train`: a run without the dashboard.
struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Train a network and print how good it is.",
        discussion: """
            Results go to standard output; progress goes to standard error: a bar on a \
            terminal, a line an epoch elsewhere. Ctrl-C stops after the batch under way \
            and prints what there is by then (status 130).

            Every run is saved while it trains (--no-save: it is not), and \
            `trainspotter runs` lists them. A run that was interrupted, even by a power \
            cut, resumes with --resume to the same bits; so do --csv and --tensorboard.

            --export writes weights.npz, spec.txt, history.csv, result.json and \
            predictions.npy (of the test set), for `trainspotter evaluate`, `predict` \
            and `export`, and for NumPy. A network whose loss is no number any more is \
            not written.

            EXAMPLES
              trainspotter train 200tanh
              trainspotter train exercise-2 epochs=2 --json -
              trainspotter train 64relu --export digits
              trainspotter train --resume
              trainspotter train --resume 12 --continue-for 10
              trainspotter train 64relu --tensorboard logs
              trainspotter train 512relu+drop0.2-64relu adamw lr=3e-4 epochs=20
              trainspotter train 200tanh --data fashion-mnist
              trainspotter train --from 12 epochs=3 lr=1e-4
            """)

    @Argument(
        help: "Layers or a preset's name, then settings; `trainspotter --help` tells the language.",
        completion: Completions.spec)
    var spec: [String] = []

    @OptionGroup var beginning: BeginningOptions
    @OptionGroup var resuming: ResumeOptions
    @OptionGroup var saving: SavingOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var threads: ThreadOptions
    @OptionGroup var json: JSONOptions

    @Option(
        help: ArgumentHelp("Write weights, spec, history, results and predictions to a folder.", valueName: "folder"),
        completion: .directory)
    var export: String?

    @Option(
        help: ArgumentHelp(
            "Write each epoch's figures to a file, or to standard output: -, with the columns of Keras's CSVLogger.",
            valueName: "file|-"), completion: .file())
    var csv: String?

    @Option(
        help: ArgumentHelp(
            "Write event files for TensorBoard as it trains, in a folder of the run's own below this one.",
            valueName: "folder"), completion: .directory)
    var tensorboard: String?

    @Flag(help: "No progress.")
    var quiet = false

    func validate() throws {
        if resuming.isWanted {
            guard spec.count <= 1 else { throw ValidationError("--resume: expected one run's number or name") }
            guard saving.save else { throw ValidationError("--no-save: a resumed run is always saved") }
            guard beginning.from == nil else {
                throw ValidationError("--from: a resumed run goes on with its own weights")
            }
            guard beginning.teacher == nil else {
                throw ValidationError("--teacher: a resumed run goes on with its own teacher, or none")
            }
        } else if spec.isEmpty, beginning.from == nil {
            throw ValidationError("Missing expected argument '<spec> ...'")
        }
    }

    func run() throws {
        try outputs().check()
        try checkFolders()
        if resuming.isWanted {
            let (line, dataset, recorded) = try takeUp()
            try train(line, dataset, recorded)
        } else if let committee = CommitteePreset.named(words.first ?? "") {
            try CommitteeTraining(
                preset: committee, settings: words.dropFirst().joined(separator: " "), command: self
            ).run()
        } else {
            try begin()
        }
    }

    private var words: [String] { spec.joined(separator: " ").split(whereSeparator: \.isWhitespace).map(String.init) }

    private func begin() throws {
        let new = try beginning.begin(spec, data, saving.store)
        try outputs(reading: [new.source]).check()
        let dataset = try data.load(new.source)
        // Before the run is saved: one that can't begin leaves nothing behind.
        try new.line.spec.checkTeacher(dataset, new.named)
        sayDifferences(new.line, dataset)
        let recorded = try saving.record(new.line, source: new.source, dataset: dataset, threads: threads.threads)
        try train(new.line, dataset, recorded, named: new.named)
    }

    /// Reports differences to the machine and version that made the line, as its bits may then differ.
    private func sayDifferences(_ line: RunLine, _ dataset: Dataset) {
        guard let origin = line.origin else { return }
        let digest = origin.digest.map { _ in DatasetFingerprint.digest(of: dataset) }
        for difference in origin.differences(from: .here(dataset: dataset.name, digest: digest)) {
            printError("trainspotter: the line was made elsewhere, and may not give the same bits: \(difference)")
        }
    }

    private func takeUp() throws -> (RunLine, Dataset, RecordedRun?) {
        let store = try saving.store.openExisting()
        // Which run it is follows only from claiming it, and then it is too late to refuse.
        let runs = try stored { () throws(StoreError) in try store.summaries() }
        let places = data.data.map { [$0] } ?? Array(Set(runs.map(\.dataSource)))
        try outputs(reading: places.compactMap { try? DatasetSource.resolve($0, imported: data.imported) }).check()
        let (dataset, recorded) = try resuming.resume(spec.first, store: store, data: data)
        try stored { () throws(StoreError) in
            if let name = saving.name { try recorded.store.rename(run: recorded.run, to: name) }
            try recorded.store.changeTags(run: recorded.run, adding: saving.tag)
        }
        return (RunLine(spec: recorded.resumption?.spec ?? .standard), dataset, recorded)
    }

    private func train(
        _ line: RunLine, _ dataset: Dataset, _ recorded: RecordedRun?, named: WeightFinder? = nil
    ) throws {
        sayNotes(of: dataset)
        warnOfHeldOutRows(line.spec, dataset)
        // All changes that are known before it trains: those of the line, the earlier ones, and those of the options.
        let changes = line.changes + (recorded?.resumption?.knownChanges ?? [])
        // A closed reader of the log must not stop the run.
        if csv != nil { signal(SIGPIPE, SIG_IGN) }
        let log = Result {
            try csv.map {
                try CSVFile(
                    path: $0, log: CSVLog(line.spec.training, changes: changes),
                    epochs: recorded?.resumption?.epochs ?? [])
            }
        }
        if case .failure(let failure as CommandFailure) = log {
            printError("trainspotter: \(failure.message ?? ""); the run still trains")
        }
        let board = try tensorboard.map {
            try TensorBoardFiles(
                parent: $0, line: RunLine(spec: line.spec, changes: changes), dataset: dataset, of: recorded)
        }
        let run = HeadlessRun(
            line: line, dataset: dataset, threads: threads.threads, progress: .standard(quiet: quiet),
            log: try? log.get(), tensorBoard: board, recorded: recorded, named: named)
        noteResuming(recorded)
        let outcome = try run.train()
        var report = outcome.report
        if json.json != nil || export != nil { report.sign(digest: digest(of: dataset, recorded)) }
        // A place that can't be written must not stop the others.
        let written = [
            Result { try recorded?.close() },
            Result { try json.write(report.text) },
            Result { try sayResult(report.summary(run: recorded?.number)) },
            Result { try writeExport(outcome, report) },
            Result { if let failure = try log.map({ _ in outcome.logFailure }).get() { throw failure } },
            Result { if let failure = board?.failure { throw failure } },
        ]
        for result in written { try result.get() }
        if outcome.failure == nil { recorded?.keepLimit(saving.store.place) }
        if case .interrupted? = outcome.failure, let run = recorded?.number {
            printError("trainspotter: interrupted; `\(saving.store.resumeCommand(run))` resumes it")
            throw CommandFailure.status(CommandFailure.interrupted.status)
        }
        if let failure = outcome.failure { throw failure }
    }
}
