import Foundation
import TestSupport
import Testing

/// A run's line gives the same bits again, whatever was done to the run, by the real program.
///
/// How many numbers are tried says `TRAINSPOTTER_REPEATS`: so many, or from one to another, as in `17-17`.
@Suite(.serialized, .timeLimit(.minutes(40)))
struct RepeatedRunTests {
    private static let numbers: [Int] = {
        let asked = ProcessInfo.processInfo.environment["TRAINSPOTTER_REPEATS"] ?? "4"
        let ends = asked.split(separator: "-").compactMap { Int($0) }
        guard let last = ends.last, last > 0 else { return Array(1...4) }
        return Array((ends.count == 2 ? min(ends[0], last) : 1)...last)
    }()

    private let folder: TemporaryFolder
    private let runs: SavedRuns

    init() throws {
        folder = try TemporaryFolder()
        try SomeDigits.write(to: folder)
        runs = SavedRuns(folder: folder, name: "runs.sqlite")
    }

    @Test(
        "A run of commands, cut short and gone on with, is repeated by its line",
        arguments: numbers.filter { $0 % 2 == 0 })
    func commands(number: Int) {
        tell(number) { spec, chance, story in
            var person = HeadlessPerson(spec, runs: runs, chance: chance, story: story)
            try person.train()
            try expectRepeats(story, wasKilled: person.killed)
        }
    }

    @Test(
        "A run of the dashboard, with settings turned by keys, is repeated by its line",
        .enabled(if: TmuxTerminal.path != nil, "tmux is not installed; `make test` installs it"),
        arguments: numbers.filter { $0 % 2 == 1 })
    func keys(number: Int) {
        tell(number) { spec, chance, story in
            var person = DashboardPerson(spec, runs: runs, chance: chance, story: story)
            try person.train()
            let whole = try expectRepeats(story, wasKilled: person.killed)
            // The dashboard keeps no run that is stopped within its first epoch.
            guard !whole.line.contains(/@0(\+\d+)?( \S+=\S+)* stop$/) else { return }
            let again = SavedRuns(folder: folder, name: "dashboard.sqlite")
            try repeatInDashboard(whole.line, again)
            try expectSame(again.result(), whole, "the line in the dashboard", story)
        }
    }

    @Test("A line that ends its run, and goes on at the same place, is followed to its last word")
    func endsAndGoesOn() throws {
        let line = "784-8tanh-10 adam lr=1e-3 batch=50 epochs=3 seed=1 @1 epochs=1 epochs=4 @2+7 stop"
        let trained = try runs.run(["train", line, "--quiet"] + runs.data)
        #expect(trained.status == 0, "\(trained.errors)")
        let run = try #require(try runs.newest())
        #expect(run["line"] as? String == line)
        #expect(run["finished_epochs"] as? Int == 2 && run["test_batch"] as? Int == 7)
    }

    /// Whatever goes wrong is told with what was done before.
    private func tell(_ number: Int, _ body: (RandomSpec, Chance, Story) throws -> Void) {
        var chance = Chance(seed: number)
        let spec = RandomSpec(seed: number, chance: &chance)
        let story = Story("number \(number): \(spec.line)")
        do { try body(spec, chance, story) } catch { Issue.record(error, "\(story)") }
    }

    /// Trains the newest run's line in an empty store on one thread, and repeats the run beside itself.
    @discardableResult
    private func expectRepeats(_ story: Story, wasKilled: Bool) throws -> SavedRuns.Result {
        let whole = try runs.result(wasKilled: wasKilled)
        let line = try runs.line()
        story.add("line: \(line)")
        #expect(line.hasPrefix(whole.line + " # data=digits sha256="), "\(story)")
        let elsewhere = SavedRuns(folder: folder, name: "elsewhere.sqlite")
        let trained = try elsewhere.run(["train", line, "--quiet", "--threads", "1"] + elsewhere.data)
        #expect([0, 1].contains(trained.status), "\(trained.errors)\n\(story)")
        try expectSame(elsewhere.result(), whole, "the line in a new store", story)
        let repeated = try runs.run(["runs", "repeat", "last"])
        #expect(repeated.status == trained.status, "\(repeated.errors)\n\(story)")
        try expectSame(runs.result(), whole, "runs repeat", story)
        return whole
    }

    private func expectSame(_ found: SavedRuns.Result, _ whole: SavedRuns.Result, _ how: String, _ story: Story) throws
    {
        let difference = whole.difference(from: found)
        #expect(difference == "nothing", "\(how)\n\(story)")
    }

    private func repeatInDashboard(_ line: String, _ again: SavedRuns) throws {
        let terminal = try TmuxTerminal([line] + again.option + again.data, width: 130, height: 44)
        defer { terminal.close() }
        try terminal.wait(for: "images of digits ready")
        try terminal.press("Space")
        // A line that ends its run and goes on shows an end for a moment; the store has the last one.
        try terminal.wait(for: "the end") {
            guard DashboardPerson.isOver($0), let state = try again.newest()?["state"] as? String else { return false }
            return ["finished", "stopped", "failed"].contains(state)
        }
        try terminal.press("q")
        #expect(try terminal.waitForExit() == 0)
    }
}
