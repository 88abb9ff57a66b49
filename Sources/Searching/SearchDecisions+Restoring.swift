import Search

extension SearchDecisions {
    /// Puts back what an interrupted search has reached.
    mutating func restore(_ trials: [SearchEngine.Trial]) {
        self.trials = trials
        for trial in trials where trial.repeats == nil {
            begun += 1
            lines.insert(trial.spec.description)
            let epochs = trial.figures.last?.epoch ?? 0
            for (rung, length) in halving.rungs.enumerated() where epochs >= length || trial.isFinished {
                var there = trial
                (there.figures, there.failure) = (there.figures.filter { $0.epoch <= length }, nil)
                halving.record(trial: trial.number, rung: rung, score: there.reached)
            }
            kept.insert(trial.number)
            let next = halving.rungs.firstIndex { $0 > epochs }
            if trial.failure != nil {
                halving.record(trial: trial.number, rung: next ?? halving.rungs.count - 1, score: .nan)
                continue
            }
            guard !trial.isDropped else {
                halving.goesOn(trial: trial.number, toRung: halving.rungs.count - 1)
                continue
            }
            // At a rung it waits for its promotion; with all epochs it has only to come to its end.
            let rung = next ?? halving.rungs.count - 1
            guard !trial.isFinished, next == nil || rung == 0 || epochs > halving.rungs[rung - 1] else { continue }
            halving.goesOn(trial: trial.number, toRung: rung)
            pending.append((trial.number, rung))
        }
    }
}
