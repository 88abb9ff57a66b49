import ArgumentParser
import Datasets
import Exports
import Foundation
import RunExports
import Runs
import Training

/// The argument for a saved network.
struct ModelArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "A folder that `train --export` wrote, a .npz file beside its spec.txt, a saved run's number or name, or an ensemble."
        ),
        completion: Completions.model)
    var model: String

    @Option(help: ArgumentHelp("The spec of weights that have no spec.txt beside them.", valueName: "spec"))
    var spec: String?

    @OptionGroup var store: StoreOptions

    /// One network, or an ensemble. A file or a folder of that name is preferred to a run; `./12` means the folder.
    func load() throws(CommandFailure) -> SavedEnsemble { try Self.load(model, spec: spec, store) }

    /// The model that a text means.
    static func load(
        _ model: String, spec: String? = nil, _ store: StoreOptions
    ) throws(CommandFailure) -> SavedEnsemble {
        try refuseUnreadableFolder(model)
        try refuseOtherFile(model)
        let saved = FileManager.default.fileExists(atPath: model) ? nil : try saved(model, store)
        if case .both = saved {
            throw .usage(
                "\(model.shown): a run and an ensemble have this name; expected the run's number, or another name")
        }
        do throws(ModelError) {
            switch saved {
            case .run(let run, let store): return SavedEnsemble(try SavedModel(run, in: store))
            case .ensemble(let ensemble, let store): return try SavedEnsemble(ensemble, in: store)
            case nil where SavedEnsemble.isThere(model): return try SavedEnsemble(path: model)
            case nil, .both: return SavedEnsemble(try SavedModel(path: model, spec: spec))
            }
        } catch {
            throw .usage(error.description)
        }
    }

    /// What a store has under a name.
    private enum Saved {
        case run(RunSummary, RunStore)
        case ensemble(StoredEnsemble, RunStore)
        case both
    }

    private static func refuseOtherFile(_ model: String) throws(CommandFailure) {
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: model, isDirectory: &isFolder)
        guard !isThere || isFolder.boolValue || model.hasSuffix(".npz") else {
            throw .usage("\(model): expected a model's folder or a .npz file")
        }
    }

    /// The run or the ensemble; nil where the text can only be a path.
    private static func saved(_ model: String, _ options: StoreOptions) throws(CommandFailure) -> Saved? {
        guard !model.contains("/"), !model.hasSuffix(".npz") else { return nil }
        do throws(StoreError) {
            let store = try RunStore(path: try options.path(makingFolders: false), missing: .refuse)
            guard let ensemble = try store.ensemble(named: model) else {
                return .run(try store.run(named: model), store)
            }
            let hasRun = try store.summaries().contains { $0.name == model }
            return hasRun ? .both : .ensemble(ensemble, store)
        } catch {
            switch error {
            case .noRun(_, nil) where Int(model) == nil, .notFound where options.store == nil && Int(model) == nil:
                throw .usage(
                    "\(model.shown): no saved run or ensemble of that name, and no such file or folder; `trainspotter runs` "
                        + "lists the runs, `trainspotter ensemble list` the ensembles")
            default: throw CommandFailure(error)
            }
        }
    }
}

extension SavedEnsemble {
    /// The networks, ready to predict the data set's images.
    func network(_ dataset: Dataset, threads: Int) throws(CommandFailure) -> EnsembleNetwork {
        do throws(EnsembleError) {
            return try EnsembleNetwork(try ensemble(dataset), shape: dataset.test.shape, threads: threads)
        } catch {
            throw CommandFailure(error, of: self)
        }
    }

    /// The evaluation of the data set's test images: with one network's own loss, or with the mean's.
    func evaluateTest(_ dataset: Dataset, threads: Int) throws(CommandFailure) -> Evaluation {
        try network(dataset, threads: threads).evaluateTest(dataset, isSingle: single != nil)
    }

    /// The network, where it is one.
    ///
    /// - Parameter what: what needs one, as the beginning of a sentence.
    /// - Throws: `CommandFailure` for an ensemble.
    func one(for what: String) throws(CommandFailure) -> SavedModel {
        guard let single else {
            throw .usage("\(name) is an ensemble of \(members.count) networks; \(what)")
        }
        return single
    }
}

extension EnsembleNetwork {
    /// The evaluation of the test images.
    func evaluateTest(_ dataset: Dataset, isSingle: Bool) -> Evaluation {
        let rows = RowNumbers(0..<dataset.test.count)
        return isSingle
            ? evaluateMembers(dataset.test, rows: rows, source: .test)[0]
            : evaluate(dataset.test, rows: rows, source: .test)
    }
}

extension CommandFailure {
    /// What is wrong with one network is said without its name.
    init(_ error: EnsembleError, of ensemble: SavedEnsemble) {
        switch error {
        case .data(_, let error) where ensemble.single != nil: self.init(error)
        case .tooLarge: self = .running(error.description)
        default: self = .usage(error.description)
        }
    }
}
