/// How an array task ended, by `scontrol`, by `sacct`, or because nobody knows it any more.
package struct TaskEnd: Equatable, Sendable, CustomStringConvertible {
    /// In Slurm's words; nil where Slurm does not know it any more.
    package let ending: SlurmState.Ending?
    /// What it exited with.
    package let status: Int
    /// The signal that ended it; 0 for none.
    package let signal: Int
    /// Where it ran; empty where that is not known.
    package let node: String

    package init(_ ending: SlurmState.Ending?, status: Int = 0, signal: Int = 0, node: String = "") {
        (self.ending, self.status, self.signal, self.node) = (ending, status, signal, node)
    }

    /// One line of `scontrol show job -o`: words `Key=value`.
    ///
    /// - Returns: nil where it tells of no end.
    package init?(parsing line: String) {
        var values: [Substring: Substring] = [:]
        for word in line.split(separator: " ") {
            guard let equals = word.firstIndex(of: "=") else { continue }
            let key = word[..<equals]
            if values[key] == nil { values[key] = word[word.index(after: equals)...] }
        }
        guard let state = values["JobState"], case .ended(let ending)? = SlurmState(parsing: String(state)) else {
            return nil
        }
        let (status, signal) = Self.exit(values["ExitCode"] ?? "")
        let node = values["NodeList"].map(String.init) ?? ""
        self.init(ending, status: status, signal: signal, node: node == "(null)" ? "" : node)
    }

    /// A line of `sacct --parsable2 --format=State,ExitCode,NodeList`.
    ///
    /// - Returns: nil where it tells of no end.
    package init?(accounting line: String) {
        let fields = line.split(separator: "|", omittingEmptySubsequences: false)
        guard fields.count == 3, case .ended(let ending)? = SlurmState(parsing: String(fields[0])) else { return nil }
        let (status, signal) = Self.exit(fields[1])
        self.init(ending, status: status, signal: signal, node: fields[2] == "None assigned" ? "" : String(fields[2]))
    }

    /// `status:signal`.
    private static func exit(_ text: Substring) -> (status: Int, signal: Int) {
        let numbers = text.split(separator: ":").map { Int($0) ?? 0 }
        return (numbers.first ?? 0, numbers.count > 1 ? numbers[1] : 0)
    }

    /// Whether it said itself that all is done.
    package var isComplete: Bool { ending == .completed && status == 0 && signal == 0 }

    package var description: String {
        let place = node.isEmpty ? "" : " on \(node)"
        let words =
            switch ending {
            case .bootFailed, .nodeFailed: "its node failed"
            case .cancelled: "it was cancelled"
            case .completed: "it ended without its results"
            case .deadline, .timedOut: "its time was up"
            case .failed: signal > 0 ? "signal \(signal) ended it" : "it exited with status \(status)"
            case .outOfMemory: "its memory was too little"
            case .preempted: "another job took its place"
            case .revoked: "another cluster took it"
            case nil: "Slurm does not know it any more"
            }
        return words + place
    }
}
