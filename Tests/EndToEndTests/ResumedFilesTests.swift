import Foundation
import TestSupport
import Testing

/// The files that `train` writes as it goes, of a run that was cut short and went on.
@Suite(.timeLimit(.minutes(40))) struct ResumedFilesTests {
    private let folder: TemporaryFolder
    private let spec = "16relu epochs=300 batch=64 seed=5"
    private var data: [String] { ["--data", folder.path("digits")] }

    init() throws {
        folder = try TemporaryFolder()
        try SomeDigits.write(to: folder)
    }

    private func files(_ name: String) -> [String] {
        ["--csv", folder.path("\(name).csv"), "--tensorboard", folder.path(name)]
            + ["--store", folder.path("\(name).sqlite")]
    }

    /// The figures of all event files, without their times: what the records of TensorBoard say.
    private func records(_ name: String) throws -> [String: [[UInt8]]] {
        let run = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path(name)).first)
        var found: [String: [[UInt8]]] = [:]
        for place in ["", "train/", "validation/"] {
            let bytes = try folder.bytes(of: "\(name)/\(run)/\(place)events.out.tfevents.trainspotter")
            // An event begins with its time: a tag and eight bytes.
            found[place] = try TFRecordReader.read(bytes).map { Array($0.dropFirst(9)) }
        }
        return found
    }

    @Test("A run that was stopped twice, once by Ctrl-C and once by a kill, leaves the files of one that never was")
    func goesOn() throws {
        #expect(try Program.run(["train", spec, "--quiet"] + data + files("whole")).status == 0)
        let cut = try RunningProgram.run(["train", spec] + data + files("cut"), signal: SIGINT, at: "epoch 3/300")
        #expect(cut.status == 130)
        let killed = try RunningProgram.run(
            ["train", "--resume", "1"] + files("cut"), signal: SIGKILL, at: "epoch 120/300")
        #expect(killed.status == -SIGKILL)
        // Whatever stands behind the place where the run was saved is of no use.
        let log = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path("cut.csv")))
        try log.seekToEnd()
        try log.write(contentsOf: Data("99,0.5,0.".utf8))
        try log.close()
        let resumed = try Program.run(["train", "--resume", "--quiet"] + files("cut"))
        #expect(resumed.status == 0, Comment(rawValue: resumed.errors))
        #expect(try folder.text(of: "cut.csv") == folder.text(of: "whole.csv"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("cut")).count == 1)
        let (whole, gone) = (try records("whole"), try records("cut"))
        #expect(whole["train/"]?.count == 301 && whole["train/"] == gone["train/"])
        #expect(whole["validation/"] == gone["validation/"])
        // The end of the hyperparameters' session has a time inside.
        #expect(whole[""]?.count == 3 && gone[""]?.count == 3)
    }

    @Test("A run that goes on with files it never had gets them whole")
    func begins() throws {
        let store = ["--store", folder.path("x.sqlite")]
        #expect(try Program.run(["train", spec, "--quiet"] + data + files("whole")).status == 0)
        let cut = try RunningProgram.run(["train", spec] + data + store, signal: SIGINT, at: "epoch 2/300")
        #expect(cut.status == 130)
        let csv = folder.path("late.csv")
        let resumed = try Program.run(
            ["train", "--resume", "--quiet", "--csv", csv, "--tensorboard", folder.path("late")] + store)
        #expect(resumed.status == 0)
        #expect(try folder.text(of: "late.csv") == folder.text(of: "whole.csv"))
        #expect(try records("late")["validation/"] == records("whole")["validation/"])
    }
}
