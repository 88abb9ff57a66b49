/// Commands for the run, on every screen.
package enum RunCommand: Equatable, Sendable {
    case playPause, stepBatch, stepEpoch, restart, restartWithNewSeed
    case rateDown, rateUp
    case toggleAutoRun

    /// Whether it can start a run, which needs the data set.
    var startsTraining: Bool {
        switch self {
        case .playPause, .stepBatch, .stepEpoch, .restart, .restartWithNewSeed: true
        case .rateDown, .rateUp, .toggleAutoRun: false
        }
    }
}
