import Specs

/// What the callbacks of a run did after an epoch.
package enum CallbackEvent: Equatable, Sendable {
    /// The epoch, from 1, has the best value so far of the figure watched.
    case best(epoch: Int, value: Double)
    /// The learning rate is reduced from the next step on.
    case rateReduced(from: Double, to: Double)
    /// No better epoch came for as long as the patience lasts: the run ends.
    case stopsEarly(best: Int)
}

/// Early stopping and the reduction of the learning rate, in this order, with what they remember.
package struct RunCallbacks: Codable, Equatable, Sendable {
    package var stopping = EarlyStoppingTracker()
    package var plateau = PlateauTracker()

    package init() {}

    /// Lets early stopping count its patience from here: the user gave the run more epochs.
    mutating func waitAnew() { stopping.wait = 0 }

    /// Takes note of a finished epoch.
    ///
    /// - Parameter rate: the learning rate that a reduction starts from.
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
