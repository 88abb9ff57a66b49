import Datasets
import Specs

/// Where a run stands. Only the newest one is there to be read.
package struct TrainingSnapshot: Sendable, Equatable {
    /// What the run is doing.
    package var state: RunState
    /// Finished epochs.
    package var epoch: Int
    /// Finished batches of the epoch under way.
    package var batch: Int
    /// Batches of an epoch; the last one may have fewer rows.
    package var batchesPerEpoch: Int
    /// Running mean of the epoch under way, with regularization; NaN before its first batch.
    package var loss: Double
    /// Share of right predictions of the epoch under way, 0 ... 1; NaN before its first batch.
    package var accuracy: Double
    /// Training rows a second over the last moments of training; 0 before the first.
    package var samplesPerSecond: Double
    /// The rate of the last step, or of the next one after a change.
    package var learningRate: Double
    /// Every batch so far.
    package var history: BatchHistory

    package init(
        state: RunState, epoch: Int, batch: Int, batchesPerEpoch: Int, loss: Double, accuracy: Double,
        samplesPerSecond: Double, learningRate: Double, history: BatchHistory
    ) {
        self.state = state
        self.epoch = epoch
        self.batch = batch
        self.batchesPerEpoch = batchesPerEpoch
        self.loss = loss
        self.accuracy = accuracy
        self.samplesPerSecond = samplesPerSecond
        self.learningRate = learningRate
        self.history = history
    }

    /// Finished epochs and batches as one value.
    package var place: RunPlace { RunPlace(epoch: epoch, batch: batch) }

    /// Epochs done, with the share of the one under way: the x axis of curves.
    package var position: Double { inEpochs(epoch: epoch, batch: batch, batchesPerEpoch: batchesPerEpoch) }
}

/// Epochs done, with the share of the one under way.
func inEpochs(epoch: Int, batch: Int, batchesPerEpoch: Int) -> Double {
    Double(epoch) + Double(batch) / Double(max(1, batchesPerEpoch))
}

/// What happened in a run, in order; none is ever dropped.
package enum TrainingEvent: Sendable, Equatable {
    /// The network exists; with its untrained evaluation of the validation rows.
    case started(RunFacts, untrained: Evaluation?)
    case epochFinished(EpochReport)
    /// A setting was changed while the run went on, by the user or by the run's own line.
    case changed(LiveChange)
    /// The run has diverged, though its loss is still a number. Sent once.
    case diverges(Divergence.Finding, at: RunPlace)
    /// An epoch, from 1, with the best value so far of the monitored figure.
    case bestEpoch(Int, value: Double)
    /// The rate was reduced on a plateau, from this position (in epochs) on.
    case rateReduced(from: Double, to: Double, position: Double)
    /// Early stopping ended the run after an epoch; `best` is the best one. `finished` follows.
    case stoppedEarly(epoch: Int, best: Int)
    /// The run's end replaced the last step's weights; with the evaluation of the validation rows for the new ones.
    case weightsReplaced(FinalWeights, validation: Evaluation?)
    case paused(position: Double)
    /// The test set was evaluated: the run ended, or the user asked for it.
    case testEvaluated(Evaluation)
    /// All epochs are done, or early stopping ended the run.
    case finished
    case stopped
    case failed(TrainingError)
}

/// What is fixed once a run has started.
package struct RunFacts: Sendable, Equatable {
    /// Trained weights: all kernels, biases, scales and offsets.
    package var parameters: Int
    /// Rows that are trained on.
    package var trainingRows: Int
    /// Rows that validate; 0 without a validation set.
    package var validationRows: Int
    /// Rows of the test set.
    package var testRows: Int
    /// Batches of an epoch; the last one may have fewer rows.
    package var batchesPerEpoch: Int
    /// Mean and deviation of the pixels that are trained on; nil but where the inputs are scaled by them.
    package var pixels: PixelStatistics?

    package init(
        parameters: Int, trainingRows: Int, validationRows: Int, testRows: Int, batchesPerEpoch: Int,
        pixels: PixelStatistics? = nil
    ) {
        self.pixels = pixels
        self.parameters = parameters
        self.trainingRows = trainingRows
        self.validationRows = validationRows
        self.testRows = testRows
        self.batchesPerEpoch = batchesPerEpoch
    }

    /// The facts of a run that has not started yet.
    ///
    /// - Throws: `TrainingError` where the network doesn't suit the data set.
    package init(_ spec: ExperimentSpec, _ dataset: Dataset) throws(TrainingError) {
        let split = try Trainer.split(spec, dataset)
        self.init(
            spec, dataset, split,
            spec.training.scale == .standard
                ? PixelStatistics(
                    spec.training.scale, images: dataset.formed(spec.training).train, rows: split.training) : nil)
    }

    init(_ spec: ExperimentSpec, _ dataset: Dataset, _ split: Split, _ pixels: PixelStatistics?) {
        let batch = spec.training.batch
        self.init(
            parameters: spec.network.parameterCount, trainingRows: split.training.count,
            validationRows: split.validation.count, testRows: dataset.test.count,
            batchesPerEpoch: (split.training.count + batch - 1) / batch, pixels: pixels)
    }

    /// A place of the run in epochs: finished epochs, and the share of the next one.
    package func position(epoch: Int, batch: Int) -> Double {
        inEpochs(epoch: epoch, batch: batch, batchesPerEpoch: batchesPerEpoch)
    }
}
