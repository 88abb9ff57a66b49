import ArgumentParser
import Datasets
import Experiments
import Training

/// A trained network that was saved.
struct ModelArgument: ParsableArguments {
    @Argument(help: "A folder that `train --export` wrote, or a .npz file beside its spec.txt.")
    var model: String

    @Option(help: ArgumentHelp("The spec of weights that have no spec.txt beside them.", valueName: "spec"))
    var spec: String?

    func load() throws(CommandFailure) -> SavedModel {
        do throws(ModelError) { return try SavedModel(path: model, spec: spec) } catch {
            throw .usage(error.description)
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
