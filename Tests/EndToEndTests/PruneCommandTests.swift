import Foundation
import TestSupport
import Testing

/// What saved runs take, and pruning them, with the real program.
@Suite(.timeLimit(.minutes(40))) struct PruneCommandTests {
    private let folder: TemporaryFolder
    private var store: [String] { ["--store", folder.path("runs.sqlite")] }

    init() throws {
        folder = try TemporaryFolder()
        try SomeDigits.write(to: folder)
    }

    private func run(_ arguments: String...) throws -> Program.Result { try Program.run(arguments + store) }

    private func train(_ words: String...) throws {
        let result = try Program.run(
            ["train"] + words + ["epochs=1", "batch=256", "--quiet", "--data", folder.path("digits")] + store)
        #expect(result.status == 0, "\(result.errors)")
    }

    private func json(_ arguments: String...) throws -> [String: Any] {
        let result = try Program.run(arguments + store)
        #expect(result.status == 0, "\(result.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }

    /// Numbers of the runs that are left.
    private var left: [String] {
        get throws {
            try run("runs", "list", "--columns", "id", "--sort", "-id").output.split(separator: "\n").dropFirst().map {
                $0.filter { $0 != " " }
            }
        }
    }

    @Test func `what a run takes is told, what would go is said, and nothing goes unasked`() throws {
        for units in [8, 16, 32] { try train("\(units)tanh") }
        try train("64tanh", "--name", "wide")
        let list = try run("runs", "list", "--columns", "id,size", "--sort", "size", "--filter", "size<10MB").output
        #expect(list.split(separator: "\n").count == 5 && list.contains(" kB"))
        let shown = try run("runs", "show", "3").output
        #expect(shown.contains("\ntakes    ") && shown.contains(": state ") && shown.contains(", weights "))
        let bytes = try #require(try json("runs", "show", "3", "--json")["bytes"] as? [String: Int])
        #expect(bytes["total"] == ["state", "weights", "predictions", "figures"].compactMap { bytes[$0] }.reduce(0, +))
        let size = try json("runs", "size", "--json")
        #expect(size["runs"] as? Int == 4 && (size["prunable"] as? [String: Int])?["states"] ?? 0 > 0)
        #expect(try run("runs", "size").output.contains("`runs prune` would give back\n--only states "))

        let tried = try run("runs", "prune", "--keep", "1", "--by", "id", "--dry-run")
        #expect(tried.status == 0, "\(tried.errors)")
        #expect(tried.output.hasPrefix("run  goes  ") && tried.output.contains("\nin all "))
        #expect(tried.errors == "nothing was changed: --dry-run\n")
        let refused = try run("runs", "prune", "--keep", "1")
        #expect(refused.status == 2)
        #expect(
            refused.errors.hasSuffix(
                "trainspotter: what is pruned can't be brought back: --yes prunes it without asking, "
                    + "--dry-run changes nothing\n"))
        #expect(try run("runs", "prune").status == 2)
        #expect(try left == ["1", "2", "3", "4"])

        let pruned = try run("runs", "prune", "--keep", "0", "--by", "id", "--yes", "--filter", "id>1")
        #expect(pruned.status == 0, "\(pruned.errors)")
        let told = pruned.errors.split(separator: "\n")
        #expect(told.count == 3 && told[0] == "run 4 stays: it has a name", "\(pruned.errors)")
        #expect(told[1].hasPrefix("pruned: 2 runs, ") && told[2].contains(" smaller: "))
        #expect(try left == ["1", "4"] && run("runs", "check").status == 0)
    }

    @Test func `states go, and the run is shown, tested and exported as before; only training on is refused`() throws {
        try train("16tanh")
        let out = folder.path("before.npz")
        #expect(try run("export", "1", "--format", "npz", "--out", out).status == 0)
        let before = try run("evaluate", "1").output
        #expect(try run("runs", "prune", "--only", "states", "--yes").errors.hasPrefix("pruned: 1 run, "))
        let bytes = try #require(try json("runs", "show", "1", "--json")["bytes"] as? [String: Int])
        #expect(bytes["state"] == 0 && bytes["weights"] ?? 0 > 0)
        #expect(try run("evaluate", "1").output == before)
        #expect(try run("export", "1", "--format", "npz", "--out", folder.path("after.npz")).status == 0)
        #expect(try folder.bytes(of: "before.npz") == folder.bytes(of: "after.npz"))
        let picture = try run("screenshot", "confusion", "--run", "1", "--out", folder.path("1.svg"))
        #expect(picture.status == 0, "\(picture.errors)")
        let refused = try run("runs", "continue", "1", "--epochs", "1")
        #expect(refused.status == 2)
        #expect(
            refused.errors
                == "trainspotter: run 1: its state is not saved any more; `trainspotter runs repeat 1` trains it again "
                + "from its start\n")
        #expect(try run("runs", "repeat", "1").status == 0)
        #expect(
            try run("runs", "prune", "--only", "states", "--filter", "id=1").errors == "there is nothing to prune\n")
    }

    @Test func `beyond the limit of the options train says so, or prunes as the options ask, and keeps its own run`()
        throws
    {
        let config = folder.path("config")
        func train(_ spec: String, _ lines: String) throws -> String {
            try folder.write(Array(lines.utf8), as: "config/trainspotter/config.toml")
            let result = try Program.shell(
                "XDG_CONFIG_HOME=\"$C\" \"$0\" train \(spec) epochs=1 batch=256 --quiet --data \"$D/digits\" "
                    + "--store \"$D/runs.sqlite\" >/dev/null",
                environment: ["C": config, "D": folder.path("")])
            #expect(result.status == 0, "\(result.errors)")
            return result.errors
        }
        #expect(try train("32tanh", "") == "" && train("33tanh", "store_limit = \"none\"\n") == "")
        let said = try train("34tanh", "store_limit = \"200 kB\"\n")
        #expect(said.hasPrefix("trainspotter: the saved runs take ") && said.contains(", and the limit is 200 kB: "))
        #expect(said.contains("`trainspotter runs prune --max-size 200kB --store "))
        #expect(try left == ["1", "2", "3"])
        let pruned = try train("35tanh", "store_limit = \"200 kB\"\nover_limit = \"prune\"\n")
        #expect(pruned.hasPrefix("trainspotter: over the limit of 200 kB: "), "\(pruned)")
        #expect(try left.count == 2 && left.contains("4"), "the best and its own")
        #expect(
            try train("36tanh", "store_limit = \"lots\"\n")
                == "trainspotter: config.toml, line 1: store_limit: expected none, or an amount such as 500MB or 2GB\n")
    }

    /// `TRAINSPOTTER_REPEATS=200` kills it 200 times.
    @Test func `a kill while it prunes leaves each run whole or gone`() throws {
        let units = 8...19
        for number in units { try train("\(number)relu") }
        let whole = folder.path("whole.sqlite")
        try FileManager.default.copyItem(atPath: folder.path("runs.sqlite"), toPath: whole)
        let rounds = ProcessInfo.processInfo.environment["TRAINSPOTTER_REPEATS"].flatMap(Int.init) ?? 12
        var left: [Int: Int] = [:]
        for round in 0..<rounds {
            let path = folder.path("round.sqlite")
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
            try FileManager.default.copyItem(atPath: whole, toPath: path)
            let command = [try Program.url().path, "runs", "prune", "--keep", "0", "--yes", "--store", path]
            let streams = [("/dev/null", O_RDONLY), ("/dev/null", O_WRONLY), ("/dev/null", O_WRONLY)]
            let process = try #require(Spawn.start(command, streams.map { ($0.0, $0.1) }))
            // From before it opens the store to after its end.
            usleep(UInt32(300_000 * round / rounds))
            kill(process, SIGKILL)
            _ = Spawn.wait(for: process)
            let check = try Program.run(["runs", "check", "--store", path])
            #expect(check.status == 0, "\(check.errors)")
            let listed = try Program.run(["runs", "list", "--json", "--store", path])
            let runs = try #require(
                try JSONSerialization.jsonObject(with: Data(listed.output.utf8)) as? [[String: Any]])
            left[runs.count, default: 0] += 1
            // The worst goes first, and each that is left has all of it.
            for run in runs {
                let bytes = try #require(run["bytes"] as? [String: Int])
                #expect(["state", "weights", "predictions"].allSatisfy { bytes[$0] ?? 0 > 0 }, "\(bytes)")
            }
        }
        #expect(left.values.reduce(0, +) == rounds && left.keys.allSatisfy { $0 <= units.count })
        print("killed while it pruned: runs left and how often", left.sorted { $0.key < $1.key })
    }
}
