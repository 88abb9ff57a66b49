import Training

/// What a person chose in Runs.
public struct RunsState: Equatable, Sendable {
    public enum Sort: String, CaseIterable, Sendable {
        case start, loss, accuracy, test, time
    }

    /// Number of the selected run; nil is the first of the table.
    public var selected: Int?
    public var sort = Sort.start

    public init() {}

    mutating func cycleSort() { sort = ComposerEditing.cycled(sort, by: 1) }
}

extension RunsState.Sort {
    /// What is least comes first: the newest, the best, the fastest. A figure that is not there, or is no number, comes last.
    func key(_ run: RunRecord) -> Double {
        let value: Double? =
            switch self {
            case .start: -Double(run.id)
            case .loss: run.history.best?.validationLoss
            case .accuracy: run.history.best?.validationAccuracy.map { -$0 }
            case .test: run.testMetrics.map { -$0.accuracy }
            case .time: run.history.count > 0 ? run.history.seconds : nil
            }
        guard let value, !value.isNaN else { return .infinity }
        return value
    }
}

extension DashboardState {
    /// The runs in the table's order; equal ones by their start, the newest first.
    var sortedRuns: [RunRecord] {
        let runs = Array(allRuns.reversed())
        let keys = runs.map(sortKey)
        return runs.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { runs[$0] }
    }

    private func sortKey(_ run: RunRecord) -> Double { runs.sort.key(run) }

    /// nil without a run.
    public var selectedRun: RunRecord? {
        let sorted = sortedRuns
        return sorted.first { $0.id == runs.selected } ?? sorted.first
    }
}
