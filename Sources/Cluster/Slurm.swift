import Foundation
import Search

/// Slurm's commands, as far as a search needs them.
package struct Slurm: Sendable {
    private let commands: any CommandRunner

    /// - Parameter commands: runs them.
    package init(_ commands: any CommandRunner = PathCommands()) { self.commands = commands }

    /// An array of tasks.
    package struct Array {
        /// The name by which it is found again.
        package let name: String
        /// The tasks' number.
        package let count: Int
        /// What each runs: a script and its words.
        package let script: [String]
        /// Where the output of each goes; `%a` is its number.
        package let log: String

        package init(name: String, count: Int, script: [String], log: String) {
            (self.name, self.count, self.script, self.log) = (name, count, script, log)
        }
    }

    /// Submits an array.
    ///
    /// - Returns: its number.
    package func submit(_ array: Array, _ options: SlurmOptions) throws(SlurmFault) -> Int {
        let words = ["sbatch"] + Self.words(array, options)
        let result = try commands.run(words)
        guard result.status == 0 else { throw SlurmFault(parsing: result.errors, command: "sbatch") }
        guard let job = Self.job(result.output) else {
            throw .refused(command: "sbatch", reason: "it answered \"\(result.output.prefix(80))\", not with a number")
        }
        return job
    }

    /// The words of `sbatch`. What the user says comes last: of two the later one counts.
    package static func words(_ array: Array, _ options: SlurmOptions) -> [String] {
        var words = ["--parsable", "--job-name=\(array.name)", "--array=0-\(array.count - 1)"]
        // The search itself submits a trial again, from its newest state.
        words += ["--no-requeue", "--ntasks=1", "--cpus-per-task=\(options.processors)"]
        words.append("--output=\(array.log)")
        if let partition = options.partition { words.append("--partition=\(partition)") }
        if let account = options.account { words.append("--account=\(account)") }
        if let time = options.time { words.append("--time=\(time)") }
        return words + options.others + array.script
    }

    /// The number in the answer of `sbatch --parsable`: `123` or `123;cluster`; sites may say more in lines before.
    package static func job(_ answer: String) -> Int? {
        let line = answer.split(whereSeparator: \.isNewline).last ?? ""
        return line.split(separator: ";").first.flatMap { Int($0.trimmingCharacters(in: .whitespaces)) }
            .flatMap { $0 > 0 ? $0 : nil }
    }

    /// Where the tasks of arrays stand; those that ended some minutes ago are left out.
    package func list(_ names: [String]) throws(SlurmFault) -> SlurmListing {
        guard !names.isEmpty else { return SlurmListing([:]) }
        let result = try commands.run([
            "squeue", "--noheader", "--array", "--states=all", "--name=\(names.joined(separator: ","))",
            "--format=\(SlurmListing.format)",
        ])
        guard result.status == 0 else {
            // Whatever it is: the jobs are there all the same.
            switch SlurmFault(parsing: result.errors, command: "squeue") {
            case .refused(let command, let reason): throw .passes(command: command, reason: reason)
            case let fault: throw fault
            }
        }
        return SlurmListing(parsing: result.output)
    }

    /// How a task ended: by `scontrol`, which knows it for some minutes, then by `sacct`, where there is accounting.
    ///
    /// - Parameter job: the array's number; nil where that is not known.
    package func end(of index: Int, in job: Int?) -> TaskEnd {
        guard let job else { return TaskEnd(nil) }
        let task = "\(job)_\(index)"
        if let result = try? commands.run(["scontrol", "show", "job", "--oneliner", task]), result.status == 0 {
            for line in result.output.split(whereSeparator: \.isNewline) {
                if let end = TaskEnd(parsing: String(line)) { return end }
            }
        }
        let words = ["--noheader", "--allocations", "--parsable2", "--format=State,ExitCode,NodeList"]
        if let result = try? commands.run(["sacct", "--jobs=\(task)"] + words), result.status == 0 {
            for line in result.output.split(whereSeparator: \.isNewline) {
                if let end = TaskEnd(accounting: String(line)) { return end }
            }
        }
        return TaskEnd(nil)
    }

    /// Ends what is left of arrays. Those that have ended already are no failure.
    package func cancel(_ names: [String]) throws(SlurmFault) {
        for name in names {
            let result = try commands.run(["scancel", "--quiet", "--name=\(name)"])
            if result.status != 0, !result.errors.isEmpty {
                throw SlurmFault(parsing: result.errors, command: "scancel")
            }
        }
    }
}
