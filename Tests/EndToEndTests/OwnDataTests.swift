import Foundation
import TestSupport
import Testing

/// Runs on a person's own images.
@Suite(.timeLimit(.minutes(40))) struct OwnDataTests {
    private let folder: TemporaryFolder
    private var store: [String] { ["--store", folder.path("runs.sqlite")] }

    init() throws { folder = try TemporaryFolder() }

    private func train(_ labels: [UInt8], _ words: String...) throws -> Program.Result {
        try folder.writeDataset(trainLabels: labels, testLabels: [0, 1, 2])
        return try Program.run(["train", "2tanh", "epochs=2", "--quiet", "--data", folder.path] + words + store)
    }

    @Test("A saved run finds the images that it was trained on by itself")
    func findsData() throws {
        #expect(try train((0..<40).map { UInt8($0 % 3) }).errors == "")
        let measured = try Program.run(["evaluate", "1"] + store)
        #expect(measured.status == 0 && measured.output.contains(", 3 images\n"), "\(measured.errors)")
        #expect(try Program.run(["predict", "last", "--index", "2"] + store).output.contains("true       2"))
        for format in ["html", "keras", "onnx"] {
            let result = try Program.run(
                ["export", "1", "--format", format, "--out", folder.path("out/x.\(format)")] + store)
            #expect(result.status == 0, "\(result.errors)")
        }
        let npz = try Program.run(["export", "1", "--format", "npz", "--out", folder.path("net/weights.npz")] + store)
        #expect(
            npz.output == ["weights.npz", "predictions.npy", "spec.txt"].map { folder.path("net/\($0)\n") }.joined())
        let away = folder.path + "-away"
        defer { try? FileManager.default.removeItem(atPath: away) }
        try FileManager.default.createDirectory(atPath: away, withIntermediateDirectories: true)
        for name in try folder.names() where name.hasSuffix("ubyte") {
            try FileManager.default.moveItem(atPath: folder.path(name), toPath: away + "/" + name)
        }
        // How a Python program would read what is gone is not known.
        let out = ["--out", folder.path("out/gone.py")]
        for command in [["evaluate", "1"], ["export", "1", "--format", "keras"] + out] {
            let gone = try Program.run(command + store)
            #expect(gone.status == 2 && gone.output.isEmpty)
            #expect(
                gone.errors.hasPrefix(
                    "trainspotter: \(folder.path): no data set of a known format; expected a folder with IDX files"
                ),
                "\(gone.errors)")
        }
        #expect(
            try Program.run(["evaluate", "1", "--data", away] + store).output
                == measured.output.replacing(
                    URL(fileURLWithPath: folder.path).lastPathComponent,
                    with: URL(fileURLWithPath: away).lastPathComponent))
    }

    @Test("Other images than a network was trained with are told, and refused where the run's own are needed")
    func otherImages() throws {
        #expect(try train((0..<40).map { UInt8($0 % 3) }, "--export", folder.path("net")).status == 0)
        let other = try TemporaryFolder()
        try other.writeDataset(trainLabels: (0..<30).map { UInt8($0 % 3) }, testLabels: [2, 1, 0])
        let name = URL(fileURLWithPath: other.path).lastPathComponent
        let found = "trainspotter: \(name) has other images or labels than those that the network was trained with"
        for model in ["1", folder.path("net")] {
            let words = [model, "--data", other.path] + store
            for command in [["evaluate"], ["predict", "--index", "1"], ["export", "--format", "keras"]] {
                let out = command[0] == "export" ? ["--out", folder.path("x.py")] : []
                let result = try Program.run(command + out + words)
                #expect(result.status == 0 && !result.output.isEmpty)
                #expect(result.errors == found + "; these results are of \(name)\n", "\(command)")
            }
            for format in ["html", "tensorboard"] {
                let result = try Program.run(
                    ["export", "--format", format, "--out", folder.path("out-\(format)")] + words)
                #expect(result.status == 2 && result.output.isEmpty)
                #expect(
                    result.errors == found
                        + ", and a report tells of the run and of them together; `trainspotter evaluate "
                        + "--data` has figures of other images\n", "\(format)")
            }
            // What needs no data set says nothing of it.
            for format in ["csv", "npz", "onnx"] {
                let out = ["--out", folder.path("y.\(format)")]
                #expect(try Program.run(["export", "--format", format] + out + words).errors == "", "\(format)")
            }
            #expect(try Program.run(["evaluate", model, "--data", folder.path] + store).errors == "")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("out-html")))
        #expect(try train((0..<40).map { UInt8($0 % 3) }, "scale=standard").status == 0)
        let scaled = try Program.run(
            ["export", "2", "--format", "onnx", "--out", folder.path("z.onnx"), "--data", other.path] + store)
        #expect(scaled.status == 2 && scaled.errors.hasPrefix(found + ", and their mean would make another network; "))
    }

    @Test("Rows held out of other classes than the rest are told of, with what can be done")
    func heldOut() throws {
        let sorted = (0..<60).map { UInt8($0 / 20) }
        let result = try train(sorted, "val=0.2")
        #expect(result.status == 0)
        #expect(
            result.errors
                == "trainspotter: class 2 is 100 % of the rows held out, 17 % of the others: try split=stratified\n")
        #expect(
            try train(sorted, "val=0.34").errors.contains(
                "class 2 is 95 % of the rows held out, none of the others: try "))
        #expect(try train(sorted, "val=0").errors == "")
        #expect(try train(sorted, "val=0.2", "split=stratified").errors == "")
        #expect(try train((0..<60).map { UInt8($0 % 3) }, "val=0.2").errors == "")
    }

    @Test("The JSON of a run names its form, program, date and data")
    func origin() throws {
        let result = try train((0..<40).map { UInt8($0 % 3) }, "--json", "-")
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let format = try #require(report["format"] as? [String: Any])
        #expect(format["name"] as? String == "trainspotter run" && format["version"] as? Int == 2)
        let version = try Program.run(["--version"]).output.trimmingCharacters(in: .newlines)
        #expect(report["program"] as? String == version)
        let date = try Date(try #require(report["date"] as? String), strategy: .iso8601)
        #expect(abs(date.timeIntervalSinceNow) < 300)
        let digest = try #require((report["dataset"] as? [String: Any])?["sha256"] as? String)
        let shown = try Program.run(["runs", "show", "1"] + store).output
        #expect(digest.count == 64 && shown.contains(digest))
        let exported = try Program.run(["export", "1", "--format", "json"] + store).output
        #expect(exported.contains(digest) && exported.contains("\"program\": \"\(version)\""))
    }
}
