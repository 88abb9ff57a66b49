import Foundation
import Specs

/// A trial on its way to a rung, for an array task.
package struct ClusterWork: Codable, Equatable, Sendable {
    /// Its number.
    package let trial: Int
    /// Its line.
    package let line: String
    /// The rung; nil for its end.
    package let rung: Int?
    /// Epochs after which it is there.
    package let until: Int
    /// Which attempt this is, in all of its ways to rungs: two never write the same files.
    package let attempt: String
    /// Whether a state to go on from lies there.
    package let hasState: Bool
    /// Multiply-adds of a pass, times epochs: what it costs, beside others.
    package let cost: Double

    package init(
        trial: Int, line: String, rung: Int?, until: Int, attempt: String, hasState: Bool, cost: Double
    ) {
        (self.trial, self.line, self.rung, self.until) = (trial, line, rung, until)
        (self.attempt, self.hasState, self.cost) = (attempt, hasState, cost)
    }

    /// The beginning of the names of its files.
    package var name: String { "\(trial + 1).\(attempt)" }
}

/// What an array of tasks is to do: each task trains its list of trials.
package struct ClusterBatch: Codable, Equatable, Sendable {
    /// The name of the array, by which Slurm's list is read.
    package let name: String
    /// The number of the search.
    package let search: Int
    /// The data set, as `--data` names it.
    package let data: String
    /// The folder of imported data sets; nil for the standard one.
    package let dataFolder: String?
    /// The data set's digest: a node with other data trains nothing.
    package let digest: String
    /// Trials side by side in a task.
    package let processors: Int
    /// What each task does.
    package let tasks: [[ClusterWork]]

    package init(
        name: String, search: Int, data: String, dataFolder: String?, digest: String, processors: Int,
        tasks: [[ClusterWork]]
    ) {
        (self.name, self.search, self.data, self.dataFolder) = (name, search, data, dataFolder)
        (self.digest, self.processors, self.tasks) = (digest, processors, tasks)
    }

    /// Deals trials out to tasks: the dearest first, each to the task that has the least to do.
    ///
    /// - Returns: as many lists as wanted, or one for each trial where these are fewer.
    package static func deal(_ works: [ClusterWork], among tasks: Int) -> [[ClusterWork]] {
        var lists = [[ClusterWork]](repeating: [], count: max(1, min(tasks, works.count)))
        var costs = lists.map { _ in 0.0 }
        for work in works.sorted(by: { ($1.cost, $0.trial) < ($0.cost, $1.trial) }) {
            let place = costs.indices.min { (costs[$0], lists[$0].count) < (costs[$1], lists[$1].count) } ?? 0
            lists[place].append(work)
            costs[place] += work.cost
        }
        return lists.filter { !$0.isEmpty }
    }
}
