import Specs

/// The changes of a run's line that are still to be made, in order.
struct RunChanges {
    private let changes: [LiveChange]
    /// Those that were made already.
    private(set) var made: Int

    /// - Throws: `TrainingError.place` for a place that no epoch has.
    init(_ start: RunStart, batchesPerEpoch: Int) throws(TrainingError) {
        for change in start.changes where change.place.batch > batchesPerEpoch {
            throw .place(change.place, batchesPerEpoch: batchesPerEpoch)
        }
        changes = start.changes
        made = min(start.state?.madeChanges ?? 0, start.changes.count)
    }

    /// The next change, if the run has come to its place.
    mutating func next(at place: RunPlace) -> LiveSetting? {
        guard made < changes.count, changes[made].place <= place else { return nil }
        made += 1
        return changes[made - 1].setting
    }

    /// The trainer's state, with the number of changes that were made before it.
    func state(of trainer: Trainer) -> TrainerState {
        var state = trainer.state
        if !changes.isEmpty { state.madeChanges = made }
        return state
    }
}
