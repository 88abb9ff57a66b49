import Networks
import Specs

/// Gives the saved weights of a digest, on the run's thread. The network is the one that they should be of.
package typealias WeightFinder = @Sendable (WeightDigest, NetworkSpec) throws(TrainingError) -> [Tensor]

/// The weights that a run's line names, instead of those that the initializer draws.
enum StartWeights {
    /// Those that a spec begins with; nil where it names none.
    ///
    /// - Throws: `TrainingError` where they are not found, or are of other layers.
    static func of(_ spec: ExperimentSpec, _ find: WeightFinder?) throws(TrainingError) -> [Tensor]? {
        guard let digest = spec.training.from else { return nil }
        guard let find else { throw .noWeights(digest, reason: "no runs are saved here") }
        let weights = try find(digest, spec.network)
        try Trainer.check(weights, of: digest, for: spec.network)
        return weights
    }
}

extension Trainer {
    /// Throws where weights that a line names are not those of its layers.
    package static func check(
        _ weights: [Tensor], of digest: WeightDigest, for network: NetworkSpec
    ) throws(TrainingError) {
        do throws(TensorError) { _ = try network.ordered(weights) } catch {
            throw .otherLayers(digest, layers: network.widths, found: widths(weights), error)
        }
    }

    /// The widths of a network, by its kernels.
    private static func widths(_ weights: [Tensor]) -> [Int] {
        let kernels = weights.compactMap { KernelShape($0.shape) }
        return (kernels.first.map { [$0.inputs] } ?? []) + kernels.map(\.units)
    }

    /// Gives a network that has made no step its first weights, moving statistics among them.
    ///
    /// - Parameter weights: checked to be the network's.
    func begin(with weights: [Tensor]) {
        precondition(epoch == 0 && batch == 0, "a run begins with them")
        do { try network.load(weights) } catch { preconditionFailure("the weights were checked: \(error)") }
    }
}
