import Foundation
import TestSupport
import Testing

/// The disk fails at each call of each command: what was saved stays, a run can be resumed to the same bits, the message
/// says which file and why, the status is 0 only where the result is there, and nothing is left behind.
///
/// The calls are those of the C library, of SQLite as well as of ourselves (`Tests/CFaults`).
@Suite(
    .timeLimit(.minutes(60)),
    .enabled(if: FaultLibrary.obstacle == nil, "the library of faults can't be loaded before a sanitizer"))
struct DiskFaultTests {
    /// How much is tried: `make faults` sets the variable.
    private enum Extent: String {
        /// Some calls of each command.
        case some
        /// Every call in one of the ways in which it can fail, in turn.
        case once
        /// Every call in every way.
        case all

        static let present =
            ProcessInfo.processInfo.environment["TRAINSPOTTER_EVERY_FAULT"].flatMap(Extent.init) ?? .some
    }

    private static let some = 8

    /// The commands that are tried: all, or those whose names begin with what `make faults OF=...` says.
    private static let commands = FaultyCommand.all.filter {
        $0.name.hasPrefix(ProcessInfo.processInfo.environment["TRAINSPOTTER_FAULTS_OF"] ?? "")
    }

    /// What a disk says to such a call; 0: it takes one half of a write.
    private static let errors: [DiskFault.Call: [Int32]] = [
        .write: [ENOSPC, EIO, 0], .sync: [EIO, ENOSPC], .rename: [EIO, ENOSPC], .open: [EIO, ENOSPC, EACCES, EMFILE],
        .truncate: [EIO], .remove: [EIO], .folder: [ENOSPC, EACCES],
    ]

    /// All faults of a command that did so much.
    private static func faults(_ events: [DiskEvent]) -> [DiskFault] {
        DiskFault.Call.allCases.flatMap { call -> [DiskFault] in
            let count = events.count { $0.call == call }
            let errors = errors[call] ?? []
            return (0..<count).flatMap { index -> [DiskFault] in
                let ways = errors.flatMap { error in
                    [false, true].map { DiskFault(call, index + 1, goesOn: $0, error: error) }
                }
                return Extent.present == .once ? [ways[index % ways.count]] : ways
            }
        }
    }

    /// A command, the fault, the status, and all that is printed to standard error.
    private static let words: [(arguments: String, fault: DiskFault, status: Int32, errors: String)] = [
        (
            "runs rename 1 wide --store $D/runs.sqlite", DiskFault(.write, 1, goesOn: true, error: ENOSPC), 1,
            "trainspotter: $D/runs.sqlite: the disk is full\n"
        ),
        (
            "runs rename 1 wide --store $D/runs.sqlite", DiskFault(.open, 1, goesOn: true, error: EMFILE), 1,
            "trainspotter: $D/runs.sqlite: a file beside it can't be made: Too many open files\n"
        ),
        (
            "runs rename 1 wide --store $D/runs.sqlite", DiskFault(.open, 1, goesOn: true, error: EROFS), 2,
            "trainspotter: $D/runs.sqlite: the run store can't be written (read-only)\n"
        ),
        ("runs show 1 --spec --store $D/runs.sqlite", DiskFault(.write, 1, goesOn: true, error: ENOSPC), 0, ""),
        ("runs check --store $D/runs.sqlite", DiskFault(.open, 1, goesOn: true, error: EMFILE), 0, ""),
        (
            "train 4relu epochs=1 --quiet --data $I --store $D/runs.sqlite",
            DiskFault(.write, 20, goesOn: true, error: EIO), 1,
            "trainspotter: run 2: its last moments are not saved: $D/runs.sqlite: disk I/O error\n"
        ),
        (
            "train 4relu epochs=1 --quiet --data $I --store $D/new.sqlite",
            DiskFault(.write, 1, goesOn: true, error: EIO), 1,
            "trainspotter: $D/new.sqlite: disk I/O error; --store FILE saves elsewhere, --no-save not at all\n"
        ),
        (
            "export 1 --format csv --out $D/m.csv --store $D/runs.sqlite",
            DiskFault(.rename, 1, goesOn: false, error: ENOSPC), 1,
            "trainspotter: --out $D/m.csv: can't be written: No space left on device\n"
        ),
        (
            "export 1 --format npy --out $D/a/b --data $I --store $D/runs.sqlite",
            DiskFault(.folder, 2, goesOn: false, error: ENOSPC), 1,
            "trainspotter: $D/a/b: can't be written: No space left on device\n"
        ),
        (
            "runs export 1 --bundle $D/one.run --store $D/runs.sqlite",
            DiskFault(.rename, 1, goesOn: false, error: EIO), 1,
            "trainspotter: $D/one.run: it can't be made: Input/output error\n"
        ),
        (
            "train 4relu epochs=1 --quiet --data $I --no-save --tensorboard $D/tb",
            DiskFault(.folder, 1, goesOn: false, error: ENOSPC), 1,
            "trainspotter: --tensorboard $D/tb: can't be written: No space left on device\n"
        ),
    ]

    @Test("The message names the file and the reason; a store on a full disk is still read", arguments: words.indices)
    func messages(index: Int) throws {
        let (arguments, fault, status, errors) = Self.words[index]
        let inputs = try FaultyInputs()
        let command = FaultyCommand(name: arguments, arguments: arguments, hasStore: true, result: .files([]))
        let run = try FaultyRun(command, fault, inputs)
        #expect(run.result.status == status, "\(run.result)")
        #expect(run.result.errors.hasSuffix(errors.replacing("$D", with: run.folder.path)), "\(run.result)")
        if errors.isEmpty { #expect(run.result.errors.isEmpty, "\(run.result)") }
    }

    @Test("Whichever call a disk refuses, nothing is lost or left behind, and what is said is true")
    func eachCall() async throws {
        let inputs = try FaultyInputs()
        var work: [(fault: DiskFault, whole: FaultyRun)] = []
        for (index, command) in Self.commands.enumerated() {
            let log = inputs.folder.path("log-\(index)")
            let whole = try FaultyRun(command, nil, inputs, log: log)
            #expect(whole.result.status == 0, "\(command): \(whole.result)")
            try whole.checkResult(whole, "\(command)")
            let faults = Self.faults(DiskEvent.all(in: try inputs.folder.bytes(of: "log-\(index)")))
            #expect(faults.count > 10, "\(command) writes")
            let chosen =
                Extent.present != .some
                ? Array(faults.indices)
                : (0..<Self.some).map { number in
                    // Others for each command.
                    (number * faults.count + index * faults.count / Self.commands.count) / Self.some
                }
            work += chosen.filter(faults.indices.contains).map { (faults[$0], whole) }
        }
        let all = work
        // A run whose saves fail waits some seconds before it gives up.
        await BesideEachOther.each(all.count, width: 8) { index in
            let (fault, whole) = all[index]
            do { try FaultyRun(whole.command, fault, inputs).check(fault, whole: whole) } catch {
                Issue.record(error, "\(whole.command): \(fault)")
            }
        }
        print("faults of the disk: \(all.count) in \(Self.commands.count) commands")
    }
}
