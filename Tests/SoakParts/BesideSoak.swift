import Foundation
import TestSupport

/// Dashboards, trainings and commands beside each other on one store, at random, with kills and stops.
package final class BesideSoak {
    /// A training, and what was done to it.
    struct Training {
        let process: MeasuredProcess
        /// The run that it goes on with; else its output tells the number.
        let resumed: Int?
        /// When it goes on after a SIGSTOP; nil where it is not stopped.
        var goesOn: ContinuousClock.Instant?
        /// Whether a signal was sent that ends it.
        var isEnding = false

        /// The run that it trains, once that is saved.
        var run: Int? {
            resumed ?? process.errors.firstMatch(of: /(?m)^run (\d+), saved in/).flatMap { Int($0.1) }
        }
    }

    /// A command that is under way.
    struct Command {
        let process: MeasuredProcess
        let name: String
        /// What it was started beside: runs with the processes that train them.
        let trained: [Int: pid_t]
        /// The run that it is about.
        let run: Int?
    }

    private static let mostTrainings = 8, mostCommands = 3
    let folder: TemporaryFolder
    let data: String
    private let log: SoakLog
    private let start = ContinuousClock.now
    private var dashboards: [(terminal: WatchedTerminal, hands: RandomHands)] = []
    var chance: Chance
    var trainings: [Training] = []
    var commands: [Command] = []
    /// Whether all of them are asked to end.
    var isEnding = false
    /// What came of it so far.
    package var report = BesideReport()
    /// The runs that the newest list had.
    var listed: [Int] = []
    var bundles: [String] = []
    var started = 0

    /// The store that all of them use.
    package var store: String { folder.path("runs.sqlite") }

    /// Opens the dashboards.
    ///
    /// - Parameter data: a data set's name or folder.
    package init(folder: TemporaryFolder, data: String, seed: Int, dashboards count: Int = 2, log: SoakLog) throws {
        (self.folder, self.data, self.log) = (folder, data, log)
        chance = Chance(seed: seed)
        for number in 0..<count {
            let terminal = try WatchedTerminal(["32relu", "--data", data, "--store", store], folder: folder)
            dashboards.append((terminal, RandomHands(seed: seed + number)))
        }
        log.write("seed \(seed), store \(store)")
    }

    private var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }

    /// Has all of them work for so many seconds.
    ///
    /// - Throws: `DashboardSoak.Failure` where a dashboard ends.
    package func run(seconds duration: Double) throws {
        var next = 60.0
        while seconds < duration {
            while trainings.count < Self.mostTrainings { train() }
            if commands.count < Self.mostCommands { command() }
            if chance.of(0.3) { disturb() }
            try useDashboards()
            collect()
            guard seconds >= next else { continue }
            log.write("minute \(Int(next / 60)): " + report.line(runs: listed.count))
            next += 60
        }
    }

    // MARK: - Dashboards

    private func useDashboards() throws {
        for index in dashboards.indices {
            let deed = dashboards[index].hands.next()
            let terminal = dashboards[index].terminal
            switch deed {
            case .keys(let keys): for key in keys { press(key, terminal) }
            case .burst(let bytes): press(bytes, terminal)
            case .resize(let width, let height): terminal.resize(width: width, height: height)
            case .leaveAndStay: break
            }
            terminal.look(for: .milliseconds(20))
            guard !terminal.hasEnded else {
                throw DashboardSoak.Failure(
                    description:
                        "a dashboard ended, wait status \(terminal.status ?? -1): \(terminal.text.suffix(2000))")
            }
        }
    }

    private func press(_ key: String, _ terminal: WatchedTerminal) {
        let answer = terminal.answer(to: key, within: .seconds(12))
        report.pressed(answer)
        if key == RandomHands.escape { terminal.look(for: .milliseconds(60)) }
    }

    // MARK: - The end

    /// Ends all of them, and looks at the store.
    ///
    /// - Throws: where a dashboard or a training does not end, or the store can't be read.
    package func finish() throws {
        for training in trainings {
            kill(training.process.identifier, SIGCONT)
            kill(training.process.identifier, SIGINT)
        }
        isEnding = true
        // Those that go on with a run whose owner has ended.
        for command in commands where command.name == "resume" { kill(command.process.identifier, SIGINT) }
        for index in trainings.indices { (trainings[index].goesOn, trainings[index].isEnding) = (nil, true) }
        let isOver = Patience.wait {
            collect()
            for (terminal, _) in dashboards { terminal.look(for: .milliseconds(5)) }
            return trainings.isEmpty && commands.isEmpty
        }
        guard isOver else { throw DashboardSoak.Failure(description: "trainings or commands don't end") }
        for (terminal, _) in dashboards { try terminal.quit() }
        dashboards = []
        try lookAtStore()
        log.write("in \(Int(seconds)) s: " + report.line(runs: listed.count))
    }

    private func lookAtStore() throws {
        let check = try Program.run(["runs", "check", "--store", store])
        if check.status != 0 { report.failures.append("runs check: \(check.output)\(check.errors)") }
        let runs = try RunsList(store: store)
        listed = runs.states.keys.sorted()
        for (run, state) in runs.states where ["running", "paused"].contains(state) {
            report.failures.append("run \(run) is \(state), and no program is left")
        }
        for run in runs.states.filter({ $0.value == "interrupted" }).keys.sorted().suffix(3) {
            let resumed = try Program.run(["runs", "resume", "\(run)", "--store", store])
            guard resumed.status != 0 else {
                report.resumedAtEnd += 1
                continue
            }
            if !resumed.errors.contains("no checkpoint") { report.failures.append("run \(run): \(resumed.errors)") }
        }
    }
}
