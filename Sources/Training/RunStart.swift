import Specs

/// Where a run begins, and what records it.
package struct RunStart: Sendable {
    /// The state to resume from; nil begins anew.
    package var state: TrainerState?
    /// All live changes of the run's line, in order.
    package var changes: [LiveChange]
    /// Settings that change where it resumes.
    package var settings: [LiveSetting]
    /// Nil where nothing is recorded.
    package var recorder: (any RunRecording)?
    /// Validation loss of the best weights that are recorded already.
    package var leastLoss: Double?
    /// Gives the weights and the teacher that the spec names; nil where none are saved.
    package var weights: WeightFinder?
    /// Whether the weights that it ends with are tested; a trial of a search never sees the test set.
    package var measuresTest = true

    package init(
        state: TrainerState? = nil, changes: [LiveChange] = [], settings: [LiveSetting] = [],
        recorder: (any RunRecording)? = nil, leastLoss: Double? = nil,
        weights: WeightFinder? = nil
    ) {
        self.state = state
        self.changes = changes
        self.settings = settings
        self.recorder = recorder
        self.leastLoss = leastLoss
        self.weights = weights
    }
}
