import Foundation

/// What came of programs beside each other.
package struct BesideReport {
    /// Ends of a kind of command.
    private struct Ends {
        var count = 0
        var refused = 0
        var walls: [Double] = []
        var waits: [Double] = []
    }

    /// What must not happen, a line each.
    package var failures: [String] = []
    /// Trainings that have ended, and what was done to them.
    package var trainings = 0, kills = 0, interrupts = 0, stops = 0
    /// How often a run that was trained was refused to another, and how often a list had it as trained.
    package var refusals = 0, looks = 0
    /// Interrupted runs that were resumed at the end.
    package var resumedAtEnd = 0
    private var ends: [String: Ends] = [:]
    private var answers: [Double] = []

    /// What is said where a store is damaged, or somebody waited in vain.
    private static let bad = [
        "keeps the run store locked", "damaged", "malformed", "disk I/O", "Fatal", "no time left",
    ]

    static func isBad(_ text: String) -> Bool { bad.contains { text.contains($0) } }

    mutating func ended(_ name: String, _ end: MeasuredProcess.End, trains: Bool) {
        ends[name, default: Ends()].count += 1
        if end.status != 0 { ends[name, default: Ends()].refused += 1 }
        guard !trains else { return }
        ends[name, default: Ends()].walls.append(end.wall)
        ends[name, default: Ends()].waits.append(end.waited)
    }

    mutating func pressed(_ answer: WatchedTerminal.Answer) { answers.append(answer.waited / 1000) }

    /// Commands that have ended.
    package var commands: Int { ends.values.map(\.count).reduce(0, +) }

    /// The longest time that a command or a key waited, in seconds: for a lock, the disk, or other threads.
    package var longestWait: Double { max(ends.values.flatMap(\.waits).max() ?? 0, answers.max() ?? 0) }

    /// Seconds that nobody waits longer.
    private static let patience = 5.0

    /// Whether nothing went wrong, and nobody waited long.
    package var isWhole: Bool { failures.isEmpty && longestWait <= Self.patience }

    func line(runs: Int) -> String {
        "\(trainings) trainings (\(kills) killed, \(interrupts) interrupted, \(stops) times stopped), \(commands) commands, "
            + "\(answers.count) keys, \(runs) runs; longest wait \(Self.time(longestWait)) s; "
            + "\(refusals) times refused, \(looks) times seen as trained; \(failures.count) failures"
    }

    /// A table of the commands, one a line; times in seconds.
    package var text: String {
        let heading = "command\tcount\tnot done\tmedian s\tlongest s\twaited: median s\tlongest s"
        let rows = ends.sorted { $0.key < $1.key }.map { name, ends in
            ([name, "\(ends.count)", "\(ends.refused)"]
                + [ends.walls.quantile(0.5), ends.walls.max() ?? 0, ends.waits.quantile(0.5), ends.waits.max() ?? 0]
                .map(Self.time)).joined(separator: "\t")
        }
        let keys = ["keys of the dashboards", "\(answers.count)", "", "", "", Self.time(answers.quantile(0.5))]
        return ([heading] + rows + [(keys + [Self.time(answers.max() ?? 0)]).joined(separator: "\t")] + failures)
            .joined(separator: "\n")
    }

    private static func time(_ seconds: Double) -> String { String(format: "%.3f", seconds) }
}
