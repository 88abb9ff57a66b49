import Datasets
import Networks
import Runs
import Specs
import Training

extension StoreOptions {
    /// What a spec names by digests: the weights of `from=` and its teacher, which are looked for now. Nil where it names
    /// nothing; the store is opened only for it.
    ///
    /// - Throws: `CommandFailure` where no run has them, or weights to begin with are of other layers.
    func finder(for spec: ExperimentSpec) throws(CommandFailure) -> WeightFinder? {
        guard spec.training.namesWeights else { return nil }
        let runs = try openExisting()
        let finder = runs.weightFinder
        do throws(TrainingError) {
            if let teacher = spec.training.distillation.teacher { _ = try runs.teacherName(of: teacher) }
            guard let digest = spec.training.from else { return finder }
            let found = try Trainer.checked(finder.weights(digest, spec.network), of: digest, for: spec.network)
            return WeightFinder(weights: { _, _ in found }, teacher: finder.teacher)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The option says where weights are; it is refused where a command looks for none.
    func refuseUnused(by specs: [ExperimentSpec], expected: String) throws(CommandFailure) {
        guard store != nil, !specs.contains(where: \.training.namesWeights) else { return }
        throw .usage("--store: expected \(expected)")
    }

    /// The text of a line in which `teacher=` names a run by its number or name, or an ensemble by its name, with the digest
    /// in its place.
    ///
    /// - Throws: `CommandFailure` where there is no such run, or its weights are not saved.
    func namingTeacher(in text: String) throws(CommandFailure) -> String {
        guard let match = text.firstMatch(of: /(?:^|\s)teacher=(\S+)/) else { return text }
        let name = String(match.1)
        guard name.lowercased() != "none", !name.lowercased().hasPrefix("sha256:") else { return text }
        let digest = try digest(ofTeacher: name, option: "teacher=\(name)")
        return text.replacingCharacters(in: match.1.startIndex..<match.1.endIndex, with: digest.description)
    }

    /// The digest of what a run can learn from.
    ///
    /// - Parameters:
    ///   - name: a run's number or name, or an ensemble's name.
    ///   - option: what named it, for errors.
    func digest(ofTeacher name: String, option: String) throws(CommandFailure) -> WeightDigest {
        let runs = try openExisting()
        if let ensemble = try stored({ () throws(StoreError) in try runs.ensemble(named: name) }) {
            return ensemble.digest
        }
        let run = try runs.find(name)
        let newest: NewestWeights?
        do throws(StoreError) { newest = try runs.newestWeights(of: run) } catch { throw CommandFailure(error) }
        guard let newest else { throw .usage("\(option): the weights of run \(run.id) are not saved") }
        return WeightDigest(of: newest.tensors)
    }
}

extension ExperimentSpec {
    /// Refuses a teacher that is not there, or that can't judge the images.
    func checkTeacher(_ dataset: Dataset, _ named: WeightFinder?) throws(CommandFailure) {
        do throws(TrainingError) { try Trainer.checkTeacher(of: self, dataset, named) } catch {
            throw CommandFailure(error)
        }
    }
}
