import Foundation
import TestSupport
import Testing

/// A search in the dashboard, in a real terminal.
@Suite(
    .serialized, .timeLimit(.minutes(40)),
    .enabled(if: TmuxTerminal.path != nil, "tmux is not installed; `make test` installs it"))
struct SearchTerminalTests {
    @Test("A search is typed, begun, saved when the dashboard is left, and goes on from the command line")
    func leaving() throws {
        let folder = try TemporaryFolder()
        try SomeDigits.write(to: folder)
        let place = ["--store", folder.path("runs.sqlite"), "--data", folder.path("digits")]
        let terminal = try TmuxTerminal(place)
        defer { terminal.close() }
        try terminal.wait(for: "images of digits ready")
        try terminal.press("9")
        try terminal.press("e")
        // What stands in the line is replaced.
        try terminal.press("C-u")
        try terminal.type("8relu lr=1e-4..1e-2 batch=16 epochs=300000 val=0.2 trials=2")
        try terminal.press("Enter")
        try terminal.wait(for: "● running")
        func searches() throws -> [String: Any] {
            let result = try Program.run(["searches", "1", "--json", "-", "--store", folder.path("runs.sqlite")])
            let value = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
            return value as? [String: Any] ?? [:]
        }
        func epochs(_ search: [String: Any]) -> [Int] {
            (search["trials"] as? [[String: Any]] ?? []).compactMap { $0["epochs"] as? Int }
        }
        try terminal.wait(for: "saved epochs of both trials") { _ in
            (try? epochs(searches()).count { $0 > 0 } == 2) ?? false
        }
        try terminal.press("q")
        try terminal.wait(for: "quit while search 1 runs?")
        try terminal.press("q")
        #expect(try terminal.waitForExit() == 0)
        #expect(try terminal.modes() == .plain)
        try terminal.wait(for: "search 1 stopped: `trainspotter search --resume --search 1")
        let left = try searches()
        #expect(left["state"] as? String == "interrupted")
        #expect((left["trials"] as? [[String: Any]])?.count == 2)
        let runs = try Program.run(
            ["runs", "list", "--columns", "id,state", "--store", folder.path("runs.sqlite")])
        #expect(!runs.output.contains("running"), "\(runs.output)")
        // It goes on behind what was saved: no epoch is trained twice.
        let resumed = try RunningProgram(["search", "--resume"] + place)
        _ = resumed.wait(for: "of disk while it runs")
        for _ in 0..<600 where try epochs(searches()).reduce(0, +) <= epochs(left).reduce(0, +) {
            Thread.sleep(forTimeInterval: 0.1)
        }
        resumed.signal(SIGINT)
        #expect(try resumed.end().status == 130)
        for (before, after) in zip(epochs(left), epochs(try searches())) { #expect(after >= before) }
    }
}
