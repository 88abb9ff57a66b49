import Datasets
import Kernels
import Networks
import Specs

/// The saved networks that a run learns from. What they say of a batch is computed anew for each one, from the images as the
/// run sees them.
final class Teacher {
    private let network: EnsembleNetwork
    private let temperature: Float
    private let hard: Float
    private let probabilities: AlignedBuffer<Float>

    /// Rows that one worker computes at once: a fourth of a usual batch, so that several workers share one.
    private static let chunk = 32

    /// - Parameters:
    ///   - student: whose workers it uses.
    ///   - dataset: of the run, in its form.
    /// - Throws: `TrainingError.noTeacher` where it can't judge the run's images.
    init(
        _ ensemble: Ensemble, _ digest: WeightDigest, of student: Network, _ dataset: Dataset
    ) throws(TrainingError) {
        let training = student.spec.training
        try Self.check(ensemble, digest, for: student.spec, dataset)
        do throws(EnsembleError) {
            network = try EnsembleNetwork(
                ensemble, shape: dataset.train.shape, threads: student.threads, sharing: student.workers,
                given: InkForm(training))
        } catch {
            throw .noTeacher(digest, reason: error.description)
        }
        temperature = Float(training.distillation.temperature)
        hard = Float(training.distillation.hard)
        probabilities = AlignedBuffer(count: training.batch * ensemble.classes)
    }

    /// - Throws: `TrainingError.noTeacher` where it can't judge the images of a run.
    static func check(
        _ ensemble: Ensemble, _ digest: WeightDigest, for spec: ExperimentSpec, _ dataset: Dataset
    ) throws(TrainingError) {
        let form = InkForm(spec.training)
        guard ensemble.inputs == dataset.train.imageBytes, ensemble.classes == dataset.classes else {
            throw .noTeacher(
                digest,
                reason: "it takes \(ensemble.inputs) inputs and has \(ensemble.classes) classes; \(dataset.name) has "
                    + "\(dataset.train.imageBytes) pixels and \(dataset.classes) classes")
        }
        guard let form else { return }
        if let other = ensemble.members.first(where: { !(InkForm($0.spec.training)?.includes(form) ?? false) }) {
            throw .noTeacher(
                digest,
                reason:
                    "\(other.name) was trained on images in another form; expected no deslant or width for this run that "
                    + "the teacher has not")
        }
    }

    /// What the networks say of a batch, at the temperature. It lies here until the next call.
    func targets(of batch: ImageBatch) -> SoftTargets {
        network.predict(batch, probabilities: probabilities.pointer, chunk: Self.chunk)
        Softmax.soften(
            probabilities.pointer, rows: batch.count, classes: network.ensemble.classes, temperature: temperature)
        return SoftTargets(probabilities: probabilities.pointer, temperature: temperature, hard: hard)
    }
}

extension Trainer {
    /// Has the run learn from the teacher that its spec names, beside the labels.
    ///
    /// - Parameter find: gives it; nil where nothing is saved.
    /// - Throws: `TrainingError.noTeacher`.
    func learn(from find: WeightFinder?) throws(TrainingError) {
        guard let digest = spec.training.distillation.teacher else { return }
        guard let find else { throw .noTeacher(digest, reason: "no runs are saved here") }
        teacher = try Teacher(try find.teacher(digest, dataset), digest, of: network, dataset)
    }

    /// Throws `TrainingError.noTeacher` where a run can't learn from the teacher that its spec names.
    package static func checkTeacher(
        of spec: ExperimentSpec, _ dataset: Dataset, _ find: WeightFinder?
    ) throws(TrainingError) {
        guard let digest = spec.training.distillation.teacher else { return }
        guard let find else { throw .noTeacher(digest, reason: "no runs are saved here") }
        try Teacher.check(try find.teacher(digest, dataset), digest, for: spec, dataset)
    }
}
