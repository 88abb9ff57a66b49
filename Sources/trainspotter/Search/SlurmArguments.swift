import ArgumentParser
import Cluster
import Foundation
import Search

/// Who trains the trials of a search.
enum SearchEngineName: String, ExpressibleByArgument, CaseIterable {
    /// Threads of this process.
    case local
    /// Jobs of a cluster.
    case slurm
}

/// The options of a search on a cluster.
struct SlurmArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Who trains: local or slurm. (default: local)", valueName: "engine"))
    var engine: SearchEngineName?

    @Option(help: ArgumentHelp("Slurm: the partition.", valueName: "name"))
    var partition: String?

    @Option(help: ArgumentHelp("Slurm: the account that is charged.", valueName: "name"))
    var account: String?

    @Option(help: ArgumentHelp("Slurm: the limit of a job, such as 30 (minutes) or 2:00:00.", valueName: "time"))
    var time: String?

    @Option(help: ArgumentHelp("Slurm: trials side by side in a job. (default: 1)", valueName: "n"))
    var cpusPerTask: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Slurm: more options for sbatch, as one word.", valueName: "options"))
    var sbatch: String?

    @Option(
        help: ArgumentHelp("Slurm: a folder that all nodes see. (default: beside the store)", valueName: "folder"),
        completion: .directory)
    var sharedFolder: String?

    @Option(help: ArgumentHelp("Slurm: how long a job is to take, such as 60s. (default: 60s)", valueName: "time"))
    var jobTime: String?

    /// The first option that only Slurm understands.
    var first: String? {
        let given = [
            ("--partition", partition != nil), ("--account", account != nil), ("--time", time != nil),
            ("--cpus-per-task", cpusPerTask != nil), ("--sbatch", sbatch != nil),
            ("--shared-folder", sharedFolder != nil), ("--job-time", jobTime != nil),
        ]
        return given.first(where: \.1)?.0
    }

    func validate(resumes: Bool) throws {
        if let first, engine == .local || engine == nil && !resumes {
            throw ValidationError("\(first): expected --engine slurm, too")
        }
        if resumes, engine != nil { throw ValidationError("--engine: that of a search is fixed") }
        if resumes, sharedFolder != nil { throw ValidationError("--shared-folder: that of a search is fixed") }
        if let time, SlurmTime(parsing: time) == nil {
            throw ValidationError("--time \(time): expected minutes, hours:minutes:seconds or days-hours")
        }
        if let cpusPerTask, !(1...1024).contains(cpusPerTask) {
            throw ValidationError("--cpus-per-task \(cpusPerTask): expected 1 to 1024")
        }
        if let sbatch, ShellWords(parsing: sbatch) == nil {
            throw ValidationError("--sbatch \(sbatch): a quote has no end")
        }
        if let jobTime, SearchCommand.seconds(jobTime) == nil {
            throw ValidationError("--job-time \(jobTime): expected a time such as 90s, 30m or 2h")
        }
        for (option, word) in [("--partition", partition), ("--account", account)] where word?.isEmpty ?? false {
            throw ValidationError("\(option): expected a name")
        }
    }

    /// Puts what is given in the place of what there is.
    func apply(to options: inout SlurmOptions, workers: Int?) {
        options.partition = partition ?? options.partition
        options.account = account ?? options.account
        options.time = time ?? options.time
        options.processors = cpusPerTask ?? options.processors
        options.others = sbatch.flatMap(ShellWords.init(parsing:))?.words ?? options.others
        options.taskSeconds = jobTime.flatMap(SearchCommand.seconds) ?? options.taskSeconds
        options.tasks = workers ?? options.tasks
    }
}
