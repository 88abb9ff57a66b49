import Datasets
import Kernels
import Networks
import Specs
import Training

extension RunStore {
    /// The saved network of a digest, or the ensemble, to learn from.
    ///
    /// - Parameter dataset: the one that is learnt; its training images scale the inputs of a network with `scale=standard`
    ///   whose own scaling was not recorded.
    /// - Throws: `TrainingError.noTeacher`.
    func teacher(of digest: WeightDigest, _ dataset: Dataset) throws(TrainingError) -> Ensemble {
        var found: [(run: RunSummary, weights: [Tensor], share: Double)] = []
        let ensemble: StoredEnsemble?
        do throws(StoreError) {
            ensemble = try self.ensemble(of: digest)
            if let ensemble {
                for number in ensemble.members.indices {
                    let (run, weights) = try member(number, of: ensemble)
                    found.append((run, weights, ensemble.members[number].weight))
                }
            } else if let owner = try owner(of: digest) {
                found = [(owner.run, owner.weights, 1)]
            }
        } catch {
            throw .noTeacher(digest, reason: error.description)
        }
        guard !found.isEmpty else { throw noTeacher(digest) }
        var members: [Ensemble.Member] = []
        for (run, weights, share) in found {
            let spec: ExperimentSpec
            do throws(SpecError) { spec = try run.spec() } catch {
                throw .noTeacher(digest, reason: "the spec of run \(run.id) can't be read: \(error)")
            }
            members.append(
                Ensemble.Member(
                    name: "run \(run.id)", spec: spec, tensors: weights,
                    transform: try run.inputTransform(spec, dataset), weight: share))
        }
        do throws(EnsembleError) { return try Ensemble(members, mean: ensemble?.mean ?? .arithmetic) } catch {
            throw .noTeacher(digest, reason: error.description)
        }
    }
}

extension RunStore {
    /// What a teacher is called: `run 12`, `the ensemble committee`.
    ///
    /// - Throws: `TrainingError.noTeacher` where nothing here has the weights of the digest.
    package func teacherName(of digest: WeightDigest) throws(TrainingError) -> String {
        let owner: (run: RunSummary, weights: [Tensor])?
        do throws(StoreError) {
            if let ensemble = try ensemble(of: digest) { return "the ensemble \(ensemble.name)" }
            owner = try self.owner(of: digest)
        } catch {
            throw .noTeacher(digest, reason: error.description)
        }
        guard let owner else { throw noTeacher(digest) }
        return "run \(owner.run.id)"
    }

    private func noTeacher(_ digest: WeightDigest) -> TrainingError {
        .noTeacher(
            digest,
            reason:
                "no run or ensemble in \(path) has these weights; `trainspotter import` and `trainspotter runs import` bring weights "
                + "in")
    }
}

extension RunSummary {
    /// The map from pixel bytes to the inputs of its network.
    ///
    /// - Parameter dataset: whose training rows give mean and deviation where the run's own were not recorded.
    /// - Throws: `TrainingError` where the data set can't be divided as the spec says.
    package func inputTransform(_ spec: ExperimentSpec, _ dataset: Dataset) throws(TrainingError) -> InputTransform {
        guard spec.training.scale == .standard else {
            return InputTransform(spec.training.scale, images: dataset.train, rows: RowNumbers(0..<0))
        }
        if let pixels { return pixels.transform }
        return InputTransform(
            .standard, images: dataset.formed(spec.training).train, rows: try Trainer.split(spec, dataset).training)
    }
}
