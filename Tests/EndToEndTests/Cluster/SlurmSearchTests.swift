import Foundation
import TestSupport
import Testing

/// Searches on a cluster with the real program, whose Slurm is a stand-in.
@Suite(.timeLimit(.minutes(40))) struct SlurmSearchTests {
    private let folder: TemporaryFolder
    private let slurm: FakeSlurm

    init() throws {
        (folder, slurm) = (try TemporaryFolder(), try FakeSlurm())
        try SomeDigits.write(to: folder)
    }

    private var data: [String] { ["--data", folder.path("digits")] }
    private var place: [String] { ["--store", folder.path("runs.sqlite")] + data }
    private var jobs: String { folder.path("runs.sqlite.jobs") }

    /// The same trials on this machine, each to its end: epochs and loss by their lines.
    private func expected(_ space: String, _ more: String...) throws -> [String: [Double]] {
        let other = ["--store", folder.path("other.sqlite")] + data
        return try Found(
            ["search", space, "--no-halving", "--json", "-", "--quiet"] + more + other, environment: [:]
        ).reached
    }

    @Test func `every trial has the bits that it has on this machine, and nothing is left of its jobs`() throws {
        let space = "layers={8relu,8..32tanh} lr=1e-3..1e-1 optimizer={adam,sgd} drop={0,0.1} batch=64 epochs=4 val=0.2"
        let count = ["--trials", "9", "--repeats", "1"]
        let found = try Found(
            ["search", space, "--no-halving", "--engine", "slurm", "--workers", "2", "--json", "-"] + count + place,
            environment: slurm.environment)
        #expect(found.trials.count == 9 && found.trials.allSatisfy { $0["state"] as? String == "finished" })
        #expect(try found.reached == expected(space, "--trials", "9", "--repeats", "1"))
        #expect(found.value["test_accuracy"] is Double)
        #expect(try FileManager.default.contentsOfDirectory(atPath: jobs).isEmpty)
        // Once it is known how short they are, several are trained in one job.
        #expect(slurm.calls(of: "sbatch").count < 9)
        #expect(
            slurm.calls(of: "sbatch").allSatisfy { $0.contains("--no-requeue") && $0.contains("--cpus-per-task=1") })
        let checked = try Program.run(["runs", "check", "--store", folder.path("runs.sqlite")])
        #expect(checked.status == 0, "\(checked.output)")
        let list = try Program.run(["runs", "list", "--columns", "id,state,tag", "--store", folder.path("runs.sqlite")])
        #expect(list.output.split(separator: "\n").count { $0.contains("finished") && $0.contains("search-1") } == 9)
    }

    @Test func `trials stop at rungs and go on from their states, several side by side in a job`() throws {
        let space = "layers={8relu,8..32tanh} lr=1e-3..1e-1 batch=64 epochs=4 val=0.2"
        let found = try Found(
            ["search", space, "--trials", "8", "--reduction", "2", "--finalists", "1", "--repeats", "2"]
                + [
                    "--engine", "slurm", "--workers", "2", "--cpus-per-task", "2", "--sbatch",
                    "--mem=2G --constraint='a&b'",
                ]
                + ["--partition", "all", "--time", "10", "--shared-folder", folder.path("shared"), "--json", "-"]
                + place,
            environment: slurm.environment)
        let originals = found.trials.filter { $0["repeats"] is NSNull }
        #expect(originals.count == 8 && Set(originals.compactMap { $0["epochs"] as? Int }).isSuperset(of: [1, 4]))
        #expect(found.ranking.first?["seeds"] as? Int == 2)
        let all = try expected(space, "--trials", "8", "--repeats", "1")
        let whole = found.reached.filter { $0.value[0] == 4 && all[$0.key] != nil }
        #expect(!whole.isEmpty && whole.allSatisfy { all[$0.key] == $0.value })
        let call = try #require(slurm.calls(of: "sbatch").first)
        for word in [
            "--cpus-per-task=2", "--partition=all", "--time=10", "--mem=2G --constraint=a&b \(folder.path("shared"))/",
        ] {
            #expect(call.contains(word), "\(call)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("shared")).isEmpty)
    }

    @Test func `trials of nodes that fail go on from their newest states to the same bits`() throws {
        let space = "layers={16relu,24relu} lr={1e-3,1e-2} batch=32 epochs=80 val=0.2"
        try slurm.loseTasks(2)
        let running = try RunningProgram(
            ["search", space, "--sampler", "grid", "--no-halving", "--repeats", "1", "--engine", "slurm"]
                + ["--workers", "2", "--json", folder.path("found.json")] + place, environment: slurm.environment)
        #expect(running.wait(for: "was lost: its node failed on n1; it goes on after its"), "\(running.said)")
        let result = try running.end()
        #expect(result.status == 0, "\(result.errors)")
        let found = try Found(Data(folder.bytes(of: "found.json")))
        #expect(found.trials.count == 4 && found.trials.allSatisfy { $0["state"] as? String == "finished" })
        #expect(try found.reached == expected(space, "--sampler", "grid", "--repeats", "1"))
    }

    @Test func `a search that is killed leaves its jobs running, and takes up what they have done`() throws {
        let space = "layers={16relu,24relu} lr={1e-3,1e-2} batch=64 epochs=3 val=0.2"
        try slurm.hold(true)
        let first = try RunningProgram(
            ["search", space, "--sampler", "grid", "--no-halving", "--repeats", "1", "--engine", "slurm"]
                + ["--workers", "2"] + place, environment: slurm.environment)
        #expect(first.wait(for: "job 1: 2 tasks for 2 trials"), "\(first.said)")
        first.signal(SIGKILL)
        _ = try first.end()
        let second = try RunningProgram(["search", "--resume"] + place, environment: slurm.environment)
        #expect(second.wait(for: "2 trials of the session before still under way"), "\(second.said)")
        second.signal(SIGTERM)
        let left = try second.end()
        #expect(left.status == 130 && left.errors.contains("2 trials left running on Slurm"), "\(left.errors)")
        #expect(left.errors.contains("`trainspotter search --resume --search 1 --store"))
        try slurm.hold(false)
        let found = try Found(["search", "--resume", "--json", "-"] + place, environment: slurm.environment)
        #expect(found.trials.count == 4 && found.trials.allSatisfy { $0["state"] as? String == "finished" })
        #expect(try found.reached == expected(space, "--sampler", "grid", "--repeats", "1"))
        // The two that were under way were submitted once.
        let tasks = try slurm.folder.text(of: "jobs/list").split(separator: "\n").count
        #expect(tasks <= 4)
    }

    @Test func `Slurm's refusals are told in a line, and the search goes on where it was`() throws {
        let search = ["search", "8relu lr={1e-3,1e-2} epochs=1 batch=64", "--sampler", "grid", "--repeats", "1"]
        let none = try Program.run(
            search + ["--engine", "slurm"] + place, environment: ["PATH": "/nonexistent"])
        #expect(none.status == 1 && none.errors.contains("sbatch is not installed here"), "\(none.errors)")
        try slurm.refuse("sbatch", "sbatch: error: Batch job submission failed: Invalid partition name specified\n")
        let refused = try Program.run(
            ["search", "--resume", "--partition", "nope"] + place, environment: slurm.environment)
        #expect(refused.status == 1, "\(refused)")
        #expect(
            refused.errors.contains(
                "sbatch refused: Invalid partition name specified; `trainspotter search --resume --search 1 --store"),
            "\(refused.errors)")
        try slurm.folder.remove("jobs/sbatch.refuses")
        let found = try Found(["search", "--resume", "--json", "-"] + place, environment: slurm.environment)
        #expect(found.trials.count == 2 && found.trials.allSatisfy { $0["state"] as? String == "finished" })
    }

    @Test func `a job that can't begin is told with its last line, and the search stops`() throws {
        try slurm.hold(true)
        let running = try RunningProgram(
            ["search", "8relu lr={1e-3,1e-2} epochs=1", "--sampler", "grid", "--repeats", "1", "--engine", "slurm"]
                + place, environment: slurm.environment)
        #expect(running.wait(for: "job 1:"), "\(running.said)")
        // On the nodes there are other digits.
        try folder.writeDataset(trainLabels: [1, 2, 3, 4], testLabels: [1, 2])
        for name in ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"] {
            try folder.remove("digits/\(name)-ubyte")
            try FileManager.default.moveItem(
                atPath: folder.path("\(name)-ubyte"), toPath: folder.path("digits/\(name)-ubyte"))
        }
        try slurm.hold(false)
        let result = try running.end()
        #expect(result.status == 1, "\(result.errors)")
        #expect(
            result.errors.contains("no task has brought anything back; it exited with status 1"), "\(result.errors)")
        #expect(result.errors.contains("has other images or labels here than where the search was started"))
    }

    @Test(arguments: [
        (["8relu", "--partition", "all"], "--partition: expected --engine slurm, too"),
        (
            ["8relu teacher=sha256:0123456789abcdef", "--engine", "slurm"],
            "--engine slurm: nodes don't have the saved weights"
        ),
        (["8relu", "--engine", "local", "--time", "5"], "--time: expected --engine slurm, too"),
        (["8relu", "--engine", "slurm", "--time", "soon"], "--time soon: expected minutes"),
        (["8relu", "--engine", "slurm", "--cpus-per-task", "0"], "--cpus-per-task 0: expected 1 to 1024"),
        (["8relu", "--engine", "slurm", "--sbatch", "'x"], "--sbatch 'x: a quote has no end"),
        (["8relu", "--engine", "pbs"], "pbs"),
        (["--resume", "--engine", "slurm"], "--engine: that of a search is fixed"),
        (["--resume", "--shared-folder", "x"], "--shared-folder: that of a search is fixed"),
    ])
    func `what can't be is refused before anything is submitted`(arguments: [String], reason: String) throws {
        let result = try Program.run(["search"] + arguments + place, environment: slurm.environment)
        #expect(result.status == 2 && result.output.isEmpty, "\(result)")
        #expect(result.errors.split(separator: "\n").last?.contains(reason) == true, "\(result.errors)")
        #expect(slurm.calls(of: "sbatch").isEmpty)
    }

    @Test func `a search of this machine takes no options of Slurm`() throws {
        let first = try RunningProgram(["search", "8relu lr=1e-3..1e-2 epochs=500", "--no-halving"] + place)
        #expect(first.wait(for: "of disk while it runs"))
        first.signal(SIGKILL)
        _ = try first.end()
        let result = try Program.run(
            ["search", "--resume", "--partition", "all"] + place, environment: slurm.environment)
        #expect(result.status == 2 && result.errors.contains("--partition: search 1 is trained on this machine"))
    }
}

/// What a search's JSON says.
struct Found {
    let value: [String: Any]
    var trials: [[String: Any]] { value["trials"] as? [[String: Any]] ?? [] }
    var ranking: [[String: Any]] { value["ranking"] as? [[String: Any]] ?? [] }

    /// Runs a search whose JSON goes to standard output.
    init(_ arguments: [String], environment: [String: String]) throws {
        let result = try Program.run(arguments, environment: environment)
        #expect(result.status == 0, "\(result.errors)")
        try self.init(Data(result.output.utf8))
    }

    init(_ json: Data) throws { value = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any]) }

    /// Epochs and validation loss of each line.
    var reached: [String: [Double]] {
        Dictionary(
            uniqueKeysWithValues: trials.map { trial in
                let figures = [trial["epochs"], trial["val_loss"]].map { ($0 as? NSNumber)?.doubleValue ?? .nan }
                return (trial["line"] as? String ?? "", figures)
            })
    }
}
