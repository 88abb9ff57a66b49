/// What keys ask of the run, whatever screen is shown.
package enum RunCommand: Equatable, Sendable {
    case playPause, stepBatch, stepEpoch, restart, restartWithNewSeed
    case rateDown, rateUp
    case toggleAutoRun

    /// Whether it may start a run, for which the data set has to be there.
    var startsTraining: Bool {
        switch self {
        case .playPause, .stepBatch, .stepEpoch, .restart, .restartWithNewSeed: true
        case .rateDown, .rateUp, .toggleAutoRun: false
        }
    }
}
