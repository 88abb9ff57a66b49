import Datasets
import Networks
import Specs

/// Gives what a line names by digests, on the run's thread.
package struct WeightFinder: Sendable {
    /// The saved weights that a run begins with. The network is the one that they should be of.
    package let weights: @Sendable (WeightDigest, NetworkSpec) throws(TrainingError) -> [Tensor]
    /// The saved run or ensemble that a run learns from, for the images of a data set.
    package let teacher: @Sendable (WeightDigest, Dataset) throws(TrainingError) -> Ensemble

    package init(
        weights: @escaping @Sendable (WeightDigest, NetworkSpec) throws(TrainingError) -> [Tensor],
        teacher: @escaping @Sendable (WeightDigest, Dataset) throws(TrainingError) -> Ensemble
    ) {
        (self.weights, self.teacher) = (weights, teacher)
    }
}

/// The weights that a run's line names, instead of those that the initializer draws.
enum StartWeights {
    /// Those that a spec begins with; nil where it names none.
    ///
    /// - Throws: `TrainingError` where they are not found, or are of other layers.
    static func of(_ spec: ExperimentSpec, _ find: WeightFinder?) throws(TrainingError) -> [Tensor]? {
        guard let digest = spec.training.from else { return nil }
        guard let find else { throw .noWeights(digest, reason: "no runs are saved here") }
        return try Trainer.checked(try find.weights(digest, spec.network), of: digest, for: spec.network)
    }
}

extension Trainer {
    /// The weights that a line names, where they are those of its layers.
    ///
    /// - Throws: `TrainingError.otherLayers` where they are not.
    package static func checked(
        _ weights: [Tensor], of digest: WeightDigest, for network: NetworkSpec
    ) throws(TrainingError) -> [Tensor] {
        do throws(TensorError) { _ = try network.ordered(weights) } catch {
            throw .otherLayers(digest, layers: network.widths, found: widths(weights), error)
        }
        return weights
    }

    /// The widths of a network, by its kernels.
    private static func widths(_ weights: [Tensor]) -> [Int] {
        let kernels = weights.compactMap { KernelShape($0.shape) }
        return (kernels.first.map { [$0.inputs] } ?? []) + kernels.map(\.units)
    }

    /// Gives a network that has made no step the first weights and the teacher that its spec names, if it names any.
    ///
    /// - Parameter find: gives them; nil where nothing is saved.
    /// - Throws: `TrainingError` where they are not found, or do not fit.
    package func begin(with find: WeightFinder?) throws(TrainingError) {
        try learn(from: find)
        if let weights = try StartWeights.of(spec, find) { begin(with: weights) }
    }

    /// Gives a network that has made no step its first weights, moving statistics among them.
    ///
    /// - Parameter weights: checked to be the network's.
    package func begin(with weights: [Tensor]) {
        precondition(epoch == 0 && batch == 0, "a run begins with them")
        do { try network.load(weights) } catch { preconditionFailure("the weights were checked: \(error)") }
    }
}
