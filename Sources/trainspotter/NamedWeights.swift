import Networks
import Runs
import Specs
import Training

extension StoreOptions {
    /// The saved weights that a spec names by `from=`; nil where it names none. The store is opened only for them.
    ///
    /// - Throws: `CommandFailure` where no run has such weights, or they are of other layers.
    func weights(namedBy spec: ExperimentSpec) throws(CommandFailure) -> [Tensor]? {
        guard let digest = spec.training.from else { return nil }
        let runs = try openExisting()
        do throws(TrainingError) {
            return try Trainer.checked(try runs.weightFinder(digest, spec.network), of: digest, for: spec.network)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The option says where weights are; it is refused where a command looks for none.
    func refuseUnused(by specs: [ExperimentSpec], expected: String) throws(CommandFailure) {
        guard store != nil, specs.allSatisfy({ $0.training.from == nil }) else { return }
        throw .usage("--store: expected \(expected)")
    }
}
