import Datasets
import Kernels
import Networks
import Specs
import Training

extension RunStore {
    /// The saved network of a digest, to learn from.
    ///
    /// - Parameter dataset: the one that is learnt; its training images scale the inputs of a network with `scale=standard`
    ///   whose own scaling was not recorded.
    /// - Throws: `TrainingError.noTeacher`.
    func teacher(of digest: WeightDigest, _ dataset: Dataset) throws(TrainingError) -> Ensemble {
        let found: (run: RunSummary, weights: [Tensor])?
        do throws(StoreError) { found = try owner(of: digest) } catch {
            throw .noTeacher(digest, reason: error.description)
        }
        guard let found else { throw noTeacher(digest) }
        let spec: ExperimentSpec
        do throws(SpecError) { spec = try found.run.spec() } catch {
            throw .noTeacher(digest, reason: "the spec of run \(found.run.id) can't be read: \(error)")
        }
        let member = Ensemble.Member(
            name: "run \(found.run.id)", spec: spec, tensors: found.weights,
            transform: try found.run.inputTransform(spec, dataset))
        do throws(EnsembleError) { return try Ensemble([member]) } catch {
            throw .noTeacher(digest, reason: error.description)
        }
    }
}

extension RunStore {
    /// What a teacher is called: `run 12`.
    ///
    /// - Throws: `TrainingError.noTeacher` where nothing here has the weights of the digest.
    package func teacherName(of digest: WeightDigest) throws(TrainingError) -> String {
        let owner: (run: RunSummary, weights: [Tensor])?
        do throws(StoreError) { owner = try self.owner(of: digest) } catch {
            throw .noTeacher(digest, reason: error.description)
        }
        guard let owner else { throw noTeacher(digest) }
        return "run \(owner.run.id)"
    }

    private func noTeacher(_ digest: WeightDigest) -> TrainingError {
        .noTeacher(
            digest,
            reason:
                "no run in \(path) has these weights; `trainspotter import` and `trainspotter runs import` bring weights "
                + "in")
    }
}

extension RunSummary {
    /// The map from pixel bytes to the inputs of its network.
    ///
    /// - Parameter dataset: whose training rows give mean and deviation where the run's own were not recorded.
    /// - Throws: `TrainingError` where the data set can't be divided as the spec says.
    func inputTransform(_ spec: ExperimentSpec, _ dataset: Dataset) throws(TrainingError) -> InputTransform {
        guard spec.training.scale == .standard else {
            return InputTransform(spec.training.scale, images: dataset.train, rows: RowNumbers(0..<0))
        }
        if let pixels { return pixels.transform }
        return InputTransform(
            .standard, images: dataset.formed(spec.training).train, rows: try Trainer.split(spec, dataset).training)
    }
}
