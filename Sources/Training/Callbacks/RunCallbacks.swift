import Specs

/// What the callbacks of a run did after an epoch.
package enum CallbackEvent: Equatable, Sendable {
    /// The epoch, from 1, has the best value so far of the figure watched.
    case best(epoch: Int, value: Double)
    /// The learning rate is reduced from the next step on.
    case rateReduced(from: Double, to: Double)
    /// The patience is over without a better epoch: the run ends.
    case stopsEarly(best: Int)
}

/// Early stopping, then the reduction of the learning rate, with the state of both.
package struct RunCallbacks: Codable, Equatable, Sendable {
    /// Decides which epoch is the best, and when early stopping ends the run.
    package var stopping = EarlyStoppingTracker()
    /// Decides when the learning rate is reduced.
    package var plateau = PlateauTracker()

    package init() {}

    /// Starts the patience of early stopping anew, as the user gave the run more epochs.
    mutating func waitAnew() { stopping.wait = 0 }

    /// Updates both after an epoch.
    ///
    /// - Parameter rate: the learning rate that would be reduced.
    /// - Returns: what the callbacks did, in order.
    package mutating func epochFinished(
        _ figures: EpochFigures, rate: Double, training: TrainingConfiguration
    ) -> [CallbackEvent] {
        let settings = training.earlyStopping
        let value = settings.monitor.value(in: figures)
        var events: [CallbackEvent] = []
        if settings.patience != nil || settings.restoresBest {
            let decision = stopping.epochFinished(figures.epoch, value: value, settings: settings)
            if decision.isBest, let value { events.append(.best(epoch: figures.epoch, value: value)) }
            if decision.stops { events.append(.stopsEarly(best: stopping.bestEpoch)) }
        }
        let reduced = plateau.epochFinished(
            value: value, rate: rate, monitor: settings.monitor, settings: training.plateau)
        if let reduced { events.append(.rateReduced(from: rate, to: reduced)) }
        return events
    }
}
