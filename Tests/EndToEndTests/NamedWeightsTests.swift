import Foundation
import TestSupport
import Testing

/// `from=` in the specs of all commands that take one: the saved weights are taken, or the command is refused.
@Suite(.timeLimit(.minutes(40))) struct NamedWeightsTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.writeDataset(
            trainLabels: (0..<60).map { UInt8($0 % 3) }, testLabels: (0..<20).map { UInt8($0 % 3) })
    }

    @discardableResult
    private func run(_ words: [String]) throws -> Program.Result {
        try Program.run(words, environment: ["XDG_DATA_HOME": folder.path("home")])
    }

    private var runs: Int {
        get throws { try run(["runs", "list", "--columns", "id"]).output.split(separator: "\n").count - 1 }
    }

    /// With a spec of 5 units.
    private func commands(_ spec: String) -> [[String]] {
        let data = ["--data", folder.path]
        return [
            ["train", spec, "--quiet"] + data, [spec] + data, ["bench", spec, "--epochs", "1"] + data,
            ["bench", spec, "--frame-cost", "1"] + data, ["screenshot", "lab", spec, "--epochs", "1"] + data,
            ["screenshot", "network", spec, "--untrained"] + data,
        ]
    }

    @Test("Weights that no run has, and those of other layers, are refused before anything is done")
    func refused() throws {
        try run(["train", "5tanh", "epochs=1", "--quiet", "--data", folder.path])
        let shown = try run(["runs", "show", "1"]).output
        let digest = try #require(shown.firstMatch(of: /sha256:[0-9a-f]{16}/)).0
        for (spec, reason) in [
            ("5tanh from=sha256:0123456789abcdef", "these weights are not to be had: no run in "),
            ("5tanh teacher=sha256:0123456789abcdef", "the run can't learn from it: no run or ensemble in "),
            ("6tanh from=\(digest)", "the weights of other layers: expected 4-6-3, found 4-5-3"),
        ] {
            for words in commands(spec) {
                let result = try run(words)
                #expect(result.status == 2 && result.output.isEmpty, "\(words): \(result)")
                #expect(
                    result.errors.split(separator: "\n").last?.hasPrefix(
                        "trainspotter: \(spec.split(separator: " ")[1]): \(reason)") == true, "\(words): \(result)")
            }
        }
        #expect(try runs == 1, "what can't begin leaves no run behind")
    }

    @Test("Where a run has them they are taken: without a terminal to the bits of train")
    func taken() throws {
        try run(["train", "5tanh", "epochs=1", "--quiet", "--data", folder.path])
        let digest = try #require(try run(["runs", "show", "1"]).output.firstMatch(of: /sha256:[0-9a-f]{16}/)).0
        for words in commands("5tanh epochs=2 from=\(digest)") {
            let result = try run(words)
            #expect(result.status == 0 && !result.output.isEmpty, "\(words): \(result)")
        }
        #expect(try runs == 3)
        #expect(try run(["runs", "show", "2"]).output.contains(/began +with weights of run 1\n/))
        #expect(try !run(["runs", "show", "1"]).output.contains("with weights of"))
        for number in [2, 3] {
            try run(["export", "\(number)", "--format", "npz", "--out", folder.path("\(number).npz")])
        }
        #expect(try folder.bytes(of: "2.npz") == folder.bytes(of: "3.npz"))
        // Lab draws the accuracy of one epoch from there, which is none of new weights.
        let picture = ["screenshot", "lab", "--epochs", "1", "--data", folder.path]
        let (begun, anew) = (
            try run(picture + ["5tanh", "epochs=2", "from=\(digest)"]), try run(picture + ["5tanh", "epochs=2"])
        )
        #expect(begun.output != anew.output && begun.output.contains("from"))
        let other = folder.path("other.sqlite")
        for words in commands("5tanh from=\(digest)") {
            let result = try run(words + ["--store", other])
            #expect(result.status == 2 && result.errors.contains("no runs are saved there yet"), "\(words): \(result)")
        }
    }

    @Test("A store is named for weights alone, and an import has its own")
    func elsewhere() throws {
        for words in [["bench", "5tanh"], ["bench", "--frames"], ["screenshot", "lab", "5tanh"]] {
            let result = try run(words + ["--store", folder.path("other.sqlite"), "--data", folder.path])
            #expect(result.status == 2 && result.errors.contains("--store: expected "), "\(words): \(result)")
        }
        try run(["train", "5tanh", "epochs=1", "--quiet", "--data", folder.path])
        try run(["train", "--from", "1", "--quiet", "epochs=1"])
        try run(["export", "2", "--format", "npz", "--out", folder.path("w.npz")])
        #expect(try folder.text(of: "w.spec.txt").contains(" from=sha256:"))
        let own = try run(["import", folder.path("w.npz"), "--data", folder.path])
        #expect(own.status == 0 && !own.output.contains("from="), "\(own)")
        let told = try run([
            "import", folder.path("w.npz"), "--data", folder.path, "--spec", "5tanh from=sha256:0123456789abcdef",
        ])
        #expect(
            told.status == 2
                && told.errors
                    == "trainspotter: --spec from=sha256:0123456789abcdef: the weights are those of the files; expected a spec "
                    + "without from=\n",
            "\(told)")
    }

    @Test(
        "A run learns from a teacher that its line names, and its line repeats it to the bit; a wrong one leaves no run"
    )
    func teacher() throws {
        try run(["train", "9relu", "epochs=3", "--quiet", "--name", "wide", "--data", folder.path])
        let student = ["train", "5tanh epochs=2 teacher=wide temp=3 hard=0.5", "--quiet", "--data", folder.path]
        #expect(try run(student).status == 0)
        #expect(try run(["train", "5tanh epochs=2", "--quiet", "--data", folder.path]).status == 0)
        let line = try run(["runs", "show", "2", "--spec"]).output
        let digest = try #require(line.firstMatch(of: /teacher=sha256:[0-9a-f]{16} temp=3 hard=0.5/)).0
        #expect(try run(["runs", "show", "2"]).output.contains(/teacher +it learned from run 1, too\n/))
        // By its line, by the option, in words of the line, and on without a terminal.
        try run(["train", line, "--quiet", "--data", folder.path])
        try run(["train", "5tanh epochs=2 temp=3 hard=0.5", "--teacher", "1", "--quiet", "--data", folder.path])
        #expect(try run(["5tanh epochs=2 teacher=1 temp=3 hard=0.5", "--data", folder.path]).status != 2)
        for number in 2...6 {
            try run(["export", "\(number)", "--format", "npz", "--out", folder.path("\(number).npz")])
        }
        for number in [4, 5, 6] {
            #expect(try folder.bytes(of: "\(number).npz") == folder.bytes(of: "2.npz"), "run \(number)")
        }
        #expect(try folder.bytes(of: "3.npz") != folder.bytes(of: "2.npz"), "the teacher counts")
        try run(["export", "2", "--format", "keras", "--out", folder.path("student.py")])
        let keras = String(decoding: try folder.bytes(of: "student.py"), as: UTF8.self)
        #expect(keras.contains("The run learned from the predictions of the weights sha256:"))
        let before = try runs
        for (words, reason) in [
            (["5tanh teacher=77"], "run 77: no such run"),
            (["5tanh teacher=narrow"], "run narrow: no such run"),
            (["5tanh temp=3"], "temp without teacher"),
            (["5tanh deslant=true \(digest)"], "run 1 was trained on images in another form"),
            (["5tanh \(digest)", "--teacher", "1"], "the line names a teacher itself"),
        ] {
            let result = try run(["train"] + words + ["--data", folder.path])
            #expect(result.status == 2 && result.errors.contains(reason), "\(words): \(result)")
        }
        #expect(try runs == before, "what can't begin leaves no run behind")
    }
}
