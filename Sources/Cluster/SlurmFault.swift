import Foundation

/// Why Slurm did not do what it was asked for.
package enum SlurmFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is no such program.
    case missing(command: String)
    /// It will pass: Slurm's controller can't be reached, or has too much to do.
    case passes(command: String, reason: String)
    /// The user has as many jobs as are allowed.
    case limit(reason: String)
    /// The job can't be, however often it is tried.
    case refused(command: String, reason: String)

    private static let passing = [
        "unable to contact slurm controller", "socket timed out", "connection refused", "connection timed out",
        "communication connection failure", "temporarily", "zero bytes were transmitted", "in standby mode",
        "transport endpoint", "munge", "protocol authentication", "unexpected message", "try again",
        "slurm_receive_msg", "slurm_persist_conn",
    ]

    private static let limits = [
        "job submit limit", "maxsubmit", "qosmaxsubmit", "assocmaxsubmit", "grpsubmit", "policy limit",
        "limit on the number of jobs",
    ]

    /// The fault that a command's error output tells of.
    package init(parsing errors: String, command: String) {
        let lines = errors.split(whereSeparator: \.isNewline).map(Self.plain).filter { !$0.isEmpty }
        // The last line sums up; what comes before says more.
        let reason = lines.isEmpty ? "no reason was given" : String(lines.suffix(2).joined(separator: "; ").prefix(300))
        let small = errors.lowercased()
        if Self.passing.contains(where: small.contains) {
            self = .passes(command: command, reason: reason)
        } else if Self.limits.contains(where: small.contains) {
            self = .limit(reason: reason)
        } else {
            self = .refused(command: command, reason: reason)
        }
    }

    /// A line without `sbatch: error: ` and `Batch job submission failed: `.
    private static func plain(_ line: Substring) -> String {
        var words = line.split(separator: ": ", omittingEmptySubsequences: false)
        while let first = words.first, words.count > 1,
            ["error", "fatal", "Batch job submission failed"].contains(first) || first.wholeMatch(of: /s[a-z]+/) != nil
        {
            words.removeFirst()
        }
        return words.joined(separator: ": ").trimmingCharacters(in: .whitespaces)
    }

    package var description: String {
        switch self {
        case .missing(let command):
            "\(command) is not installed here: a search on Slurm is started where `sbatch` works"
        case .passes(let command, let reason): "\(command) did not work: \(reason)"
        case .limit(let reason): "no more jobs are allowed now: \(reason)"
        case .refused(let command, let reason): "\(command) refused: \(reason)"
        }
    }
}
