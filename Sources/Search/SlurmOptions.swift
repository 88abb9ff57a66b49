/// How a search asks Slurm for its jobs.
package struct SlurmOptions: Codable, Equatable, Sendable {
    /// The partition; nil for the cluster's own choice, as with all that are nil.
    package var partition: String?
    /// Who is charged.
    package var account: String?
    /// The limit of an array task, in Slurm's words: `30`, `2:00:00`, `1-12`.
    package var time: String?
    /// Processors of an array task: so many trials are trained side by side in it.
    package var processors = 1
    /// Further words for `sbatch`.
    package var others: [String] = []
    /// The folder that all nodes see.
    package var folder = ""
    /// Array tasks at once.
    package var tasks = 10
    /// Seconds that an array task is to take: short trials are trained one after the other in it.
    package var taskSeconds = 60.0

    package init() {}
}
