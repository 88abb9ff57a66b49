import Neural

extension Trainer {
    /// Sets the learning rate from the next step on.
    ///
    /// The rate stands for the spec's: with a schedule or a warm-up the whole curve is multiplied by its share of the
    /// spec's rate from then on. Reductions on a plateau go on from it.
    public func setLearningRate(_ rate: Double) {
        baseRate = rate
        network.learningRate = rateOfNextStep
    }

    /// Sets the dropout rate behind a hidden layer, counted from 0, from the next step on.
    public func setDropout(_ rate: Double, layer: Int) {
        dropout[layer] = rate
        network.setDropout(rate, layer: layer)
    }

    /// Sets the factor of the L2 penalty from the next step on.
    public func setL2(_ lambda: Double) { network.l2 = lambda }

    /// Sets the factor of the L1 penalty from the next step on.
    public func setL1(_ lambda: Double) { network.l1 = lambda }

    var rateOfNextStep: Double {
        let training = spec.training
        let run = LearningRateSchedule.Run(stepsPerEpoch: batchesPerEpoch, epochs: training.epochs)
        let step = epoch * batchesPerEpoch + batch
        if training.schedule.kind == .constant {
            return training.schedule.rate(step: step, initial: baseRate, run: run)
        }
        let planned = training.schedule.rate(step: step, initial: training.learningRate, run: run)
        return planned * (baseRate / training.learningRate)
    }

    /// Everything that the run needs to go on bit for bit.
    public var state: TrainerState {
        TrainerState(
            network: network.state, epoch: epoch, batch: batch, running: running, baseRate: baseRate,
            lastRate: lastRate, dropout: dropout, l2: network.l2, callbacks: callbacks, stopsEarly: stopsEarly,
            bestWeights: bestWeights, history: history, l1: network.l1)
    }

    /// Goes to a state of a run of the same spec and data; on an error nothing has changed.
    public func restore(_ state: TrainerState) throws(TrainerStateError) {
        try check(state)
        do throws(NetworkStateError) { try network.restore(state.network) } catch { throw .network(error) }
        epoch = state.epoch
        batch = state.batch
        running = state.running
        baseRate = state.baseRate
        lastRate = state.lastRate
        callbacks = state.callbacks
        stopsEarly = state.stopsEarly
        bestWeights = state.bestWeights
        history = state.history
        for (layer, rate) in state.dropout.enumerated() { setDropout(rate, layer: layer) }
        setL2(state.l2)
        setL1(state.l1 ?? spec.training.l1)
        network.learningRate = rateOfNextStep
        shuffle()
    }
}
