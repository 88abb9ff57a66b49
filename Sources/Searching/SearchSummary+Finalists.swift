/// The best trials, with those that repeat them.
extension SearchSummary {
    /// A trial of the highest rung, and what it reached over its seeds.
    package struct Finalist: Sendable, Equatable {
        /// The trial that the space gave.
        package let trial: SearchTrial
        /// How many seeds were trained to their ends, its own among them.
        package let seeds: Int
        /// Mean share of the validation rows that are right, over the seeds.
        package let accuracy: Double
        /// Standard deviation over the seeds; nil for one.
        package let deviation: Double?
    }

    /// The trials of the highest rung that any has reached, the best mean first; those with all their seeds before the others.
    package var finalists: [Finalist] {
        guard let top = halving.results.lastIndex(where: { !$0.isEmpty }) else { return [] }
        let all = ranking(ofRung: top).compactMap { self[$0].flatMap(finalist) }
        let most = all.map(\.seeds).max() ?? 0
        let whole = all.filter { $0.seeds == most }.enumerated().sorted { one, other in
            (other.element.accuracy, one.offset) < (one.element.accuracy, other.offset)
        }
        return whole.map(\.element) + all.filter { $0.seeds < most }
    }

    private func finalist(_ trial: SearchTrial) -> Finalist? {
        let ended = trials.filter {
            ($0.number == trial.number || $0.repeats == trial.number) && $0.state == .finished
        }
        let reached = (ended.isEmpty ? [trial] : ended).compactMap(\.accuracy)
        guard !reached.isEmpty else { return nil }
        let mean = reached.reduce(0, +) / Double(reached.count)
        let squares = reached.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return Finalist(
            trial: trial, seeds: reached.count, accuracy: mean,
            deviation: reached.count > 1 ? (squares / Double(reached.count - 1)).squareRoot() : nil)
    }
}
