import Cluster
import Testing

/// What Slurm's commands print, as they did in version 22.05.
@Suite struct SlurmParsingTests {
    @Test func `squeue's lines become tasks by their places, and lines of other jobs are passed over`() {
        let listing = SlurmListing(
            parsing: """
                1|0|RUNNING|None|n1|trainspotter-1-ab
                1|3|PENDING|Resources||trainspotter-1-ab
                2|0|NODE_FAIL|None|n2|trainspotter-1-cd
                6|N/A|PENDING|None||t.sh
                7|-1|PENDING|None||odd
                slurm_load_jobs error: Socket timed out

                """)
        #expect(listing.lines.count == 3)
        let first = listing.lines[.init(name: "trainspotter-1-ab", index: 0)]
        #expect(first == .init(job: 1, state: .running, reason: "", node: "n1"))
        let waiting = listing.lines[.init(name: "trainspotter-1-ab", index: 3)]
        #expect(waiting == .init(job: 1, state: .waiting, reason: "Resources", node: ""))
        #expect(listing.lines[.init(name: "trainspotter-1-cd", index: 0)]?.state == .ended(.nodeFailed))
    }

    @Test(arguments: [
        ("PENDING", SlurmState.waiting), ("REQUEUE_HOLD", .waiting), ("RUNNING", .running), ("COMPLETING", .running),
        ("CONFIGURING", .running), ("SUSPENDED", .running), ("SOME_STATE_OF_2040", .running),
        ("COMPLETED", .ended(.completed)), ("CANCELLED by 1000", .ended(.cancelled)),
        ("CANCELLED+", .ended(.cancelled)),
        ("OUT_OF_MEMORY", .ended(.outOfMemory)), ("TIMEOUT", .ended(.timedOut)), ("PREEMPTED", .ended(.preempted)),
    ])
    func `a state is one that waits, one that runs, or an end`(word: String, state: SlurmState) {
        #expect(SlurmState(parsing: word) == state)
    }

    @Test func `no word is no state`() {
        #expect(SlurmState(parsing: "") == nil && SlurmState(parsing: "  ") == nil)
    }

    @Test func `scontrol's line tells how a task ended`() throws {
        let line = """
            JobId=4 ArrayJobId=1 ArrayTaskId=2 JobName=trainspotter-ab-1 UserId=root(0) JobState=%@ Reason=NonZeroExitCode \
            Dependency=(null) Requeue=0 ExitCode=%@ RunTime=00:00:03 NodeList=%@ Command=/x/t.sh JobState=COMPLETED
            """
        func end(_ state: String, _ code: String, _ node: String) -> TaskEnd? {
            var text = line
            for value in [state, code, node] {
                guard let mark = text.firstRange(of: "%@") else { continue }
                text.replaceSubrange(mark, with: value)
            }
            return TaskEnd(parsing: text)
        }
        #expect(end("FAILED", "2:0", "n1")?.description == "it exited with status 2 on n1")
        #expect(end("FAILED", "0:9", "n1")?.description == "signal 9 ended it on n1")
        #expect(end("NODE_FAIL", "0:0", "n2")?.description == "its node failed on n2")
        #expect(end("CANCELLED", "0:0", "(null)")?.description == "it was cancelled")
        #expect(end("TIMEOUT", "0:0", "n1")?.description == "its time was up on n1")
        #expect(end("OUT_OF_MEMORY", "0:125", "n1")?.description == "its memory was too little on n1")
        #expect(end("COMPLETED", "0:0", "n1")?.description == "it ended without its results on n1")
        #expect(end("RUNNING", "0:0", "n1") == nil && TaskEnd(parsing: "") == nil)
    }

    @Test func `so does sacct's`() {
        #expect(TaskEnd(accounting: "NODE_FAIL|1:0|n2")?.description == "its node failed on n2")
        #expect(TaskEnd(accounting: "CANCELLED by 1000|0:15|None assigned")?.description == "it was cancelled")
        #expect(TaskEnd(accounting: "FAILED|127:0|n1")?.description == "it exited with status 127 on n1")
        #expect(TaskEnd(accounting: "PENDING|0:0|") == nil && TaskEnd(accounting: "no line") == nil)
    }

    @Test
    func `sbatch answers with a number, behind which a cluster's name and before which lines of the site may stand`() {
        #expect(Slurm.job("123\n") == 123 && Slurm.job("123;two\n") == 123 && Slurm.job("Welcome!\n77\n") == 77)
        #expect(Slurm.job("") == nil && Slurm.job("Submitted batch job") == nil && Slurm.job("0") == nil)
    }

    @Test func `what passes, what is too many and what never works are told apart, in Slurm's own words`() {
        let down = SlurmFault(
            parsing:
                "sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)\n",
            command: "sbatch")
        #expect(
            down.description == "sbatch did not work: Unable to contact slurm controller (connect failure)")
        guard case .passes = down else { return #expect(Bool(false), "\(down)") }
        let partition = SlurmFault(
            parsing: """
                sbatch: error: invalid partition specified: nope
                sbatch: error: Batch job submission failed: Invalid partition name specified
                """, command: "sbatch")
        #expect(
            partition
                == .refused(
                    command: "sbatch",
                    reason: "invalid partition specified: nope; Invalid partition name specified"))
        let many = SlurmFault(
            parsing: """
                sbatch: error: AssocMaxSubmitJobLimit
                sbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's \
                size and/or time limits)
                """, command: "sbatch")
        guard case .limit(let reason) = many else { return #expect(Bool(false), "\(many)") }
        #expect(reason.hasPrefix("AssocMaxSubmitJobLimit; Job violates accounting/QOS policy"))
        for text in [
            "squeue: error: slurm_receive_msg: Zero Bytes were transmitted or received",
            "slurm_load_jobs error: Socket timed out on send/recv operation",
            "sbatch: error: Munge encode failed: Failed to access \"/run/munge/munge.socket.2\"",
        ] {
            guard case .passes = SlurmFault(parsing: text, command: "squeue") else {
                Issue.record("\(text)")
                continue
            }
        }
        #expect(
            SlurmFault(parsing: "", command: "sbatch") == .refused(command: "sbatch", reason: "no reason was given"))
    }

    @Test(arguments: [
        ("30", 1800), ("1:30", 90), ("2:00:00", 7200), ("1-12", 129_600), ("1-0:30", 88_200), ("2-1:1:1", 176_461),
    ])
    func `a limit of time is read as sbatch reads it`(text: String, seconds: Int) {
        #expect(SlurmTime(parsing: text)?.seconds == seconds)
    }

    @Test(arguments: [
        "", "x", "0", "1:", ":1", "1:2:3:4", "1-", "1-2-3", "-5", "1.5", "99999999999999999999", "1-1:1:1:1",
    ])
    func `what is no limit of time is none`(text: String) { #expect(SlurmTime(parsing: text) == nil) }

    @Test func `options are divided into words as a shell divides them`() {
        #expect(
            ShellWords(parsing: #"--mem=2G  --comment="two words" -C 'a&b' x\ y ''"#)?.words
                == ["--mem=2G", "--comment=two words", "-C", "a&b", "x y", ""])
        #expect(ShellWords(parsing: "  ")?.words == [])
        #expect(ShellWords(parsing: "'open") == nil && ShellWords(parsing: "end\\") == nil)
    }
}
