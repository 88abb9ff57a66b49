import Foundation
import TestSupport
import Testing

/// Where the files go that options name: through links, into pipes and devices, and never over one another.
@Suite(.timeLimit(.minutes(40))) struct OutputPlacesTests {
    private let folder: TemporaryFolder
    private let labels = (0..<40).map { UInt8($0 % 3) }

    init() throws {
        folder = try TemporaryFolder()
        try folder.writeDataset(trainLabels: labels, testLabels: [0, 1, 2])
    }

    private var train: [String] {
        ["train", "2tanh", "epochs=3", "batch=8", "val=0.25", "--data", folder.path, "--no-save", "--quiet"]
    }

    private func run(_ options: String...) throws -> Program.Result { try Program.run(train + options) }

    private func shell(_ line: String) throws -> Program.Result {
        try Program.shell(line.replacing("TRAIN", with: "\"$0\" " + train.joined(separator: " ")))
    }

    /// Whole: a header and a line for each of three epochs.
    private func expectLog(_ text: String, _ comment: Comment? = nil) {
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines.first == "epoch,accuracy,loss,val_accuracy,val_loss", comment)
        #expect(lines.dropFirst().map { String($0.prefix(2)) } == ["0,", "1,", "2,", ""], comment)
    }

    private func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: folder.path(name))[.posixPermissions] as? Int
    }

    @Test("A log goes through links into its target, whose permissions stay; a new one is made where a link points")
    func links() throws {
        try folder.write("old", as: "real")
        #expect(chmod(folder.path("real"), 0o600) == 0)
        #expect(symlink("real", folder.path("link")) == 0)
        #expect(symlink("link", folder.path("second")) == 0)
        #expect(symlink("new", folder.path("dangling")) == 0)
        let before = try folder.names()
        for name in ["second", "dangling"] {
            #expect(try run("--csv", folder.path(name)).status == 0)
        }
        expectLog(try folder.text(of: "real"))
        expectLog(try folder.text(of: "new"))
        #expect(try mode("real") == 0o600)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("second")) == "link")
        #expect(try folder.names() == (before + ["new"]).sorted())
    }

    @Test("A log goes into a pipe and a device, which stay what they are")
    func pipes() throws {
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        let piped = try shell("cat '\(folder.path("pipe"))' & TRAIN --csv '\(folder.path("pipe"))' >/dev/null; wait")
        expectLog(piped.output)
        #expect(try mode("pipe") == 0o600)
        let kind = try FileManager.default.attributesOfItem(atPath: folder.path("pipe"))[.type] as? FileAttributeType
        #expect(kind != .typeRegular)
        #expect(try run("--csv", "/dev/null", "--json", "/dev/null").status == 0)
        let null = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
        #expect(null == .typeCharacterSpecial)
        let gone = try shell("TRAIN --csv - | true; echo next")
        #expect(gone.output == "next\n")
        #expect(gone.errors.isEmpty || gone.errors.contains("standard output: can't be written: Broken pipe"))
        let full = try run("--csv", "/dev/full")
        let reason = "trainspotter: --csv /dev/full: can't be written: No space left on device"
        #expect(full.status == 1 && full.errors == "\(reason); the run still trains\n\(reason)\n")
        #expect(full.output.hasPrefix("spec   4-2tanh-3 "))
    }

    @Test("A log on standard output has it for itself; the results go to standard error")
    func standardOutput() throws {
        let quiet = try run("--csv", "-")
        expectLog(quiet.output)
        #expect(quiet.status == 0 && quiet.errors.isEmpty)
        let told = try Program.run(train.filter { $0 != "--quiet" } + ["--csv", "-"])
        expectLog(told.output)
        #expect(told.errors.contains("\ntest   accuracy "))
        let file = try shell("TRAIN --csv - >'\(folder.path("log"))'")
        #expect(file.status == 0)
        expectLog(try folder.text(of: "log"))
    }

    @Test("Two results never go into one file, by whatever names it is called")
    func sharedFiles() throws {
        try folder.write("old", as: "one")
        #expect(link(folder.path("one"), folder.path("hard")) == 0)
        #expect(symlink("one", folder.path("soft")) == 0)
        #expect(symlink("missing", folder.path("dangling")) == 0)
        try folder.write("", as: "out/kept")
        func refusal(_ json: String, _ csv: String) throws -> String {
            let result = try run("--json", json, "--csv", csv)
            #expect(result.status == 2 && result.output.isEmpty)
            return result.errors
        }
        for (json, csv) in [
            ("one", "one"), ("one", "hard"), ("one", "soft"), ("hard", "soft"), ("new", "new"), ("new", "./new"),
            ("dangling", "missing"), ("out/../new", "new"),
        ] {
            #expect(
                try refusal(folder.path(json), folder.path(csv))
                    == "trainspotter: --csv \(folder.path(csv)): --json goes into the same file\n", "\(json) \(csv)")
        }
        #expect(try refusal("-", "-") == "trainspotter: --csv -: --json goes to standard output, too\n")
        let out = folder.path("out")
        let exported = try run("--export", out, "--csv", out + "/history.csv")
        #expect(exported.status == 2)
        #expect(exported.errors == "trainspotter: --csv \(out)/history.csv: that is a file that --export writes\n")
        let redirected = try shell("TRAIN --csv '\(folder.path("one"))' >>'\(folder.path("one"))'")
        #expect(redirected.status == 2)
        #expect(
            redirected.errors
                == "trainspotter: --csv \(folder.path("one")): standard output goes into the same file\n")
        #expect(try folder.text(of: "one") == "old")
        #expect(try !folder.names().contains("new"))
    }

    @Test("Nothing is written over the data set, the saved runs or the saved network")
    func inputs() throws {
        let labels = folder.path("t10k-labels-idx1-ubyte")
        #expect(symlink("t10k-labels-idx1-ubyte", folder.path("link")) == 0)
        let before = try folder.bytes(of: "t10k-labels-idx1-ubyte")
        for option in ["--csv", "--json"] {
            for path in [labels, folder.path("link")] {
                let result = try run(option, path)
                #expect(result.status == 2)
                #expect(
                    result.errors
                        == "trainspotter: \(option) \(path): that is a file of the data set "
                        + "\(URL(fileURLWithPath: folder.path).lastPathComponent)\n")
            }
        }
        let store = folder.path("runs.sqlite")
        let saved = train.filter { $0 != "--no-save" } + ["--store", store]
        let model = folder.path("net")
        #expect(try Program.run(saved + ["--export", model]).status == 0)
        func refused(_ arguments: [String], _ reason: String) throws {
            let result = try Program.run(arguments)
            #expect(result.status == 2 && result.errors.hasSuffix(": that is \(reason)\n"), "\(result.errors)")
        }
        let runs = "the file that runs are saved in"
        try refused(saved + ["--csv", store], runs)
        try refused(["train", "--resume", "1", "--continue-for", "1", "--store", store, "--csv", store], runs)
        try refused(
            ["train", "--continue-for", "1", "1", "--store", store, "--csv", labels],
            "a file of the data set \(URL(fileURLWithPath: folder.path).lastPathComponent)")
        try refused(["export", "1", "--store", store, "--format", "json", "--out", store], runs)
        let network = "a file of the saved network"
        try refused(
            ["export", model, "--format", "html", "--out", model + "/spec.txt", "--data", folder.path], network)
        try refused(["evaluate", model, "--data", folder.path, "--json", model + "/weights.npz"], network)
        #expect(try folder.bytes(of: "t10k-labels-idx1-ubyte") == before)
        #expect(try Program.run(["runs", "check", "--store", store]).status == 0)
        #expect(try Program.run(["evaluate", model, "--data", folder.path]).status == 0)
    }

    @Test("What is exported goes through links, into pipes and to standard output, too")
    func exports() throws {
        let model = folder.path("net")
        #expect(try run("--export", model).status == 0)
        let data = ["--data", folder.path]
        try folder.write("old", as: "real.onnx")
        #expect(chmod(folder.path("real.onnx"), 0o600) == 0)
        #expect(symlink("real.onnx", folder.path("link.onnx")) == 0)
        let linked = try Program.run(["export", model, "--format", "onnx", "--out", folder.path("link.onnx")] + data)
        #expect(linked.status == 0 && linked.output == folder.path("link.onnx") + "\n")
        #expect(try mode("real.onnx") == 0o600)
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link.onnx")) == "real.onnx")
        let printed = try shell("\"$0\" export '\(model)' --format onnx --out - >'\(folder.path("copy.onnx"))'")
        #expect(printed.status == 0 && printed.errors.isEmpty)
        #expect(try folder.bytes(of: "copy.onnx") == folder.bytes(of: "real.onnx"))

        let before = try FileManager.default.contentsOfDirectory(atPath: "/dev").sorted()
        for format in ["onnx", "html", "npz", "csv", "json"] {
            let result = try Program.run(["export", model, "--format", format, "--out", "/dev/null"] + data)
            #expect(result.status == 0 && result.errors.isEmpty && result.output == "/dev/null\n", "\(format)")
        }
        for (format, out) in [("keras", "/dev/null"), ("keras", "-"), ("npy", "-"), ("tensorboard", "-")] {
            let result = try Program.run(["export", model, "--format", format, "--out", out] + data)
            #expect(result.status == 2 && !result.errors.isEmpty, "\(format) \(out)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: "/dev").sorted() == before)
        let kind = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
        #expect(kind == .typeCharacterSpecial)
    }

    @Test("A folder that can't be written is refused before the run is saved")
    func unwritableFolders() throws {
        try folder.write("mine", as: "taken")
        let before = try folder.contents()
        for option in ["--export", "--tensorboard"] {
            let result = try Program.run(
                train.filter { $0 != "--no-save" } + ["--store", folder.path("s.sqlite"), option, folder.path("taken")])
            #expect(result.status == 2)
            #expect(
                result.errors == "trainspotter: \(option) \(folder.path("taken")): expected a folder, found a file\n")
        }
        #expect(try folder.contents() == before)
    }

    @Test("A run that fails leaves no folder where it had none")
    func noEmptyFolder() throws {
        let result = try Program.run([
            "train", "8relu", "sgd", "lr=1000", "l2=1000", "--data", folder.path, "--no-save", "--quiet", "--export",
            folder.path("deep/er"),
        ])
        #expect(result.status == 1 && result.errors.contains("no longer a number"), "\(result.errors)")
        #expect(try !folder.names().contains("deep"))
    }
}
