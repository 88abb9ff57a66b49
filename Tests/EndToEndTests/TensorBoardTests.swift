import Foundation
import TestSupport
import Testing

/// Event files of the real program, read by TensorBoard's own reader.
@Suite(.timeLimit(.minutes(40))) struct TensorBoardTests {
    /// Prints every run, sorted: its scalars by step, its images' sizes, its texts' first lines.
    static let script = """
        import io, sys
        from PIL import Image
        from tensorboard.backend.event_processing.plugin_event_multiplexer import EventMultiplexer
        runs = EventMultiplexer().AddRunsFromDirectory(sys.argv[1])
        runs.Reload()
        for run in sorted(runs.Runs()):
            for tag in runs.Runs()[run]["tensors"]:
                kind = runs.SummaryMetadata(run, tag).plugin_data.plugin_name
                for event in runs.Tensors(run, tag):
                    tensor = event.tensor_proto
                    if kind == "scalars": value = repr(tensor.float_val[0])
                    elif kind == "images":
                        image = Image.open(io.BytesIO(tensor.string_val[2])); image.load()
                        value = f"{image.width}x{image.height}"
                        assert value == "x".join(part.decode() for part in tensor.string_val[:2])
                        tag = tag.split(" ")[0]
                    elif kind == "text": value = tensor.string_val[0].decode().splitlines()[0]
                    else: value = kind
                    print(f"{run} {tag} {event.step} {value}")
        """

    static func read(_ folder: String) throws -> [String] {
        let python = try #require(Python.withTensorBoard)
        let result = try python.run(["-c", script, folder])
        #expect(result.status == 0, Comment(rawValue: result.errors))
        return result.output.split(separator: "\n").map(String.init)
    }

    @Test(
        "TensorBoard reads a run that was logged live, and the same figures from its export",
        .enabled(if: Python.withTensorBoard != nil, Comment(rawValue: Python.missing("tensorboard and pillow"))))
    func figures() throws {
        let folder = try TemporaryFolder()
        let (live, exported) = (folder.path("live"), folder.path("exported"))
        let trained = try Program.run([
            "train", "8relu", "epochs=2", "batch=128", "--quiet", "--tensorboard", live, "--export",
            folder.path("digits"),
        ])
        #expect(trained.status == 0 && trained.errors.isEmpty)
        let result = try Program.run([
            "export", folder.path("digits"), "--format", "tensorboard", "--out", exported,
        ])
        #expect(result.status == 0 && result.output == "\(exported)/digits\n")

        let text = try folder.text(of: "digits/result.json")
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        let epochs = try #require(object?["epochs"] as? [[String: Any]])
        let test = try #require(object?["test"] as? [String: Any])
        func figure(_ figures: [String: Any], _ key: String) throws -> Float {
            Float(try #require(figures[key] as? Double))
        }
        let run = try #require(try FileManager.default.contentsOfDirectory(atPath: live).first)
        #expect(run.hasPrefix("8relu-20"))
        let spec = "784-8relu-10 adam lr=1e-3 batch=128 epochs=2 seed=1"
        for (path, name, isLive) in [(live, run, true), (exported, "digits", false)] {
            var expected = ["\(name) run 0 `\(spec)`", "\(name) _hparams_/session_start_info 0 hparams"]
            expected.append("\(name) test_loss 1 \(Double(try figure(test, "loss")))")
            expected.append("\(name) test_accuracy 1 \(Double(try figure(test, "accuracy")))")
            expected.append("\(name) confusion 1 424x424")
            expected += (1...16).map { "\(name) mistakes/\($0 < 10 ? "0" : "")\($0) 1 112x112" }
            expected.append("\(name) _hparams_/session_end_info 1 hparams")
            for (place, prefix, keys) in [
                ("train", "", ["loss", "accuracy", "learning_rate", "gradient_norm"]),
                ("validation", "val_", ["loss", "accuracy"]),
            ] {
                for key in keys {
                    for (step, epoch) in epochs.enumerated() {
                        let value = Double(try figure(epoch, prefix + key))
                        expected.append("\(name)/\(place) epoch_\(key) \(step) \(value)")
                    }
                }
                if isLive, place == "validation" {
                    expected += (0...1).map { "\(name)/\(place) confusion \($0) 424x424" }
                }
            }
            #expect(try Self.read(path) == expected)
        }
    }

    @Test("A second run goes into a folder of its own, and an export replaces itself")
    func folders() throws {
        let folder = try TemporaryFolder()
        for _ in 0..<2 {
            #expect(
                try Program.run([
                    "train", "none", "epochs=1", "--quiet", "--tensorboard", folder.path("logs"), "--export",
                    folder.path("digits"),
                ]).status == 0)
            #expect(
                try Program.run([
                    "export", folder.path("digits"), "--format", "tensorboard", "--out", folder.path("exported"),
                ]).status == 0)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("logs")).count == 2)
        #expect(
            try FileManager.default.subpathsOfDirectory(atPath: folder.path("exported")).filter {
                $0.hasSuffix("trainspotter")
            }.count == 3)
    }

    @Test("Without a history or a folder there is nothing to export")
    func refused() throws {
        let folder = try TemporaryFolder()
        #expect(try Program.run(["train", "none", "epochs=1", "--quiet", "--export", folder.path]).status == 0)
        let noFolder = try Program.run(["export", folder.path, "--format", "tensorboard"])
        #expect(noFolder.status == 2)
        #expect(
            noFolder.errors
                == "trainspotter: --format tensorboard: expected --out with TensorBoard's log folder\n")
        try folder.remove("result.json")
        let noHistory = try Program.run(["export", folder.path, "--format", "tensorboard", "--out", folder.path("x")])
        #expect(noHistory.status == 2)
        #expect(
            noHistory.errors == "trainspotter: \(folder.path)/weights.npz: no result.json beside it, so no history; "
                + "expected a folder written by `trainspotter train --export`\n")
        try folder.write([], as: "file")
        let taken = try Program.run(["train", "none", "--tensorboard", folder.path("file")])
        #expect(taken.status == 2)
        #expect(taken.errors == "trainspotter: --tensorboard \(folder.path)/file: expected a folder, found a file\n")
    }
}
