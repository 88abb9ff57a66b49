/// Where Slurm says that a job stands, as far as it matters here (https://slurm.schedmd.com/squeue.html#SECTION_JOB-STATE-CODES).
package enum SlurmState: Equatable, Sendable {
    /// It waits, or is held.
    case waiting
    /// It runs, is about to, or stands still for a moment.
    case running
    /// It has ended, in one of these ways.
    case ended(Ending)

    /// How a job ended.
    package enum Ending: String, CaseIterable, Sendable {
        case bootFailed = "BOOT_FAIL"
        case cancelled = "CANCELLED"
        case completed = "COMPLETED"
        case deadline = "DEADLINE"
        case failed = "FAILED"
        case nodeFailed = "NODE_FAIL"
        case outOfMemory = "OUT_OF_MEMORY"
        case preempted = "PREEMPTED"
        case revoked = "REVOKED"
        case timedOut = "TIMEOUT"
    }

    private static let waitingWords: Set = [
        "PENDING", "REQUEUED", "REQUEUE_FED", "REQUEUE_HOLD", "RESV_DEL_HOLD", "SPECIAL_EXIT",
    ]

    /// A word of `squeue`, `scontrol` or `sacct`, in capitals; `sacct` says more behind it, as in `CANCELLED by 1000`. A
    /// state that only a later Slurm knows counts as running: what has ended for sure leaves its list.
    ///
    /// - Returns: nil where there is no word.
    package init?(parsing text: String) {
        guard let word = text.split(whereSeparator: { $0 == " " || $0 == "+" }).first.map(String.init) else {
            return nil
        }
        if let ending = Ending(rawValue: word) {
            self = .ended(ending)
        } else {
            self = Self.waitingWords.contains(word) ? .waiting : .running
        }
    }
}
