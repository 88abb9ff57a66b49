import Specs

extension Trainer {
    /// Epochs done, with the share of the one under way.
    package var position: Double { inEpochs(epoch: epoch, batch: batch, batchesPerEpoch: batchesPerEpoch) }

    /// Sizes that are known before the first batch.
    package var facts: RunFacts { RunFacts(spec, dataset, split, pixelStatistics) }

    func event(_ event: CallbackEvent) -> TrainingEvent {
        switch event {
        case .best(let epoch, let value): .bestEpoch(epoch, value: value)
        case .rateReduced(let old, let new): .rateReduced(from: old, to: new, position: position)
        case .stopsEarly(let best): .stoppedEarly(epoch: epoch, best: best)
        }
    }

    func snapshot(_ state: RunState, _ pace: Pace) -> TrainingSnapshot {
        TrainingSnapshot(
            state: state, epoch: epoch, batch: batch, batchesPerEpoch: batchesPerEpoch, loss: runningMeans.loss,
            accuracy: runningMeans.accuracy, samplesPerSecond: pace.samplesPerSecond,
            learningRate: network.learningRate, history: history)
    }
}
