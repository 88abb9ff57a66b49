import Kernels
import Specs

/// Inspects what the user watches, on the run's thread and between batches.
///
/// Without a watch it costs one comparison a batch. A new watch is inspected at once. While the weights change it is
/// inspected again after 0.2 s, or later, so that inspection takes at most a twentieth of the time.
package final class Inspector {
    private let trainer: Trainer
    private var watch: Watch?
    private var isAnswered = false
    private var weightsChanged = false
    private var next: ContinuousClock.Instant
    /// The parameters before the step under way, where the size of the step is to be measured.
    private var before: [Float]?
    private var updateRatios: [Double] = []
    private var neighbours: [Neighbour]?
    /// Weights of earlier epochs, to look back at.
    private var kept: KeptWeights
    private var probing = Probing()
    /// Whether a part of the last answer that takes longer is still to come.
    package private(set) var owesAnswer = false
    /// Time that the answer under way has spent on fits, which have a share of their own.
    private var fitTime = Duration.zero
    private let isCancelled: () -> Bool
    private let now: () -> ContinuousClock.Instant

    private static let interval = Duration.milliseconds(200)
    /// An image alone is inspected more often: the user draws it.
    private static let imageInterval = Duration.milliseconds(60)
    private static let leastShare = 20

    package init(
        _ trainer: Trainer, isCancelled: @escaping () -> Bool = { false },
        now: @escaping () -> ContinuousClock.Instant = { ContinuousClock().now }
    ) {
        self.now = now
        self.trainer = trainer
        self.isCancelled = isCancelled
        kept = KeptWeights(parameters: trainer.spec.network.parameterCount)
        next = now()
    }

    /// Keeps the weights as they are, if the epoch is one whose weights are kept: to be called before the first batch and
    /// after each epoch.
    package func epochEnded() {
        guard trainer.batch == 0 else { return }
        kept.note(epoch: trainer.epoch) { trainer.network.tensors() }
    }

    /// Sets what is watched; nil ends it.
    package func receive(_ watch: Watch?) {
        if watch?.image != self.watch?.image || watch?.neighbours != self.watch?.neighbours { neighbours = nil }
        self.watch = watch
        isAnswered = false
        owesAnswer = false
    }

    /// To be called before a training step.
    package func stepBegins() {
        guard let watch, watch.layers, watch.epoch == nil, !isAnswered || now() >= next else { return }
        before = trainer.network.parametersCopy
    }

    /// To be called after the weights have changed.
    package func stepEnded() {
        probing.weightsChanged()
        guard watch != nil else { return }
        weightsChanged = true
        guard let before else { return }
        self.before = nil
        let norms = trainer.network.kernelNorms
        updateRatios = zip(trainer.network.updateNorms(since: before), norms).map { $1 == 0 ? 0 : $0 / $1 }
    }

    /// Inspects the network if it is time to; nil if not.
    ///
    /// - Parameter isTraining: whether more batches follow without a pause.
    package func answer(isTraining: Bool) -> Inspection? {
        guard let watch else { return nil }
        // Kept weights don't change.
        guard !isAnswered || owesAnswer || (weightsChanged && watch.epoch == nil && (!isTraining || now() >= next))
        else {
            return nil
        }
        let start = now()
        fitTime = .zero
        let inspection = inspect(watch, isTraining: isTraining)
        guard !isCancelled() else { return nil }
        let interval = watch.layers ? Inspector.interval : Inspector.imageInterval
        next = now() + max(interval, (start.duration(to: now()) - fitTime) * Inspector.leastShare)
        isAnswered = true
        weightsChanged = false
        return inspection
    }

    private func inspect(_ watch: Watch, isTraining: Bool) -> Inspection {
        if let epoch = watch.epoch, let copy = kept.copy(at: epoch) {
            let past = try? trainer.network.withWeights(copy.tensors) {
                inspect(watch, at: Probing.Key(place: RunPlace(epoch: epoch), areKept: true), isTraining: isTraining)
            }
            if let past { return past }
        }
        return inspect(watch, at: Probing.Key(place: trainer.place, areKept: false), isTraining: isTraining)
    }

    /// Inspects the weights that the network has now.
    private func inspect(_ watch: Watch, at key: Probing.Key, isTraining: Bool) -> Inspection {
        var result = Inspection(watch: watch, epoch: key.place.epoch, batch: key.place.batch)
        result.keptEpochs = kept.epochs
        if watch.layers { result.layers = trainer.layerFigures(updateRatios) }
        if let units = watch.units {
            result.units = trainer.pictures(units)
            result.sample = trainer.sample
            result.past = past(units)
        }
        if let source = watch.map { result.map = trainer.map(source) }
        guard let image = watch.image, image.count == trainer.spec.network.inputs else { return result }
        (result.probabilities, result.outputs) = trainer.look(at: image)
        if watch.probes {
            // Read-outs of the pixels are fitted to images as the network sees them.
            let seen = trainer.alone(image).pixels
            result.probes = probes(key, seen, result.outputs, isTraining: isTraining)
        }
        if let truth = watch.saliencyOf { result.saliency = trainer.saliency(of: image, truth: truth) }
        if watch.neighbours > 0 {
            // All training rows take too long to search again and again while the run trains.
            if neighbours == nil || !isTraining {
                neighbours = trainer.nearest(to: image, count: watch.neighbours, isCancelled: isCancelled)
            }
            result.neighbours = neighbours ?? []
        }
        return result
    }

    /// What is known of the read-outs at once; where they have to be fitted, the next answer has them.
    private func probes(_ key: Probing.Key, _ image: [UInt8], _ outputs: [[Float]], isTraining: Bool) -> LayerProbes? {
        let isDue = probing.isDue(key, now: isTraining ? now() : nil)
        guard isDue, owesAnswer else {
            owesAnswer = isDue
            return probing.known(key, image, outputs)
        }
        owesAnswer = false
        let start = now()
        defer { fitTime = start.duration(to: now()) }
        return probing.fit(trainer, key, image, outputs, now: now)
    }

    /// The greatest number of earlier epochs that a unit is followed through.
    package static let mostPast = 11

    /// The unit that is followed, at earlier epochs. One of the first layer is its weights alone, which take no pass.
    private func past(_ watch: Watch.Units) -> [PastUnit] {
        guard let unit = watch.followed else { return [] }
        return kept.tour(Inspector.mostPast).compactMap { copy in
            let picture = try? trainer.network.withWeights(copy.tensors) {
                watch.layer == 0
                    ? trainer.weights(ofUnit: unit)
                    : trainer.pictures(Watch.Units(layer: watch.layer, units: [unit])).first
            }
            return picture.map { PastUnit(epoch: copy.epoch, picture: $0) }
        }
    }
}
