import Foundation
import Reports
import TestSupport
import Testing

/// What signals do to the dashboard and to its guard process; `ExitTests` has all that end it.
@Suite(.timeLimit(.minutes(40)))
struct DashboardSignalTests {
    /// A data set of twelve images, so that a start costs little.
    private static func dataset() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let labels: [UInt8] = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]
        try folder.writeDataset(trainLabels: labels, testLabels: [0, 1, 2])
        return folder
    }

    /// 128 and the signal's number, except for the three by which a person ends a program: 130.
    private static func status(_ signal: Int32) -> Int {
        [SIGHUP, SIGINT, SIGTERM].contains(signal) ? 130 : 128 + Int(signal)
    }

    /// The alternate screen, a hidden cursor, keys and mouse of an application, pastes in brackets.
    private static let modes: Set = [1, 1000, 1002, 1003, 1006, 1049, 2004]

    private func expectRestored(_ terminal: PseudoTerminal, _ comment: Comment) {
        let (on, off) = terminal.modes
        #expect(on.isDisjoint(with: Self.modes) && on.contains(25), comment)
        #expect(off.isSuperset(of: [1, 1000, 1002, 1006, 1049]), comment)
        #expect(terminal.hasItsSettings, comment)
    }

    private func expectEnd(by signal: Int32, of process: PseudoTerminal.Process, data: TemporaryFolder) throws {
        let terminal = try PseudoTerminal(["8relu", "--data", data.path])
        try terminal.waitForDashboard()
        let comment: Comment = "signal \(signal) to the \(process)"
        #expect(terminal.modes.on.isSuperset(of: [1049, 1006]), comment)
        terminal.signal(signal, to: process)
        #expect(try terminal.waitForExit() == Self.status(signal), comment)
        // Where the guard process was killed, the program gives the terminal back after the shell's prompt.
        try terminal.wait(for: "the screen given back after \(comment)") {
            !terminal.modes.on.contains(1049) && terminal.hasItsSettings
        }
        expectRestored(terminal, comment)
    }

    /// Runs many at once: most of the time each waits for its start.
    private func each(_ signals: [Int32], _ body: @escaping @Sendable (Int32) throws -> Void) {
        DispatchQueue.concurrentPerform(iterations: 4) { first in
            for index in stride(from: first, to: signals.count, by: 4) {
                do { try body(signals[index]) } catch {
                    Issue.record(error, "signal \(signals[index])")
                    return
                }
            }
        }
    }

    @Test("The guard process, which the shell knows, passes signals on; killed, it leaves the program to give all back")
    func guardProcess() throws {
        let data = try Self.dataset()
        each([SIGHUP, SIGINT, SIGTERM, SIGQUIT, SIGSEGV, SIGUSR1, 40, SIGKILL]) {
            try expectEnd(by: $0, of: .guardProcess, data: data)
        }
    }

    @Test("A program that was killed has its terminal given back, and how its run goes on is said")
    func killed() throws {
        let data = try Self.dataset()
        let terminal = try PseudoTerminal(["8relu", "epochs=1000000", "--data", data.path])
        try terminal.waitForDashboard()
        try terminal.wait(for: "12 images of ")
        terminal.type(" ")
        // The run's number is known once its first state is saved.
        let list = [
            "runs", "list", "--columns", "id,state", "--store", terminal.folder.path("data/trainspotter/runs.sqlite"),
        ]
        try terminal.wait(for: "a saved run") { try Program.run(list).output.contains("1  running") }
        // The question at the end says so once the dashboard knows of it, too.
        var polls = 0
        try terminal.wait(for: "the dashboard to know of the saved run") {
            // Asked again from time to time: the question may have been drawn in parts.
            if polls % 100 == 0 { terminal.type("q") }
            if polls % 100 == 99 { terminal.type("\u{1B}") }
            polls += 1
            return terminal.output.contains("It is saved")
        }
        terminal.signal(SIGKILL)
        #expect(try terminal.waitForExit() == 137)
        try terminal.wait(for: "`trainspotter train --resume 1` resumes it\r\n")
        #expect(
            terminal.output.contains(/\u{1B}\[\?1049l.*trainspotter: ended by SIGKILL; run 1 interrupted at [0-9,]+\//))
        expectRestored(terminal, "SIGKILL while it trains")
        #expect(try Program.run(list).output == "id  state\n 1  interrupted\n")
    }

    @Test("A crash report that is named has the program, its version, the time and the signal in it")
    func report() throws {
        let data = try Self.dataset()
        let terminal = try PseudoTerminal(["8relu", "--data", data.path], setUp: "umask 000")
        try terminal.waitForDashboard()
        terminal.signal(SIGSEGV)
        #expect(try terminal.waitForExit() == 139)
        #expect(try terminal.folder.mode(of: "state/trainspotter/trainspotter.log") == 0o600)
        #expect(try terminal.folder.mode(of: "state/trainspotter") == 0o700)
        let log = terminal.folder.path("state/trainspotter/trainspotter.log")
        try terminal.wait(for: "trainspotter: ended by SIGSEGV; the details are in \(log)\r\n")
        let text = try terminal.folder.text(of: "state/trainspotter/trainspotter.log")
        let version = ProgramVersion.current
        let pattern = try Regex(#"^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC: trainspotter \#(version), process \d+: "#)
        #expect(text.contains(pattern))
        #expect(text.contains(": ended by SIGSEGV, sent by process \(getpid())\n"))
        #expect(text.contains("/trainspotter("))
    }

    @Test("Where the log can't be written no report is named")
    func noReport() throws {
        let data = try Self.dataset()
        let terminal = try PseudoTerminal(["8relu", "--data", data.path], setUp: "echo >\"$HOME/state\"")
        try terminal.waitForDashboard()
        terminal.signal(SIGSEGV)
        #expect(try terminal.waitForExit() == 139)
        try terminal.wait(for: "trainspotter: ended by SIGSEGV\r\n")
    }

    @Test("A signal that whoever started the program wants to be ignored is ignored")
    func ignored() throws {
        let data = try Self.dataset()
        let terminal = try PseudoTerminal(["8relu", "--data", data.path], setUp: "trap '' HUP INT USR1")
        try terminal.waitForDashboard()
        for signal in [SIGHUP, SIGINT, SIGUSR1] {
            terminal.signal(signal, to: .guardProcess)
            terminal.signal(signal)
        }
        terminal.type("q")
        #expect(try terminal.waitForExit() == 0)
        #expect(terminal.hasItsSettings)
    }

    @Test("Ctrl-Z stops the program and its guard process as one job, and fg brings both back")
    func jobControl() throws {
        let data = try Self.dataset()
        let terminal = try PseudoTerminal(setUp: "exec bash --norc --noprofile -i")
        terminal.type("\(try Program.url().path) 8relu --data \(data.path)\r")
        try terminal.waitForDashboard()
        for stop in ["Ctrl-Z", "SIGTSTP"] {
            let start = terminal.output.endIndex
            if stop == "Ctrl-Z" { terminal.type("\u{1A}") } else { terminal.signal(SIGTSTP, to: .guardProcess) }
            try terminal.wait(for: "\(stop) stops it") { terminal.output[start...].contains("Stopped") }
            #expect(!terminal.modes.on.contains(1049))
            terminal.type("fg\r")
            try terminal.wait(for: "the screen after \(stop)") { terminal.modes.on.contains(1049) }
        }
        terminal.type("q")
        try terminal.wait(for: "the end") { !terminal.modes.on.contains(1049) }
        terminal.type("echo status $?\r")
        try terminal.wait(for: "status 0\r\n")
    }

    @Test("A bench that draws ends at once by a signal, and gives the terminal back")
    func bench() throws {
        let data = try Self.dataset()
        each([SIGQUIT, SIGTERM, SIGINT, SIGHUP]) { signal in
            let terminal = try PseudoTerminal(["bench", "--frames", "--data", data.path])
            try terminal.waitForScreen()
            terminal.signal(signal)
            #expect(try terminal.waitForExit() == 128 + Int(signal))
            expectRestored(terminal, "signal \(signal) to the bench")
        }
    }
}
