import ArgumentParser
import Foundation
import Runs

/// The option for the store, which every subcommand that reads or writes runs has.
struct StoreOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The file that runs are saved in. (default: $XDG_DATA_HOME/trainspotter/runs.sqlite)", valueName: "file"),
        completion: .file())
    var store: String?

    /// The store; it is made where it does not exist.
    func open() throws(CommandFailure) -> RunStore { try open(.create) }

    /// The store, which must exist.
    func openExisting() throws(CommandFailure) -> RunStore { try open(.refuse) }

    /// The path of the store, whether it exists or not.
    func path(makingFolders: Bool) throws(StoreError) -> String {
        if let store { return store }
        return try RunStore.standardPath(dataFolder: BaseDirectories.data, makingFolders: makingFolders)
    }

    /// The command that resumes a run of this store.
    func resumeCommand(_ run: Int) -> String {
        "trainspotter train --resume \(run)\(place)"
    }

    /// The command that goes on with a search of this store.
    func searchCommand(_ search: Int) -> String {
        "trainspotter search --resume --search \(search)\(place)"
    }

    /// The option that names this store, with a blank before it; empty for the standard one.
    var place: String { store.map { " --store " + ($0.contains(" ") ? "'\($0)'" : $0) } ?? "" }

    /// The store that runs are recorded in, and the result of `use` on it. If nothing can be written now, as the disk
    /// is full or another program has it locked, a store in memory replaces it. The recorder then saves the run at its
    /// path as soon as it can.
    ///
    /// - Returns: also why nothing can be saved yet; nil where it can.
    /// - Throws: `StoreError` where another try can't succeed.
    func openToRecord<Result>(
        _ use: (RunStore) throws(StoreError) -> Result
    ) throws(StoreError) -> (store: RunStore, result: Result, trouble: StoreError?) {
        do throws(StoreError) {
            let store = try RunStore(path: try path(makingFolders: true))
            if let refusal = store.refusal { throw refusal }
            return (store, try use(store), nil)
        } catch  where error.passes {
            let standIn = try RunStore(standingInFor: try path(makingFolders: false))
            return (standIn, try use(standIn), error)
        }
    }

    private func open(_ missing: RunStore.Missing) throws(CommandFailure) -> RunStore {
        do throws(StoreError) {
            return try RunStore(path: try path(makingFolders: missing == .create), missing: missing)
        } catch {
            throw CommandFailure(error)
        }
    }
}

/// A number or a name of a saved run.
struct RunArgument: ParsableArguments {
    @Argument(help: "A run's number or name, or `last`.", completion: Completions.run)
    var run: String

    func find(in store: RunStore) throws(CommandFailure) -> RunSummary { try store.find(run) }
}

extension RunStore {
    func find(_ text: String) throws(CommandFailure) -> RunSummary {
        do throws(StoreError) { return try run(named: text) } catch { throw CommandFailure(error) }
    }
}

/// Calls a store, and reports its error as the program does.
func stored<Value>(_ body: () throws(StoreError) -> Value) throws(CommandFailure) -> Value {
    do throws(StoreError) { return try body() } catch { throw CommandFailure(error) }
}

extension CommandFailure {
    init(_ error: StoreError) {
        switch error {
        case .noPlace, .notFound, .noFolder, .foreign, .newer, .noRun, .ambiguous, .inUse,
            .readOnly, .unsuitable, .corrupt, .damaged, .cannotResume, .takenWord, .needed, .noEnsemble, .nameTaken,
            .brokenEnsemble:
            self = .usage(error.description)
        case .full, .tooLarge, .noMemory, .gone, .late, .busy, .failed: self = .running(error.description)
        }
    }
}
