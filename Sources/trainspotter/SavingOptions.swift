import ArgumentParser
import Datasets
import Foundation
import Runs
import Specs
import Training

/// Options of `train` for saving its run.
struct SavingOptions: ParsableArguments {
    @OptionGroup var store: StoreOptions

    @Flag(inversion: .prefixedNo, help: "Save the run, so that it can be found, resumed and compared.")
    var save = true

    @Option(parsing: .unconditional, help: ArgumentHelp("A name for the run.", valueName: "name"))
    var name: String?

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("A tag for the run; may be given several times.", valueName: "tag"))
    var tag: [String] = []

    func validate() throws {
        guard save || (name == nil && tag.isEmpty && store.store == nil) else {
            throw ValidationError("--no-save: nothing is saved, so neither --name, --tag nor --store goes with it")
        }
        try RunWords.check(name: name, tags: tag)
    }

    /// Inserts a new run, and starts to record it; nil with `--no-save`.
    func record(
        _ line: RunLine, source: DatasetSource, dataset: Dataset, threads: Int
    ) throws(CommandFailure) -> RecordedRun? {
        guard save else { return nil }
        let facts: RunFacts
        do throws(TrainingError) { facts = try RunFacts(line.spec, dataset) } catch { throw CommandFailure(error) }
        let new = NewRun(
            line: line, dataset: dataset.name, dataSource: source.argument, facts: facts,
            machine: .current(threads: threads), name: name, tags: tag)
        let (store, run) = try enter(new)
        return RecordedRun(
            store: store, run: run, started: new.started,
            recorder: RecordedRun.recorder(store, run, dataset: dataset) { () throws(StoreError) in
                try store.fingerprint(of: dataset, files: source.fileMarks())
            })
    }

    /// Where nothing can be saved now, as the disk is full or another program has the store locked, training still
    /// starts, and the recorder tries again. Other errors are thrown.
    private func enter(_ new: NewRun) throws(CommandFailure) -> (RunStore, run: Int) {
        do throws(StoreError) {
            let (store, run, trouble) = try store.openToRecord { (store) throws(StoreError) in try store.create(new) }
            if let trouble {
                printError(
                    "trainspotter: the run is not saved yet; it still trains, and saving is tried again: \(trouble)")
            }
            return (store, run)
        } catch {
            throw CommandFailure(error).saying("\(error); --store FILE saves elsewhere, --no-save not at all")
        }
    }
}

extension SavingOptions {
    /// The options of a run without its own.
    static func standard(_ store: StoreOptions) throws -> SavingOptions {
        var options = try SavingOptions.parse([])
        options.store = store
        return options
    }
}

/// The words that a user gives a new run.
enum RunWords {
    /// - Throws: `ValidationError` for a name by which no run would be found, and a tag that is no word.
    static func check(name: String?, tags: [String]) throws {
        if let name {
            do { try RunStore.checkName(name) } catch { throw ValidationError("--name \(error)") }
        }
        for tag in tags where tag.isEmpty || tag.contains(where: \.isWhitespace) {
            throw ValidationError("--tag \"\(tag)\": expected one word")
        }
    }
}
