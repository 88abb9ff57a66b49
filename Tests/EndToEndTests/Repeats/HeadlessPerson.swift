import Foundation
import TestSupport
import Testing

/// Trains by commands: cuts runs short, goes on with them, changes settings on the way.
struct HeadlessPerson {
    private enum Cut: String { case interrupt, terminate, kill }

    private let runs: SavedRuns
    private let spec: RandomSpec
    private(set) var chance: Chance
    private let story: Story
    /// Whether the last thing done to the run was a kill.
    private(set) var killed = false

    init(_ spec: RandomSpec, runs: SavedRuns, chance: Chance, story: Story) {
        (self.spec, self.runs, self.chance, self.story) = (spec, runs, chance, story)
    }

    mutating func train() throws {
        let planned = chance.of(0.3) ? " @0+\(chance.whole(1...300)) lr=\(chance.near(spec.rate)) @1 l2=1e-4" : ""
        try perform(["train", spec.line + planned] + runs.data, cut: chance.of(0.85))
        let times = chance.whole(2...4)
        for time in 1...times { try goOn(cut: chance.of(0.5) && time < times || chance.of(0.3)) }
    }

    /// Goes on with the run once, from wherever it is.
    mutating func goOn(cut: Bool) throws {
        let run = try #require(try runs.newest())
        let done = try #require(run["finished_epochs"] as? Int)
        let planned = try #require(run["planned_epochs"] as? Int)
        switch run["state"] as? String {
        case "finished" where chance.of(0.2):
            try perform(["runs", "continue", "last", "--epochs", "1"], cut: cut)
        case "finished" where chance.of(0.3):
            try perform(["train", "--resume", "last", "--set", "epochs=\(done + chance.whole(1...2))"], cut: cut)
        case "finished": try perform(goingOnFor(chance.whole(1...2)) + settings(), cut: cut)
        case "failed":
            try perform(["train", "--resume", "last", "--set", "lr=\(chance.near(spec.rate / 10))"], cut: cut)
        default:
            switch chance.whole(0...3) {
            case 0: try perform(goingOnFor(chance.whole(1...2)) + settings(), cut: cut)
            case 1: try perform(["runs", "resume"], cut: cut)
            case 2:
                let epochs = ["--set", "epochs=\(max(planned - 1, done + 1))"]
                try perform(["train", "--resume"] + settings() + epochs, cut: cut)
            default: try perform(["train", "--resume"] + settings(), cut: cut)
            }
        }
    }

    private func goingOnFor(_ epochs: Int) -> [String] { ["train", "last", "--continue-for", "\(epochs)"] }

    /// Settings to change where the run goes on.
    private mutating func settings() -> [String] {
        let choices = [
            "lr=\(chance.near(spec.rate))", "l1=\(chance.near(1e-5))", "l2=\(chance.near(1e-4))",
            "drop\(chance.whole(1...spec.layers))=\(chance.near(0.2, spread: 3))",
        ]
        return choices.flatMap { chance.of(0.4) ? ["--set", $0] : [] }
    }

    /// Runs a command to its end, or cuts it short after some of its progress.
    private mutating func perform(_ arguments: [String], cut: Bool) throws {
        let cut = cut ? chance.one(of: [Cut.interrupt, .interrupt, .terminate, .kill]) : nil
        let errors = runs.folder.path("errors")
        let streams = [("/dev/null", O_RDONLY), ("/dev/null", O_WRONLY), (errors, O_WRONLY | O_CREAT | O_TRUNC)]
        let command = [try Program.url().path] + arguments + runs.option
        let process = try #require(Spawn.start(command, streams.map { ($0.0, $0.1) }))
        var entry = arguments.map { $0.contains(" ") ? "'\($0)'" : $0 }.joined(separator: " ")
        if let cut {
            let epochs = chance.whole(0...2)
            try waitForProgress(of: process, epochs: epochs, errors)
            chance.dawdle(milliseconds: 150)
            kill(process, cut == .interrupt ? SIGINT : cut == .terminate ? SIGTERM : SIGKILL)
            entry += "   (\(cut.rawValue) after \(epochs) epochs)"
        }
        killed = cut == .kill
        let status = Spawn.wait(for: process)
        let ended = status & 0x7F == 0 ? "status \(status >> 8 & 0xFF)" : "signal \(status & 0x7F)"
        let said = try String(contentsOfFile: errors, encoding: .utf8)
        story.add("\(entry): \(ended)")
        // 0: done, 1: diverged, 130: cut short.
        let isExpected = ["status 0", "status 1", "status 130", "signal 9"].contains(ended)
        try #require(isExpected && (cut != nil || ended != "status 130"), "\(said)")
        try #require(ended != "status 1" || said.contains("diverged"), "\(said)")
    }

    /// Waits until training has begun and so many epochs are done, or the program has ended.
    private func waitForProgress(of process: pid_t, epochs: Int, _ errors: String) throws {
        let isThere = Patience.wait {
            let said = (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
            return said.contains("threads: ") && said.matches(of: /\nepoch +[0-9]/).count >= epochs || hasEnded(process)
        }
        try #require(isThere, "waited for epoch \(epochs)")
    }

    /// Whether a process has ended, and is left to be waited for.
    private func hasEnded(_ process: pid_t) -> Bool {
        var info = siginfo_t()
        // WNOWAIT leaves it.
        guard waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0 else { return true }
        return info.si_signo == SIGCHLD
    }
}
