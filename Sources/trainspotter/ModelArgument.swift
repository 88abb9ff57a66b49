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
            "A folder that `train --export` wrote, a .npz file beside its spec.txt, or a saved run's number or name."),
        completion: Completions.model)
    var model: String

    @Option(help: ArgumentHelp("The spec of weights that have no spec.txt beside them.", valueName: "spec"))
    var spec: String?

    @OptionGroup var store: StoreOptions

    /// A file or a folder of that name is preferred to a run; `./12` means the folder.
    func load() throws(CommandFailure) -> SavedModel {
        try refuseUnreadableFolder(model)
        try refuseOtherFile()
        let saved = FileManager.default.fileExists(atPath: model) ? nil : try savedRun()
        do throws(ModelError) {
            if let (run, store) = saved { return try SavedModel(run, in: store) }
            return try SavedModel(path: model, spec: spec)
        } catch {
            throw .usage(error.description)
        }
    }

    private func refuseOtherFile() throws(CommandFailure) {
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: model, isDirectory: &isFolder)
        guard !isThere || isFolder.boolValue || model.hasSuffix(".npz") else {
            throw .usage("\(model): expected a model's folder or a .npz file")
        }
    }

    /// The run; nil where the text can only be a path.
    private func savedRun() throws(CommandFailure) -> (RunSummary, RunStore)? {
        guard !model.contains("/"), !model.hasSuffix(".npz") else { return nil }
        do throws(StoreError) {
            let store = try RunStore(path: try store.path(makingFolders: false), missing: .refuse)
            return (try store.run(named: model), store)
        } catch {
            switch error {
            case .noRun(_, nil) where Int(model) == nil, .notFound where self.store.store == nil && Int(model) == nil:
                throw .usage(
                    "\(model.shown): no saved run of that name, and no such file or folder; `trainspotter runs` lists "
                        + "the runs")
            default: throw CommandFailure(error)
            }
        }
    }
}

extension SavedModel {
    /// The network, ready to predict the data set's images.
    func trainer(_ dataset: Dataset, threads: Int) throws(CommandFailure) -> Trainer {
        do throws(TrainingError) {
            return try trainer(for: dataset, threads: threads)
        } catch {
            throw CommandFailure(error)
        }
    }
}
