import Cluster
import Search
import TestSupport
import Testing

/// What is given to Slurm, and the files that nodes read.
@Suite struct ClusterFolderTests {
    private struct Recorded: CommandRunner {
        let answer: @Sendable ([String]) -> CommandOutput
        func run(_ words: [String]) throws(SlurmFault) -> CommandOutput { answer(words) }
    }

    @Test func `an array is submitted with what it needs, and the user's own options have the last word`() throws {
        var options = SlurmOptions()
        (options.partition, options.account, options.time, options.processors) = ("long", "course", "2:00:00", 4)
        options.others = ["--mem=2G", "--comment=two words"]
        let array = Slurm.Array(
            name: "trainspotter-3-ab", count: 12, script: ["/s/task.sh", "/s/batches/ab.json"], log: "/s/logs/ab_%a.log"
        )
        #expect(
            Slurm.words(array, options) == [
                "--parsable", "--job-name=trainspotter-3-ab", "--array=0-11", "--no-requeue", "--ntasks=1",
                "--cpus-per-task=4", "--output=/s/logs/ab_%a.log", "--partition=long", "--account=course",
                "--time=2:00:00", "--mem=2G", "--comment=two words", "/s/task.sh", "/s/batches/ab.json",
            ])
        let slurm = Slurm(
            Recorded { words in
                CommandOutput(status: 0, output: words[0] == "sbatch" ? "41;two\n" : "", errors: "")
            })
        #expect(try slurm.submit(array, options) == 41)
    }

    @Test func `the script runs this program, whatever is in its path`() {
        #expect(
            ClusterFolder.script(program: "/home/o'hara/my bin/trainspotter") == #"""
                #!/bin/sh
                # An array task of a search: trains the trials of its place in the list.
                exec '/home/o'\''hara/my bin/trainspotter' search-task "$1" "$SLURM_ARRAY_TASK_ID"

                """#)
    }

    @Test func `a folder with a percent sign is written twice for sbatch's pattern`() {
        #expect(ClusterFolder("/s/50%").logPattern(of: "b") == "/s/50%%/logs/b_%a.log")
        #expect(ClusterFolder("/s/50%").log(of: "b", "3") == "/s/50%/logs/b_3.log")
    }

    @Test func `a batch reads back as it was written, and a search's end leaves nothing but logs of what went wrong`()
        throws
    {
        let scratch = try TemporaryFolder()
        let folder = ClusterFolder(scratch.path("shared/search-1"))
        try folder.prepare(program: "/bin/true")
        let work = ClusterWork(
            trial: 4, line: "8relu lr=0.1", rung: nil, until: 9, attempt: "a1", hasState: false, cost: 2)
        let batch = ClusterBatch(
            name: "trainspotter-1-x", search: 1, data: "mnist", dataFolder: nil, digest: "00", processors: 2,
            tasks: [[work], []])
        try folder.write(batch)
        #expect(folder.batches() == [batch])
        #expect(try folder.state(of: work) == nil)
        try scratch.write("{", as: "shared/search-1/batches/broken.json")
        try scratch.write("something\n  the end\n\n", as: "shared/search-1/logs/trainspotter-1-x_0.log")
        #expect(folder.batches() == [batch] && folder.lastWords(of: batch.name, 0) == "  the end")
        #expect(folder.lastWords(of: batch.name, 1) == nil)
        folder.remove(batch, keepingLogs: true)
        folder.clear()
        #expect(
            try scratch.contents() == [
                "shared", "shared/search-1", "shared/search-1/logs", "shared/search-1/logs/trainspotter-1-x_0.log",
            ])
        try folder.prepare(program: "/bin/true")
        folder.remove(batch, keepingLogs: false)
        folder.clear()
        #expect(try scratch.contents() == ["shared"])
    }

    @Test func `a task's end is asked of scontrol, then of sacct, and is unknown where neither knows it`() {
        func end(_ answers: [String: String]) -> String {
            let slurm = Slurm(
                Recorded { words in
                    answers[words[0]].map { CommandOutput(status: 0, output: $0, errors: "") }
                        ?? CommandOutput(
                            status: 1, output: "", errors: "slurm_load_jobs error: Invalid job id specified")
                })
            return slurm.end(of: 2, in: 7).description
        }
        #expect(end(["scontrol": "JobId=9 JobState=TIMEOUT ExitCode=0:0 NodeList=n1\n"]) == "its time was up on n1")
        #expect(end(["sacct": "NODE_FAIL|0:0|n2\n"]) == "its node failed on n2")
        #expect(end([:]) == "Slurm does not know it any more")
        #expect(
            Slurm(Recorded { _ in CommandOutput(status: 1, output: "", errors: "") }).end(of: 0, in: nil).ending == nil)
    }

    @Test func `a list that Slurm does not give passes, whatever it says`() throws {
        let slurm = Slurm(Recorded { _ in CommandOutput(status: 1, output: "", errors: "squeue: error: whatever") })
        #expect(throws: SlurmFault.passes(command: "squeue", reason: "whatever")) { try slurm.list(["a"]) }
        let quiet = Slurm(Recorded { _ in CommandOutput(status: 0, output: "", errors: "") })
        #expect(try quiet.list([]).lines.isEmpty)
    }
}
