extension SearchPlan {
    /// Seconds until the search will end, if its epochs go on taking as long as they have so far.
    ///
    /// It is an estimate: how large the networks of coming trials are is left to chance, and trials that fail or stop early
    /// take less.
    ///
    /// - Parameters:
    ///   - halving: the rungs.
    ///   - trials: the most that there will be of the space; nil where time alone ends the search.
    ///   - trained: epochs of all trials so far.
    ///   - seconds: that the search has taken so far.
    /// - Returns: nil before the first epoch, and where nothing is known of an end.
    package func secondsToGo(
        _ halving: SuccessiveHalving, trials: Int?, epochs trained: Int, after seconds: Double
    ) -> Double? {
        let ofBudget = self.seconds.map { max(0, $0 - seconds) }
        guard let trials, trained > 0 else { return ofBudget }
        let top = halving.rungs.dropLast().reduce(trials) { count, _ in count / halving.reduction }
        let again = min(finalists, max(1, top)) * max(0, repeats - 1) * (halving.rungs.last ?? 0)
        let left = max(0, halving.epochs(of: trials) + again - trained)
        let ofTrials = Double(left) * seconds / Double(trained)
        return ofBudget.map { min($0, ofTrials) } ?? ofTrials
    }
}
