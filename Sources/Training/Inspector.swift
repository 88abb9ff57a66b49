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
        next = now()
    }

    /// Sets what is watched; nil ends it.
    package func receive(_ watch: Watch?) {
        if watch?.image != self.watch?.image || watch?.neighbours != self.watch?.neighbours { neighbours = nil }
        self.watch = watch
        isAnswered = false
    }

    /// To be called before a training step.
    package func stepBegins() {
        guard let watch, watch.layers, !isAnswered || now() >= next else { return }
        before = trainer.network.parametersCopy
    }

    /// To be called after the weights have changed.
    package func stepEnded() {
        guard watch != nil else { return }
        weightsChanged = true
        guard let before else { return }
        self.before = nil
        let norms = trainer.network.kernelNorms
        updateRatios = zip(trainer.network.updateNorms(since: before), norms).map { $1 > 0 ? $0 / $1 : 0 }
    }

    /// Inspects the network if it is time to; nil if not.
    ///
    /// - Parameter isTraining: whether more batches follow without a pause.
    package func answer(isTraining: Bool) -> Inspection? {
        guard let watch else { return nil }
        guard !isAnswered || (weightsChanged && (!isTraining || now() >= next)) else { return nil }
        let start = now()
        let inspection = inspect(watch, isTraining: isTraining)
        guard !isCancelled() else { return nil }
        let interval = watch.layers ? Inspector.interval : Inspector.imageInterval
        next = now() + max(interval, start.duration(to: now()) * Inspector.leastShare)
        isAnswered = true
        weightsChanged = false
        return inspection
    }

    private func inspect(_ watch: Watch, isTraining: Bool) -> Inspection {
        var result = Inspection(watch: watch, epoch: trainer.epoch, batch: trainer.batch)
        let network = trainer.network
        let units = trainer.spec.network.firstLayer.output.count
        result.weights = watch.units.clamped(to: 0..<units).map(network.firstLayerWeights)
        if watch.layers { result.layers = trainer.layerFigures(updateRatios) }
        guard let image = watch.image, image.count == trainer.spec.network.inputs else { return result }
        (result.probabilities, result.outputs) = trainer.look(at: image)
        if watch.neighbours > 0 {
            // All training rows take too long to search again and again while the run trains.
            if neighbours == nil || !isTraining {
                neighbours = trainer.nearest(to: image, count: watch.neighbours, isCancelled: isCancelled)
            }
            result.neighbours = neighbours ?? []
        }
        return result
    }
}
