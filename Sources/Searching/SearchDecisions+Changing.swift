import Runs

/// What a user changes while a search runs.
extension SearchDecisions {
    /// Takes a trial out.
    ///
    /// - Returns: the trial as the store has it from now on; nil where that is said at its end, or it has ended already.
    mutating func drop(_ trial: Int) -> SavedTrial? {
        guard trials.indices.contains(trial), !trials[trial].isFinished, trials[trial].failure == nil,
            !trials[trial].isDropped
        else { return nil }
        trials[trial].isDropped = true
        pending.removeAll { $0.trial == trial }
        repeats?.removeAll { $0 == trial }
        if trials[trial].repeats == nil { halving.goesOn(trial: trial, toRung: halving.rungs.count - 1) }
        guard !running.contains(trial) else { return nil }
        kept.remove(trial)
        return trials[trial].saved(as: .stopped)
    }

    /// Another budget. Where the best were repeated already, others may begin, and the best are chosen anew.
    mutating func change(trials: Int?, seconds: Double?) {
        plan.trials = trials ?? plan.trials
        plan.seconds = seconds ?? plan.seconds
        repeats = nil
    }
}
