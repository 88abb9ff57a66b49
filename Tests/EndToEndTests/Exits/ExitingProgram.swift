import Foundation
import Runs
import TestSupport
import Testing

/// A program in a terminal of its own, with a run that is saved, which comes to its end in one of the ways.
struct ExitingProgram {
    private let way: ExitWay
    private let terminal: PseudoTerminal
    private let store: String
    private let order: TemporaryFolder

    /// Starts it, and waits until there is something to lose: a run that can be resumed.
    ///
    /// - Parameter watched: the store of a run that trains, for `watch`.
    init(_ way: ExitWay, data: String, watched: String, backtrace: Bool) throws {
        self.way = way
        order = try TemporaryFolder()
        var environment = try FaultLibrary.environment()
        environment["FAULTS_ORDER"] = order.path("order")
        environment["FAULTS_ENDS"] = order.path("ends")
        environment["SWIFT_BACKTRACE"] = backtrace ? "enable=yes,interactive=no" : "interactive=no"
        let run = ["8relu", "epochs=1000000", "--threads", "1", "--data", data]
        let arguments =
            switch way.column {
            case .dashboard: run
            case .train: ["train"] + run
            case .watch: ["watch", "1", "--store", watched]
            }
        terminal = try PseudoTerminal(arguments, environment: environment)
        store = way.column == .watch ? watched : terminal.folder.path("data/trainspotter/runs.sqlite")
        try waitUntilItTrains()
    }

    private func waitUntilItTrains() throws {
        switch way.column {
        case .watch: try terminal.waitForLines("epoch ")
        case .train: try terminal.waitForLines("parameters;")
        case .dashboard:
            try terminal.waitForDashboard()
            try terminal.wait(for: "12 images of ")
            terminal.type(" ")
        }
        try terminal.wait(for: "a run that can be resumed") { try summary()?.checkpointPlace != nil }
    }

    private func summary() throws -> RunSummary? {
        guard FileManager.default.fileExists(atPath: store) else { return nil }
        return try? RunStore(path: store, missing: .refuse).summary(of: 1)
    }

    /// Ends it, and holds everything that is left against what is expected.
    func check() throws {
        let comment: Comment = "\(way)"
        try act()
        guard way.act != .hangUp else { return try checkHangUp(comment) }
        _ = try terminal.waitForExit(reading: !isUnread)
        let end = try end(of: way.column == .dashboard ? terminal.guardProcess : terminal.program)
        #expect(way.end.isMet(by: end), "\(way): \(end), expected \(way.end)")
        try checkTerminal(comment)
        try checkLastWords(end)
        try checkRun()
    }

    /// With the terminal the shell is gone, and nothing is left to look at but the run.
    private func checkHangUp(_ comment: Comment) throws {
        #expect(terminal.waitUntilGone(), comment)
        if way.column == .dashboard {
            // Its guard process was told.
            let end = try end(of: terminal.program)
            #expect(way.end.isMet(by: end), "\(way): \(end), expected \(way.end)")
        }
        try checkRun()
        guard way.column != .watch else { return }
        // It was saved as it ended, and not found dead.
        let events = try RunStore(path: store, missing: .refuse).events(of: 1)
        #expect(events.contains { $0.kind == .interrupted }, comment)
    }

    private var isUnread: Bool { if case .signalUnread = way.act { true } else { false } }

    private func act() throws {
        switch way.act {
        case .hangUp: terminal.hangUp()
        case .order(let text):
            try order.write(text, as: "order.new")
            try FileManager.default.moveItem(atPath: order.path("order.new"), toPath: order.path("order"))
        case .signalUnread(let number):
            try terminal.waitUntilFull()
            terminal.signal(number)
        case .signal(SIGINT) where way.column == .dashboard:
            // It asks, as a run trains.
            terminal.signal(SIGINT)
            try terminal.wait(for: "quit while")
            terminal.signal(SIGINT)
        case .signal(let number): terminal.signal(number)
        }
    }

    /// What the parent was told of its child.
    private func end(of child: pid_t) throws -> ExitWay.End {
        let lines = try order.text(of: "ends").split(separator: "\n").map { $0.split(separator: " ") }
        let line = try #require(lines.first { $0.first == "\(child)" }, "the end of \(way)")
        return ExitWay.End(wait: try #require(line.last.flatMap { Int32($0) }))
    }

    // MARK: - What is left

    /// The alternate screen, keys of an application, mouse, pastes in brackets.
    private static let modes: Set = [1, 1000, 1002, 1003, 1006, 1049, 2004]

    private func checkTerminal(_ comment: Comment) throws {
        try terminal.wait(for: "the screen given back after \(way)") {
            !terminal.modes.on.contains(1049) && terminal.hasItsSettings
        }
        let (on, off) = terminal.modes
        #expect(on.isDisjoint(with: Self.modes), comment)
        #expect(!off.contains(25), comment)
        if way.column == .dashboard { #expect(off.isSuperset(of: [1, 1000, 1002, 1006, 1049]), comment) }
        #expect(terminal.hasItsSettings, comment)
    }

    private func checkLastWords(_ end: ExitWay.End) throws {
        let log = terminal.folder.path("state/trainspotter/trainspotter.log")
        let said = { terminal.output.components(separatedBy: "trainspotter: ended by").count - 1 }
        guard let words = way.lastWords(end, log: log) else {
            #expect(said() == 0, "\(way)")
            return
        }
        try terminal.wait(for: words)
        #expect(said() == 1, "\(way): \(terminal.output.suffix(300))")
        guard way.isReported(end) else { return }
        // How the run goes on stands between the two.
        try terminal.wait(for: "; the details are in \(log)\r\n")
        let report = try terminal.folder.text(of: "state/trainspotter/trainspotter.log")
        #expect(report.contains(words.replacing("trainspotter: ", with: ": ")), "\(way)")
        #expect(try terminal.folder.mode(of: "state/trainspotter/trainspotter.log") == 0o600)
    }

    private func checkRun() throws {
        let comment: Comment = "\(way)"
        let store = try RunStore(path: store, missing: .refuse)
        let run = try #require(try store.summary(of: 1), comment)
        if way.column == .watch {
            // Another program trains it, and has not noticed.
            #expect(run.state == .running, comment)
            return
        }
        // A program that is gone does not train any more, whatever it had time to write.
        #expect(run.state == .interrupted, comment)
        #expect(try store.faults() == [], comment)
        _ = try #require(try store.checkpoint(of: 1), comment)
        guard way.isResumed else { return }
        let resumed = try RunningProgram.run(
            ["train", "--resume", "1", "--store", store.path], signal: SIGTERM, at: "/1000000")
        #expect(resumed.status == 130, comment)
    }
}

extension ExitWay {
    /// Whether the run is really resumed after it, which takes some time; signals are treated alike.
    var isResumed: Bool {
        switch act {
        case .signal(let number): [SIGKILL, SIGTERM, SIGSEGV].contains(number)
        default: true
        }
    }
}
