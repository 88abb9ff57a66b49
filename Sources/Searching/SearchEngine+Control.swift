/// What a user changes in a search that runs.
extension SearchEngine {
    /// Holds all trials after the batch under way, or lets them go on. The clock of the search stands meanwhile.
    package func pause(_ isPaused: Bool) {
        hold(isPaused)
        recorder.holdClock(isPaused)
    }

    /// Takes a trial out: it stops after the batch under way, and goes on no more. One that has ended stays as it is.
    package func drop(_ trial: Int) {
        guard let saved = decide({ $0.drop(trial) }) else { return }
        recorder.add(saved)
        recorder.giveBack([trial])
    }

    /// Changes the budget: what was begun comes to its end.
    ///
    /// - Parameters:
    ///   - trials: in all; nil leaves them.
    ///   - seconds: in all; nil leaves them.
    package func change(trials: Int?, seconds: Double?) {
        let plan = decide { decisions in
            decisions.change(trials: trials, seconds: seconds)
            return decisions.plan
        }
        recorder.change(plan: plan.text)
    }

    /// Whether a trial was taken out.
    package func isDropped(_ trial: Int) -> Bool {
        decide { $0.trials.indices.contains(trial) && $0.trials[trial].isDropped }
    }
}
