import Runs
import Specs

/// Weights that the composed spec can begin with, and the run that has them.
package struct KnownWeights: Equatable, Sendable {
    /// Their name in a line.
    package let digest: WeightDigest
    /// The run's number in the store.
    package let run: Int
    /// The run's layers.
    package let network: NetworkSpec

    /// Why a spec can't begin with them; nil where it can, or names no or other weights.
    func refusal(of spec: ExperimentSpec) -> SpecError? {
        guard spec.training.from == digest, !spec.network.hasSameVariables(as: network) else { return nil }
        return SpecError(
            "from=\(digest)", "the weights of run \(run), of other layers",
            expected: "\(network.hiddenChain), or from=none for new weights")
    }
}

extension NetworkSpec {
    /// Whether all kernels, biases and vectors are as long as another network's.
    fileprivate func hasSameVariables(as other: NetworkSpec) -> Bool {
        layers.map(\.variables) == other.layers.map(\.variables)
    }
}

extension ComposerState {
    /// Whose weights the spec begins with, in words; nil where the run is not known, or there are none.
    var weightsWords: String? {
        weights.flatMap { $0.digest == spec.training.from ? "weights of run \($0.run)" : nil }
    }
}

/// A saved run that the composed network can learn from.
package struct KnownTeacher: Equatable, Sendable {
    /// Its weights' name in a line.
    package let digest: WeightDigest
    /// The run's number in the store.
    package let run: Int
}

extension ComposerState {
    /// Which run the spec learns from, in words; nil where that is not known, or none.
    var teacherWords: String? {
        teacher.flatMap { $0.digest == spec.training.distillation.teacher ? "run \($0.run)" : nil }
    }
}

extension ExperimentSpec {
    /// The spec as it is after an edit: without `from=` where the edit has changed the layers that the saved weights are
    /// of.
    func withoutWeightsOfOtherLayers(editing old: ExperimentSpec) -> ExperimentSpec {
        guard let digest = training.from, digest == old.training.from,
            !network.hasSameVariables(as: old.network)
        else { return self }
        var spec = self
        spec.training.from = nil
        return spec
    }
}

extension Shared {
    /// Composes a saved run's layers and settings, and has the next run begin with that run's weights: what `train --from`
    /// does.
    mutating func begin(with digest: WeightDigest, of saved: SavedRun) -> [Effect] {
        let number = saved.summary.id
        if let refusal = refusalToUseWeights {
            message = .note(refusal)
            return []
        }
        guard var spec = saved.spec else {
            message = .error("run \(number): this program can't read its spec")
            return []
        }
        spec.training.from = digest
        if let refusal = refusal(toStart: spec) {
            refuse(refusal)
            sayHowDataIsOpened(of: saved.summary, after: refusal)
            return []
        }
        composer.weights = KnownWeights(digest: digest, run: number, network: spec.network)
        let effects = edited(to: spec, isLine: true)
        composer.take([])
        let dataset = sessionData.loaded?.dataset.name ?? saved.summary.dataset
        let other =
            dataset == saved.summary.dataset || saved.summary.dataset.isEmpty
            ? "" : ", on \(dataset) rather than \(saved.summary.dataset)"
        message = .note("Lab has run \(number)'s network: \(key(.train)) trains a new run from its weights\(other)")
        return effects
    }

    /// Makes a saved run the teacher of the composed network: what `train --teacher` does.
    mutating func learn(from digest: WeightDigest, of saved: SavedRun) -> [Effect] {
        let number = saved.summary.id
        if let other = saved.spec?.network,
            other.classes != composer.spec.network.classes || other.inputs != composer.spec.network.inputs
        {
            message = .note(
                "run \(number) has \(other.inputs) inputs and \(other.classes) classes: the composed network can't learn from it"
            )
            return []
        }
        var spec = composer.spec
        spec.training.distillation.teacher = digest
        composer.teacher = KnownTeacher(digest: digest, run: number)
        let effects = edited(to: spec)
        message = .note(
            "the network in Lab learns from run \(number), beside the labels: temp and hard say how, \(key(.train)) trains it"
        )
        return effects
    }

    /// Why no run can begin with another one's weights now; nil where one can. A run under way would take what is live of
    /// the other run's settings.
    var refusalToUseWeights: String? {
        guard let run = sessionRun, run.isAlive else { return nil }
        return "run \(run.number) is being trained: \(key(.useWeights)) begins a new one once it has ended"
    }

    /// The network of epoch 0 of the run that is shown, in words.
    var startWords: String { run?.spec.training.startWords ?? TrainingConfiguration().startWords }

    /// Adds to a refusal of a run's spec, which does not fit the loaded data set, how that of the run is opened.
    mutating func sayHowDataIsOpened(of run: RunSummary, after refusal: Refusal) {
        guard case .training = refusal, let name = sessionData.loaded?.dataset.name, name != run.dataset else { return }
        let source = run.dataSource
        guard !source.isEmpty else { return }
        let isPlain = source.allSatisfy { $0.isLetter || $0.isNumber || "-_./:=,".contains($0) }
        let word = isPlain ? source : "'" + source.replacing("'", with: "'\\''") + "'"
        message = .error("\(refusal); `trainspotter --data \(word)` opens its data set")
    }

    /// After an edit of layers.
    mutating func sayWeightsAreGone() {
        message = .warning(
            "other layers than those of the saved weights: the next run begins with new ones; \(key(.undo)) undoes it")
    }
}
