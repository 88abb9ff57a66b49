/// What `squeue` lists of array tasks.
package struct SlurmListing: Equatable, Sendable {
    /// One of an array.
    package struct Place: Hashable, Sendable {
        /// The job's name.
        package let name: String
        /// Its number in the array, from 0.
        package let index: Int

        package init(name: String, index: Int) { (self.name, self.index) = (name, index) }
    }

    /// An array task.
    package struct Line: Equatable, Sendable {
        /// The number of its array.
        package let job: Int
        /// Where it stands.
        package let state: SlurmState
        /// Why it waits, in Slurm's word; empty for none.
        package let reason: String
        /// Where it runs, or ran; empty before.
        package let node: String

        package init(job: Int, state: SlurmState, reason: String, node: String) {
            (self.job, self.state, self.reason, self.node) = (job, state, reason, node)
        }
    }

    /// What `--format` is to be for `init(parsing:)`: array, number in it, state, reason, nodes, name.
    package static let format = "%F|%K|%T|%r|%N|%j"

    /// By their places.
    package let lines: [Place: Line]

    package init(_ lines: [Place: Line]) { self.lines = lines }

    /// Reads lines of `format`; others, such as those of jobs without an array, are passed over.
    package init(parsing text: String) {
        var lines: [Place: Line] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let fields = line.split(separator: "|", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 6, let job = Int(fields[0]), let index = Int(fields[1]), index >= 0,
                let state = SlurmState(parsing: fields[2])
            else { continue }
            let reason = fields[3] == "None" ? "" : fields[3]
            lines[Place(name: fields[5], index: index)] = Line(
                job: job, state: state, reason: reason, node: fields[4])
        }
        self.lines = lines
    }
}
