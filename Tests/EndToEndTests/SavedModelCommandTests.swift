import Datasets
import Foundation
import TestSupport
import Testing

/// `train --export`, then what can be done with the folder.
@Suite(.timeLimit(.minutes(40))) struct SavedModelCommandTests {
    /// A small network that was trained for one epoch, and the JSON of its run.
    static let trained: (folder: TemporaryFolder, output: String)? = {
        guard let folder = try? TemporaryFolder(),
            let run = try? Program.run([
                "train", "16relu", "epochs=1", "--quiet", "--export", folder.path + "/digits", "--json", "-",
            ]), run.status == 0, run.errors.isEmpty
        else { return nil }
        return (folder, run.output)
    }()

    static func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// The JSON of the run, and its figures of the test set.
    static func report() throws -> [String: Any] { try object(try #require(trained).output) }
    static func test() throws -> [String: Any] { try #require(try report()["test"] as? [String: Any]) }

    /// The exported folder.
    static func digits() throws -> String { try #require(trained).folder.path + "/digits" }

    @Test("The exported folder holds the run's own JSON")
    func sameResults() throws {
        let trained = try #require(Self.trained)
        let text = try trained.folder.text(of: "digits/result.json")
        #expect(try Self.object(text) as NSDictionary == Self.report() as NSDictionary)
        #expect(
            try trained.folder.text(of: "digits/spec.txt") == "784-16relu-10 adam lr=1e-3 batch=32 epochs=1 seed=1\n")
        #expect(try trained.folder.bytes(of: "digits/predictions.npy").count == 128 + 4 * 10 * 10_000)
    }

    @Test("Evaluate gives the test figures of the run to the last digit")
    func evaluate() throws {
        let test = try Self.test()
        for path in [try Self.digits(), try Self.digits() + "/weights.npz"] {
            let result = try Program.run(["evaluate", path, "--json", "-"])
            #expect(result.status == 0 && result.errors.isEmpty)
            #expect(try Self.object(result.output) as NSDictionary == test as NSDictionary)
        }
        let text = try Program.run(["evaluate", try Self.digits()])
        #expect(text.output.hasPrefix("spec   784-16relu-10 adam lr=1e-3 batch=32 epochs=1 seed=1\n"))
        #expect(text.output.contains("\ndata   mnist, 10,000 images\ntest   accuracy "))
    }

    @Test("An export as separate files evaluates to the same figures")
    func separateFiles() throws {
        let folder = try TemporaryFolder()
        let exported = try Program.run(["export", try Self.digits(), "--format", "npy", "--out", folder.path])
        #expect(exported.status == 0)
        #expect(
            exported.output
                == ["0.kernel.npy", "0.bias.npy", "1.kernel.npy", "1.bias.npy", "spec.txt"].map {
                    "\(folder.path)/\($0)\n"
                }
                .joined())
        let result = try Program.run(["evaluate", folder.path, "--json", "-"])
        let test = try Self.test()
        #expect(try Self.object(result.output) as NSDictionary == test as NSDictionary)
    }

    @Test("History and results are printed as they were recorded, or written to a file")
    func records() throws {
        let trained = try #require(Self.trained)
        let (history, results) = (
            try trained.folder.text(of: "digits/history.csv"), try trained.folder.text(of: "digits/result.json")
        )
        let folder = try TemporaryFolder()
        for (format, text) in [("csv", history), ("json", results)] {
            let printed = try Program.run(["export", try Self.digits(), "--format", format])
            #expect(printed.status == 0 && printed.output == text)
            let path = folder.path("x.\(format)")
            let written = try Program.run(["export", try Self.digits(), "--format", format, "--out", path])
            #expect(written.status == 0 && written.output == "\(path)\n")
            #expect(try folder.text(of: "x.\(format)") == text)
        }
        let missing = try Program.run(["export", try Self.digits(), "--format", "csv", "--out", "/none/x.csv"])
        #expect(missing.status == 2)
        #expect(missing.errors == "trainspotter: --out /none/x.csv: /none is not a folder that can be written\n")
    }

    @Test("Weights alone are evaluated and exported with a spec of the command line")
    func givenSpec() throws {
        let folder = try TemporaryFolder()
        try folder.write(try #require(Self.trained).folder.bytes(of: "digits/weights.npz"), as: "w.npz")
        let weights = folder.path("w.npz")
        let result = try Program.run(["evaluate", weights, "--spec", "16relu epochs=1", "--json", "-"])
        #expect(result.status == 0)
        #expect(try Self.object(result.output) as NSDictionary == Self.test() as NSDictionary)
        let exported = try Program.run([
            "export", weights, "--spec", "16relu epochs=1", "--format", "npz", "--out",
            folder.path("again/weights.npz"),
        ])
        #expect(exported.status == 0)
        #expect(
            try folder.text(of: "again/spec.txt") == "784-16relu-10 adam lr=1e-3 batch=32 epochs=1 seed=1\n")
        let refused = try Program.run(["evaluate", weights, "--spec", "17relu"])
        #expect(refused.status == 2)
        #expect(
            refused.errors == "trainspotter: \(weights): 0.kernel: expected 784 × 17 values, found 784 × 16\n")
    }

    @Test("A report tells the run's own figures, and the curves are left out where there is no history")
    func htmlReport() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("report.html")
        let result = try Program.run(["export", try Self.digits(), "--format", "html", "--out", path])
        #expect(result.status == 0 && result.output == "\(path)\n" && result.errors.isEmpty)
        let page = try folder.text(of: "report.html")
        let accuracy = String(format: "%.2f\u{A0}%%", 100 * (try #require(try Self.test()["accuracy"] as? Double)))
        #expect(page.contains("<title>digits: \(accuracy) on mnist</title>") && page.contains("<dd>\(accuracy)</dd>"))
        let words = page.replacing(/<\/?span>/, with: "")
        #expect(words.contains("trainspotter train 784-16relu-10 adam lr=1e-3 batch=32 epochs=1 seed=1"))
        #expect(page.components(separatedBy: "<figure>").count == 3)
        #expect(page.components(separatedBy: "<img ").count == 1 + 24)

        let bare = folder.path("bare/weights.npz")
        #expect(try Program.run(["export", try Self.digits(), "--format", "npz", "--out", bare]).status == 0)
        #expect(try Program.run(["export", bare, "--format", "html"]).output == "\(folder.path)/bare/report.html\n")
        #expect(try folder.text(of: "bare/report.html").contains("not the history of its training"))
    }

    @Test("Predict tells of an image of the test set as text and as JSON")
    func predictIndex() throws {
        let result = try Program.run(["predict", try Self.digits(), "--index", "3", "--json"])
        #expect(result.status == 0 && result.errors.isEmpty)
        let object = try Self.object(result.output)
        #expect(
            object.keys.sorted() == [
                "image", "index", "label", "label_name", "predicted", "predicted_name", "probabilities",
            ])
        #expect(object["label_name"] as? String == "0" && object["predicted_name"] as? String == "0")
        #expect(object["index"] as? Int == 3 && object["label"] as? Int == 0 && object["predicted"] as? Int == 0)
        #expect(object["image"] is NSNull)
        let probabilities = try #require(object["probabilities"] as? [Double])
        #expect(probabilities.count == 10 && abs(probabilities.reduce(0, +) - 1) < 1e-5)
        // Those of the run, which were made many rows at a time: BLAS may sum a single row in another order.
        let saved = try #require(Self.trained).folder.bytes(of: "digits/predictions.npy")
        let row = saved.withUnsafeBytes { bytes in
            (0..<10).map { bytes.loadUnaligned(fromByteOffset: 128 + 4 * (3 * 10 + $0), as: Float.self) }
        }
        #expect(zip(probabilities, row).allSatisfy { abs($0 - Double($1)) < 1e-6 })

        let text = try Program.run(["predict", try Self.digits(), "--index", "3"]).output
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 3 + 1 + 10 + 1)
        #expect(lines[0] == "image      test image 3" && lines[2] == "true       0, so right")
        #expect(lines[1].hasPrefix("predicted  0 (") && lines[4].hasPrefix("0  ######"))
        #expect(Set(lines[4...13].map(\.count)) == [53])
    }

    @Test("Predict reads the same digit from PGM files as from the test set, binary, as text, or dark on light")
    func predictImage() throws {
        let shown = try Program.run(["predict", try Self.digits(), "--index", "3", "--json"])
        let expected = try #require(try Self.object(shown.output)["probabilities"] as? [Double])
        let folder = try TemporaryFolder()
        let pixels = try Self.testImage(3)
        try folder.write(Array("P5\n# a digit\n28 28\n255\n".utf8) + pixels, as: "binary.pgm")
        try folder.write(Array("P5 28 28 255\n".utf8) + pixels.map { 255 - $0 }, as: "dark.pgm")
        try folder.write(Array("P2 28 28 255 \(pixels.map(String.init).joined(separator: " "))\n".utf8), as: "text.pgm")
        for (name, options) in [("binary", []), ("text", []), ("dark", ["--invert"])] {
            let path = "\(folder.path)/\(name).pgm"
            let result = try Program.run(["predict", try Self.digits(), path, "--json"] + options)
            let object = try Self.object(result.output)
            #expect(object["probabilities"] as? [Double] == expected)
            #expect(object["image"] as? String == path && object["index"] is NSNull && object["label"] is NSNull)
        }
    }

    /// An image of the test set, from what `data show` draws its digits of.
    private static func testImage(_ index: Int) throws -> [UInt8] {
        let set = try DatasetSource.mnist.load().test
        return Array(set.image(index))
    }

    @Test("Bad models, images and usage give one line and status 2")
    func badInput() throws {
        let folder = try TemporaryFolder()
        try folder.write(Array("P5 2 2 255\n1234".utf8), as: "small.pgm")
        try folder.write([0x89, 0x50, 0x4E, 0x47, 1, 2, 3], as: "image.png")
        try folder.write([], as: "file")
        let (digits, path) = (try Self.digits(), folder.path)
        let cases: [(arguments: [String], message: String)] = [
            (
                ["evaluate", path + "/none"],
                "\(path)/none: no such file or folder; expected a folder written by `trainspotter train --export`, or its "
                    + "weights.npz"
            ),
            (
                ["evaluate", "nosuch"],
                "nosuch: no saved run or ensemble of that name, and no such file or folder; `trainspotter runs` lists the runs, "
                    + "`trainspotter ensemble list` the ensembles"
            ),
            (["evaluate", path], "\(path): no weights; expected weights.npz, or 0.kernel.npy, 0.bias.npy, …"),
            (
                ["predict", digits],
                "expected an image file, a folder of them, - or --index (see `trainspotter predict --help`)"
            ),
            (
                ["predict", digits, "a.png", "--index", "1"],
                "expected an image file or --index, and not both (see `trainspotter predict --help`)"
            ),
            (
                ["predict", "photo.JPG"],
                "photo.JPG: expected a network before the image, as in `predict last photo.JPG` "
                    + "(see `trainspotter predict --help`)"
            ),
            (["predict", digits, "--index", "10000"], "--index 10000: expected 0 to 9999"),
            (
                ["predict", digits, path + "/small.pgm"],
                "\(path)/small.pgm: no stroke stands out from the ground; --as-is takes the whole image"
            ),
            (
                ["predict", digits, path + "/image.png"],
                "\(path)/image.png: at byte 7: expected the rest of the image's header, found the end of the data"
            ),
            (
                ["train", "8tanh", "--export", path + "/file"],
                "--export \(path)/file: expected a folder, found a file"
            ),
            (["export", digits, "--format", "npz", "--out", "x/"], "--out x/: expected a file"),
        ]
        for bad in cases {
            let result = try Program.run(bad.arguments)
            #expect(result.status == 2 && result.output.isEmpty)
            #expect(result.errors == "trainspotter: \(bad.message)\n")
        }
    }

    @Test("A model of images of another size than the data set's is refused")
    func otherData() throws {
        let folder = try TemporaryFolder()
        #expect(
            try Program.run(["export", try Self.digits(), "--format", "npz", "--out", folder.path + "/w.npz"]).status
                == 0)
        try folder.write(Array("100-16relu-10 adam\n".utf8), as: "w.spec.txt")
        let result = try Program.run(["evaluate", folder.path + "/w.npz"])
        #expect(result.status == 2)
        #expect(
            result.errors == "trainspotter: \(folder.path)/w.npz: 0.kernel: expected 100 × 16 values, found 784 × 16\n")
    }

    @Test("Archives in one folder have a spec each, and each is a model; what is written is said")
    func ownSpecs() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("wide.npz")
        let exported = try Program.run(["export", try Self.digits(), "--format", "npz", "--out", path])
        #expect(exported.status == 0 && exported.output == "\(path)\n\(folder.path)/wide.spec.txt\n")
        try folder.write("784-8tanh-10 adam\n", as: "spec.txt")
        let measured = try Program.run(["evaluate", path, "--json", "-"])
        #expect(measured.status == 0)
        #expect(try Self.object(measured.output) as NSDictionary == Self.test() as NSDictionary)
        #expect(try folder.names() == ["spec.txt", "wide.npz", "wide.spec.txt"])
    }

    @Test("A folder is one network: what was made from its weights goes with them, and no other network comes in")
    func oneNetwork() throws {
        let folder = try TemporaryFolder()
        let digits = folder.path("digits")
        func train(_ spec: String) throws -> Program.Result {
            try Program.run(["train", spec, "epochs=1", "--quiet", "--no-save", "--export", digits])
        }
        #expect(try train("8relu").status == 0)
        for format in ["onnx", "keras", "html", "npy"] {
            #expect(try Program.run(["export", digits, "--format", format]).status == 0)
        }
        try folder.write("mine", as: "digits/notes.txt")
        let all = try folder.contents()
        // The same network again: what was made from it still holds.
        #expect(try train("8relu").errors.isEmpty)
        #expect(try folder.contents() == all)
        let replaced = try train("none")
        let names = [
            "model.py", "model.onnx", "report.html", "0.bias.npy", "0.kernel.npy", "1.bias.npy", "1.kernel.npy",
        ]
        #expect(
            replaced.errors
                == names.map {
                    "trainspotter: \(digits)/\($0): removed, it was made from the weights that were there before\n"
                }.joined())
        #expect(try folder.contents() == all.filter { path in !names.contains { path == "digits/" + $0 } })

        for (format, file) in [("onnx", "x.onnx"), ("keras", "x.py"), ("html", "x.html")] {
            let refused = try Program.run([
                "export", try Self.digits(), "--format", format, "--out", "\(digits)/\(file)",
            ])
            #expect(refused.status != 0)
            #expect(refused.errors.contains("spec.txt: belongs to another network (784-10 adam"))
        }
    }

    @Test("A run that diverged leaves no export")
    func diverged() throws {
        let folder = try TemporaryFolder()
        let result = try Program.run([
            "train", "8relu", "sgd", "lr=1000", "l2=1000", "--quiet", "--export", folder.path + "/x",
        ])
        #expect(result.status == 1)
        #expect(try folder.names().isEmpty)
    }
}
