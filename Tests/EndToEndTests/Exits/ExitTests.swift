import Foundation
import TestSupport
import Testing

/// However the program ends: the terminal is as it was, the status is true, the run is saved and can be resumed, and
/// where the report of a crash is, is said.
@Suite(
    .timeLimit(.minutes(40)),
    .enabled(if: FaultLibrary.obstacle == nil, "the library of faults can't be loaded before a sanitizer"))
struct ExitTests {
    @Test("There are as many ways to end as there are signals that end a process, and some more")
    func ways() {
        #expect(ExitWay.signals.count == 53)
        #expect(ExitWay.Column.allCases.map { ExitWay.all($0).count } == [65, 30, 30])
    }

    @Test(
        "Whatever ends it leaves the terminal as it was, with its true status, its run, and the place of the report",
        arguments: ExitWay.Column.allCases)
    func ends(column: ExitWay.Column) async throws {
        let data = try TemporaryFolder()
        try data.writeDataset(trainLabels: (0..<12).map { UInt8($0 % 3) }, testLabels: [0, 1, 2])
        // It lives on at the end of its pipe, as nobody reads what it says.
        let watched = data.path("runs.sqlite")
        let trained =
            try column == .watch
            ? RunningProgram(
                ["train", "8relu", "epochs=1000000", "--threads", "1", "--data", data.path, "--store", watched])
            : nil
        if let trained { #expect(trained.wait(for: "epoch 3/")) }
        defer { trained?.signal(SIGKILL) }
        let ways = ExitWay.all(column)
        await BesideEachOther.each(ways.count, width: 4) { index in
            do {
                try ExitingProgram(ways[index], data: data.path, watched: watched, backtrace: index % 2 == 0).check()
            } catch {
                Issue.record(error, "\(ways[index])")
            }
        }
    }
}
