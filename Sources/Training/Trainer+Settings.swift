import Networks
import Specs

extension Trainer {
    /// Changes a setting from the next step on.
    ///
    /// A rate replaces the spec's: with a schedule or a warm-up the whole curve is multiplied by the ratio of the two,
    /// and reductions on a plateau go on from it. Another number of epochs stretches the schedules that span the run,
    /// and starts the patience of early stopping anew. `stop` changes nothing here: the driver carries it out.
    package func apply(_ setting: LiveSetting) {
        switch setting {
        case .learningRate(let rate): baseRate = rate
        case .dropout(let rate, let layer): setDropout(rate, layer: layer)
        case .l1(let lambda): network.l1 = lambda
        case .l2(let lambda): network.l2 = lambda
        case .epochs(let epochs):
            plannedEpochs = epochs
            if stopsEarly { callbacks.waitAnew() }
            stopsEarly = false
        case .stop: break
        }
        network.learningRate = rateOfNextStep
    }

    private func setDropout(_ rate: Double, layer: Int) {
        dropout[layer] = rate
        network.setDropout(rate, layer: layer)
    }

    var rateOfNextStep: Double {
        let training = spec.training
        let run = LearningRateSchedule.Run(stepsPerEpoch: batchesPerEpoch, epochs: plannedEpochs)
        let step = epoch * batchesPerEpoch + batch
        if training.schedule.kind == .constant {
            return training.schedule.rate(step: step, initial: baseRate, run: run)
        }
        let planned = training.schedule.rate(step: step, initial: training.learningRate, run: run)
        return planned * (baseRate / training.learningRate)
    }

    /// All that the run needs to be resumed bit for bit.
    package var state: TrainerState {
        var network = network.state
        // A run does not go on from the weights that its end put in place.
        if let weightsBeforeEnd { network.weights = weightsBeforeEnd }
        return TrainerState(
            network: network, epoch: epoch, batch: batch, running: running, baseRate: baseRate,
            lastRate: lastRate, dropout: dropout, l2: self.network.l2, callbacks: callbacks, stopsEarly: stopsEarly,
            bestWeights: bestWeights, history: history, l1: self.network.l1, epochs: plannedEpochs)
    }

    /// Restores a state of a run of the same spec and data; on an error nothing has changed.
    package func restore(_ state: TrainerState) throws(TrainerStateError) {
        try check(state)
        do throws(NetworkStateError) { try network.restore(state.network) } catch { throw .network(error) }
        epoch = state.epoch
        batch = state.batch
        running = state.running
        baseRate = state.baseRate
        lastRate = state.lastRate
        callbacks = state.callbacks
        stopsEarly = state.stopsEarly
        plannedEpochs = state.epochs ?? spec.training.epochs
        (endWeights, weightsBeforeEnd) = (nil, nil)
        bestWeights = state.bestWeights
        history = state.history
        for (layer, rate) in state.dropout.enumerated() { setDropout(rate, layer: layer) }
        network.l2 = state.l2
        network.l1 = state.l1 ?? spec.training.l1
        network.learningRate = rateOfNextStep
        shuffle()
    }
}
