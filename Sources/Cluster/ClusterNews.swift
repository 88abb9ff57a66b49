/// What a search on Slurm says of its jobs.
package enum ClusterNews: Equatable, Sendable, CustomStringConvertible {
    /// An array was submitted.
    case submitted(job: Int, tasks: Int, trials: Int)
    /// Trials of the session before are still under way, or have come back meanwhile.
    case adopted(trials: Int)
    /// Where the tasks stand now.
    case standing(running: Int, waiting: Int, reasons: [String])
    /// A trial was lost, and goes on from its newest state, after so many epochs.
    case again(trial: Int, reason: String, epochs: Int)
    /// Slurm, or the folder, does not work for the moment; it is tried again.
    case trouble(String)
    /// It works again.
    case recovered
    /// Jobs are ended.
    case cancelling(tasks: Int)
    /// Jobs were left running.
    case left(trials: Int)

    package var description: String {
        switch self {
        case .submitted(let job, let tasks, let trials):
            "job \(job): \(Self.counted(tasks, "task")) for \(Self.counted(trials, "trial"))"
        case .adopted(let trials): "\(Self.counted(trials, "trial")) of the session before still under way"
        case .standing(let running, let waiting, let reasons):
            "\(Self.counted(running, "task")) running, \(waiting) waiting"
                + (reasons.isEmpty ? "" : " (Slurm's reason: \(reasons.joined(separator: ", ")))")
        case .again(let trial, let reason, let epochs):
            "trial \(trial + 1) was lost: \(reason); it goes on "
                + (epochs > 0 ? "after its \(Self.counted(epochs, "epoch"))" : "from its start")
        case .trouble(let reason): "\(reason); trying again"
        case .recovered: "it works again"
        case .cancelling(let tasks): "ending \(Self.counted(tasks, "task")); their states are saved"
        case .left(let trials): "\(Self.counted(trials, "trial")) left running on Slurm"
        }
    }

    private static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
