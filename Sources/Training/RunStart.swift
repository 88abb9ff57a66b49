import Specs

/// How a run begins, and who keeps it.
public struct RunStart: Sendable {
    /// Where it is taken up; nil begins anew.
    public var state: TrainerState?
    /// What its line says is changed while it trains, all of it, in order.
    public var changes: [LiveChange]
    /// Settings to be made where it is taken up.
    public var settings: [LiveSetting]
    /// nil: nothing of it is kept.
    public var keeper: (any RunKeeper)?
    /// Validation loss of the best weights that the keeper has.
    public var leastLoss: Double?

    public init(
        state: TrainerState? = nil, changes: [LiveChange] = [], settings: [LiveSetting] = [],
        keeper: (any RunKeeper)? = nil, leastLoss: Double? = nil
    ) {
        self.state = state
        self.changes = changes
        self.settings = settings
        self.keeper = keeper
        self.leastLoss = leastLoss
    }
}
