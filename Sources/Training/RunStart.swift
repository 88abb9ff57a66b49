import Specs

/// How a run begins, and who keeps it.
package struct RunStart: Sendable {
    /// Where it is taken up; nil begins anew.
    package var state: TrainerState?
    /// What its line says is changed while it trains, all of it, in order.
    package var changes: [LiveChange]
    /// Settings to be made where it is taken up.
    package var settings: [LiveSetting]
    /// nil: nothing of it is kept.
    package var recorder: (any RunRecording)?
    /// Validation loss of the best weights that the recorder has.
    package var leastLoss: Double?

    package init(
        state: TrainerState? = nil, changes: [LiveChange] = [], settings: [LiveSetting] = [],
        recorder: (any RunRecording)? = nil, leastLoss: Double? = nil
    ) {
        self.state = state
        self.changes = changes
        self.settings = settings
        self.recorder = recorder
        self.leastLoss = leastLoss
    }
}
