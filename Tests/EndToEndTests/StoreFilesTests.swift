import Foundation
import GRDB
import TestSupport
import Testing

/// Files of the store under other conditions: modes, limits, signals, places that can't be written.
@Suite(.timeLimit(.minutes(40))) struct StoreFilesTests {
    private let folder: TemporaryFolder
    private let train = "train 4relu epochs=2 batch=8 --quiet --threads 1 --data"

    init() throws {
        folder = try TemporaryFolder()
        try folder.writeDataset(
            trainLabels: (0..<60).map { UInt8($0 % 3) }, testLabels: (0..<20).map { UInt8($0 % 3) })
    }

    private func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: folder.path(name))[.posixPermissions] as? Int
    }

    private func shell(_ line: String) throws -> Program.Result {
        try Program.shell(line, environment: ["XDG_DATA_HOME": folder.path("data"), "D": folder.path])
    }

    /// Starts a run that is held once the test no longer reads its progress.
    private func startRun(_ options: [String] = [], setUp: String = ":") throws -> RunningProgram {
        try RunningProgram(
            ["train", "4relu", "epochs=1000000", "batch=8", "--threads", "1", "--data", folder.path] + options,
            setUp: setUp, environment: ["XDG_DATA_HOME": folder.path("data")])
    }

    @Test(
        "Store and folders are their owner's alone, whatever the umask; a bundle is a file like any other",
        arguments: ["000", "022", "277"])
    func keepsModes(umask: String) throws {
        let result = try shell("umask \(umask); \"$0\" \(train) \"$D\"")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try mode("data") == 0o700)
        #expect(try mode("data/trainspotter") == 0o700)
        #expect(try mode("data/trainspotter/runs.sqlite") == 0o600)
        #expect(try shell("umask 022; \"$0\" runs export 1 --bundle \"$D/one.run\"").status == 0)
        #expect(try mode("one.run") == 0o644)
        #expect(try shell("umask 000; \"$0\" runs salvage \"$D/rescued.sqlite\"").status == 0)
        #expect(try mode("rescued.sqlite") == 0o600)
        // While a program has the store open, its journal and shared memory are there, too.
        let program = try startRun(setUp: "umask 000")
        // Before it trains a signal ends it at once, as it ends any program.
        try #require(program.wait(for: "epoch 3/"), "\(program.said.suffix(500))")
        let beside = ["data/trainspotter/runs.sqlite-wal", "data/trainspotter/runs.sqlite-shm"]
        try #require(Patience.wait { beside.allSatisfy { FileManager.default.fileExists(atPath: folder.path($0)) } })
        #expect(try beside.map(mode) == [0o600, 0o600])
        program.signal(SIGTERM)
        #expect(try program.end().status == 130)
    }

    @Test("A store that can't be made or written says why, and how to train without one")
    func saysWhyNot() throws {
        try folder.write("a file", as: "data")
        let result = try shell("\"$0\" \(train) \"$D\"")
        #expect(result.status == 2)
        #expect(
            result.errors == """
                trainspotter: \(folder.path("data")): a file is there, and a folder is needed; --store FILE saves \
                elsewhere, --no-save not at all

                """)
        #expect(try shell("\"$0\" \(train) \"$D\" --no-save").status == 0)
    }

    @Test(
        "A limit on the size of files is a save that fails and is tried again, not an end; the run still trains",
        .disabled(if: Sanitizer.isOfThreads, Comment(rawValue: Sanitizer.writesFiles)))
    func survivesLimits() throws {
        // 8 blocks of 512 or 1,024 bytes: less than the tables of an empty store take.
        let result = try shell("ulimit -f 8; \"$0\" \(train) \"$D\"")
        #expect(result.status == 1)
        #expect(result.output.contains("accuracy"))
        #expect(result.errors.contains("it still trains, and saving is tried again: "))
        #expect(result.errors.contains("larger than this program may write"))
        #expect(!result.errors.contains("locked"))
        // And once there is room, the same place takes a run.
        #expect(try shell("\"$0\" \(train) \"$D\"").status == 0)
        #expect(try shell("\"$0\" runs check").output.hasSuffix("1 run, all of it can be read\n"))
    }

    @Test(
        "A salvage that finds no room leaves nothing that the next one would meet",
        .disabled(if: Sanitizer.isOfThreads, Comment(rawValue: Sanitizer.writesFiles)))
    func salvagesAgain() throws {
        #expect(try shell("\"$0\" \(train) \"$D\"").status == 0)
        let result = try shell("ulimit -f 60; TMPDIR=\"$D\" \"$0\" runs salvage \"$D/rescued.sqlite\"")
        #expect(result.status == 1, "\(result.errors)")
        #expect(result.errors.contains("larger than this program may write"))
        #expect(try folder.names().filter { $0.contains("rescued") || $0.contains("trainspotter-") } == [])
        #expect(try shell("\"$0\" runs salvage \"$D/rescued.sqlite\"").status == 0)
    }

    @Test(
        "A store that can't be copied before it is brought up to date is left as it is, with nothing beside it",
        .disabled(if: Sanitizer.isOfThreads, Comment(rawValue: Sanitizer.writesFiles)))
    func keepsStoreWithoutBackup() throws {
        let path = "data/trainspotter/runs.sqlite"
        try folder.write([], as: path)
        try DatabaseQueue(path: folder.path(path)).write { database in
            try database.execute(sql: OldStores.firstLayout)
            try database.execute(
                sql: "INSERT INTO event VALUES (3, 1, 'paused', 1, 1, 1, 1, ?)",
                arguments: [String(repeating: "x", count: 200_000)])
        }
        let before = try folder.bytes(of: path)
        let result = try shell("ulimit -f 60; \"$0\" runs list")
        #expect(result.status == 1, "\(result.errors)")
        #expect(result.errors.contains("before-layout"))
        #expect(try folder.bytes(of: path) == before)
        #expect(try folder.contents().filter { $0.contains("before") } == [])
    }

    @Test("Ctrl-C while a copy is made leaves nothing of it")
    func removesCopyAtInterrupt() throws {
        // What never comes to an end: a pipe that nobody fills.
        let pipe = folder.path("pipe")
        try #require(mkfifo(pipe, 0o600) == 0)
        let writer = open(pipe, O_RDWR)
        defer { close(writer) }
        let temporary = folder.path("temporary")
        try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = try Program.url()
        process.arguments = ["runs", "salvage", folder.path("rescued.sqlite"), "--store", pipe]
        process.environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": temporary]) { $1 }
        (process.standardInput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: temporary) }
        #expect(try Patience.wait { try names().count == 1 })
        process.interrupt()
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        #expect(process.terminationStatus == SIGINT)
        #expect(try names() == [])
    }

    @Test("Ctrl-C while a bundle is written leaves nothing of it")
    func removesDraftAtInterrupt() throws {
        let store = ["--store", folder.path("large.sqlite")]
        let trained = try Program.run(
            ["train", "1500relu-1500relu", "epochs=1", "batch=60", "--quiet", "--data", folder.path] + store)
        #expect(trained.status == 0, "\(trained.errors)")
        // Where it was done before it was stopped, once more.
        let wasWriting = try (1...100).contains { _ in try interruptsExport(store) }
        #expect(wasWriting)
    }

    /// Starts to write a bundle, and presses Ctrl-C.
    ///
    /// - Returns: whether it was in the midst of it. The program is stopped while that is looked at.
    private func interruptsExport(_ store: [String]) throws -> Bool {
        let out = try TemporaryFolder()
        let program = try RunningProgram(["runs", "export", "1", "--bundle", out.path("wide.run")] + store)
        #expect(try Patience.wait { try !out.names().isEmpty })
        program.signal(SIGSTOP)
        #expect(program.waitUntilStopped())
        let names = try out.names()
        program.signal(SIGINT)
        program.signal(SIGCONT)
        let status = try program.end().status
        // Written under another name, and then moved to its own.
        guard names.allSatisfy({ $0.hasPrefix(".trainspotter-") }), status != 0 else { return false }
        #expect(status == -SIGINT)
        #expect(try out.names() == [])
        return true
    }

    @Test("A bundle is no stream, and a bundle that is not there is said not to be there")
    func refusesBundles() throws {
        #expect(try shell("\"$0\" \(train) \"$D\"").status == 0)
        let stream = try shell("\"$0\" runs export 1 --bundle -")
        #expect(stream.status == 2 && stream.output.isEmpty)
        #expect(
            stream.errors
                == "trainspotter: --bundle -: a bundle is a database, not a stream; expected a file\n")
        let missing = try shell("\"$0\" runs import \"$D/none.run\"")
        #expect(missing.status == 2)
        #expect(missing.errors == "trainspotter: \(folder.path("none.run")): there is no such file\n")
    }

    /// Whether this machine lets a test make a small disk.
    static let canMount =
        (try? Program.shell(
            "mkdir \"$D\" && mount -t tmpfs -o size=64k none \"$D\" && umount \"$D\"; rmdir \"$D\"",
            environment: ["D": NSTemporaryDirectory() + "trainspotter-\(UUID().uuidString)"]
        ).status) == 0

    @Test(
        "On a full disk the run still trains, and once there is room the run is saved",
        .enabled(if: StoreFilesTests.canMount, "needs the right to mount a file system in memory"))
    func survivesFullDisk() throws {
        // Without the file that fills it up, the disk has room.
        let filled = try shell(
            """
            mkdir "$D/disk" && mount -t tmpfs -o size=2m none "$D/disk" || exit 1
            dd if=/dev/zero of="$D/disk/filler" bs=4k 2>/dev/null; [ -s "$D/disk/filler" ]
            """)
        defer { _ = try? shell("umount -l \"$D/disk\"") }
        try #require(filled.status == 0, "\(filled.errors)")
        let store = ["--store", folder.path("disk/runs.sqlite")]
        let program = try startRun(store)
        #expect(program.wait(for: "epoch 3/"))
        let refusal = "it still trains, and saving is tried again: \(store[1]): the disk is full"
        #expect(program.wait(for: refusal), "\(program.said.suffix(500))")
        try folder.remove("disk/filler")
        #expect(program.wait(for: "the run is saved as run 1"), "\(program.said.suffix(500))")
        program.signal(SIGTERM)
        #expect(try program.end().status == 130)
        let list = try Program.run(["runs", "list", "--columns", "id,state"] + store)
        #expect(list.output == "id  state\n 1  interrupted\n")
    }

    @Test("A store that is removed while a run trains is told, and the run is saved anew")
    func savesAnew() throws {
        let program = try startRun()
        #expect(program.wait(for: "epoch 3/"))
        // Before it there is no store that could be removed.
        try #require(Patience.wait { (try? mode("data/trainspotter/runs.sqlite")) != nil })
        try folder.remove("data/trainspotter")
        #expect(program.wait(for: "is saved again"), "\(program.said.suffix(500))")
        #expect(program.said.contains("the run store was removed or replaced while it was in use"))
        program.signal(SIGTERM)
        #expect(try program.end().status == 130)
        #expect(try shell("\"$0\" runs check").output.hasSuffix("1 run, all of it can be read\n"))
        #expect(try shell("\"$0\" runs list --columns id,state").output == "id  state\n 1  interrupted\n")
    }

    @Test("Bundles are taken in one after another; one that is no bundle, or there already, keeps no other out")
    func importsSeveral() throws {
        #expect(try shell("\"$0\" \(train) \"$D\"; \"$0\" \(train) \"$D\" seed=2").status == 0)
        #expect(
            try shell("\"$0\" runs export 1 --bundle \"$D/a.run\"; \"$0\" runs export 2 --bundle \"$D/b.run\"").status
                == 0)
        let result = try shell("cd \"$D\"; \"$0\" runs import a.run none.run b.run a.run --store other.sqlite")
        #expect(result.status == 2)
        #expect(result.output == "run 1\nrun 2\n")
        #expect(
            result.errors == """
                trainspotter: none.run: there is no such file
                a.run: it is saved already, as run 1; nothing was imported

                """)
    }

    @Test("A run that lacks an epoch is watched to its end, and the check names what is missing")
    func watchesWithMissingEpoch() throws {
        #expect(try shell("\"$0\" \(train) \"$D\"").status == 0)
        try DatabaseQueue(path: folder.path("data/trainspotter/runs.sqlite")).write {
            try $0.execute(sql: "DELETE FROM epoch WHERE epoch = 2")
        }
        let watched = try shell("\"$0\" watch 1")
        #expect(watched.status == 0)
        #expect(watched.errors.hasSuffix("trainspotter: run 1: epoch 2 of its 2 is missing\n"))
        let check = try shell("\"$0\" runs check")
        #expect(check.status == 1)
        #expect(check.errors == "trainspotter: run 1: epoch 2 of its 2 is missing\n")
    }

    @Test("A name that would be taken for a number or the last run is refused")
    func refusesNames() throws {
        for name in ["12", "last"] {
            let result = try shell("\"$0\" \(train) \"$D\" --name \(name)")
            #expect(result.status == 2)
            #expect(result.errors.contains("\(name): a run can't have this name"))
        }
        #expect(try shell("\"$0\" \(train) \"$D\"").status == 0)
        #expect(try shell("\"$0\" runs rename 1 7").status == 2)
    }
}
