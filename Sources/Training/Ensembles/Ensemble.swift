import Datasets
import Kernels
import Networks
import Specs

/// Several trained networks whose probabilities are averaged. Each sees the images in its own form and scaling.
package struct Ensemble: Sendable {
    /// One of the networks.
    package struct Member: Sendable {
        /// What it is called in errors: a run's name or a path.
        package let name: String
        /// Its layers and settings.
        package let spec: ExperimentSpec
        /// Its weights.
        package let tensors: [Tensor]
        /// From pixel bytes to its inputs.
        package let transform: InputTransform
        /// How much it counts, from 0; the weights of an ensemble may have any sum.
        package let weight: Double

        package init(
            name: String, spec: ExperimentSpec, tensors: [Tensor], transform: InputTransform, weight: Double = 1
        ) {
            (self.name, self.spec, self.tensors) = (name, spec, tensors)
            (self.transform, self.weight) = (transform, weight)
        }
    }

    /// At least one; all have the same inputs and classes, and weights that fit their specs.
    package let members: [Member]
    /// How their probabilities become one.
    package let mean: EnsembleMean
    /// How much each member counts, with a sum of 1.
    package let weights: [Double]

    /// Bytes of an image.
    package var inputs: Int { members[0].spec.network.inputs }
    /// Number of classes.
    package var classes: Int { members[0].spec.network.classes }

    /// - Throws: `EnsembleError` for the first fault.
    package init(_ members: [Member], mean: EnsembleMean = .arithmetic) throws(EnsembleError) {
        try Self.check(members.map { ($0.name, $0.spec, $0.tensors) })
        weights = try Self.shares(of: members.map(\.weight))
        (self.members, self.mean) = (members, mean)
    }

    /// Throws `EnsembleError` for the first of some networks that can't be averaged with those before it.
    package static func check(_ members: [(name: String, spec: ExperimentSpec, tensors: [Tensor])])
        throws(EnsembleError)
    {
        guard let first = members.first else { throw .empty }
        let wanted = first.spec.network
        for member in members {
            let network = member.spec.network
            guard network.inputs == wanted.inputs else {
                throw .inputs(first.name, wanted.inputs, member.name, network.inputs)
            }
            guard network.classes == wanted.classes else {
                throw .classes(first.name, wanted.classes, member.name, network.classes)
            }
            do throws(TensorError) { _ = try network.ordered(member.tensors) } catch {
                throw .tensor(member.name, error)
            }
        }
    }

    /// Weights of any sum, each divided by the sum.
    ///
    /// - Throws: `EnsembleError.weight` where one is negative or no number, `noWeight` where all are 0.
    package static func shares(of weights: [Double]) throws(EnsembleError) -> [Double] {
        // Divided by the greatest one first, so that the sum is a number.
        let greatest = weights.max() ?? 0
        if let bad = weights.first(where: { !$0.isFinite || $0 < 0 }) { throw .weight(bad) }
        guard greatest > 0 else { throw .noWeight }
        let parts = weights.map { $0 / greatest }
        let sum = parts.reduce(0, +)
        return parts.map { $0 / sum }
    }

    /// The rows that validate, which must be the same for all members: a row that one of them was trained on says nothing
    /// of it.
    ///
    /// - Throws: `EnsembleError` where the rows differ, there are none, or a member does not fit the data set.
    package func validationRows(of dataset: Dataset) throws(EnsembleError) -> RowNumbers {
        var rows: RowNumbers?
        for member in members {
            let own: RowNumbers
            do throws(TrainingError) { own = try Trainer.split(member.spec, dataset).validation } catch {
                throw .data(member.name, error)
            }
            guard !own.isEmpty else { throw .noValidation(member.name) }
            guard rows == nil || own == rows else { throw .otherValidation(members[0].name, member.name) }
            rows = own
        }
        return rows ?? RowNumbers(0..<0)
    }
}
