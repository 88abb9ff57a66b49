import Datasets
import Foundation
import TestSupport
import Testing

/// ONNX files of the real program, checked by ONNX's own checker and run by onnxruntime.
@Suite(.timeLimit(.minutes(40))) struct ONNXTests {
    /// Every activation, with and without arguments; batch normalization; every scaling.
    static let specs = [
        "16relu-16relu:0.1:3:0.5-16relu:0.2-16relu:0:4",
        "16relu6-16leaky_relu-16elu:0.7-16selu",
        "16celu:2-16gelu-16gelu_tanh-16silu scale=standard",
        "16hard_silu-16sigmoid-16hard_sigmoid",
        "16log_sigmoid-16tanh-16hard_tanh-16tanh_shrink",
        "16soft_shrink:0.1-16hard_shrink:0.2-16softplus-16softsign",
        "16squareplus-16mish-16softmax-16exponential",
        "16threshold:0.2:0.2-16sparse_sigmoid-16sparse_plus", "16tanh-16log_softmax-16sparsemax", "40sparsemax",
        "16linear+bn-16relu+bn+drop0.2-16tanh+bn+noise0.1 scale=standard val=0",
        "none", "16relu deslant=true", "16relu width=12 scale=standard", "16tanh deslant=true width=18",
        "32relu+bn scale=raw",
        "32tanh scale=raw",
    ]

    /// Greatest difference of probabilities. Sums of 784 raw bytes are rounded in their fifth decimal, in onnxruntime's
    /// order otherwise than in ours.
    static func tolerance(_ spec: String) -> Double { spec.contains("scale=raw") ? 1e-4 : 1e-5 }

    @Test(
        "onnxruntime gives the recorded probabilities of the whole test set, in one batch and for one image",
        .enabled(if: Python.withONNXRuntime != nil, Comment(rawValue: Python.missing("onnx and onnxruntime"))))
    func probabilities() throws {
        let python = try #require(Python.withONNXRuntime)
        let folder = try TemporaryFolder()
        for (number, spec) in Self.specs.enumerated() {
            let path = folder.path("\(number)")
            let words = spec.split(separator: " ").map(String.init)
            #expect(
                try Program.run(["train"] + words + ["epochs=1", "batch=128", "--quiet", "--export", path]).status == 0)
            let result = try Program.run(["export", path, "--format", "onnx"])
            #expect(result.status == 0 && result.output == "\(path)/model.onnx\n", Comment(rawValue: result.errors))
        }
        // One process for all: importing takes most of the time.
        let script = """
            import gzip, sys
            import numpy as np, onnx, onnxruntime
            folder, images = sys.argv[1:]
            x = np.frombuffer(gzip.open(images).read(), np.uint8, offset=16).reshape(-1, 784).astype(np.float32)
            for number in range(\(Self.specs.count)):
                path = f"{folder}/{number}/model.onnx"
                onnx.checker.check_model(path, full_check=True)
                session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
                recorded = np.load(f"{folder}/{number}/predictions.npy")
                whole, = session.run(["probabilities"], {"images": x})
                single, = session.run(["probabilities"], {"images": x[7:8]})
                assert whole.shape == recorded.shape and single.shape == (1, 10)
                print(np.abs(whole - recorded).max(), np.abs(single - recorded[7]).max())
            """
        let images = try DatasetSource.mnist.path() + "/t10k-images-idx3-ubyte.gz"
        let result = try python.run(["-c", script, folder.path, images])
        #expect(result.status == 0, Comment(rawValue: result.errors))
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == Self.specs.count)
        for (spec, line) in zip(Self.specs, lines) {
            let differences = line.split(separator: " ").compactMap { Double($0) }
            #expect(differences.count == 2)
            for difference in differences { #expect(difference < Self.tolerance(spec), "\(spec): \(line)") }
        }
    }

    @Test(
        "onnxruntime gives the probabilities of an ensemble, whose networks see images in other forms",
        .enabled(if: Python.withONNXRuntime != nil, Comment(rawValue: Python.missing("onnx and onnxruntime"))),
        arguments: ["arithmetic", "geometric"])
    func ensemble(mean: String) throws {
        let python = try #require(Python.withONNXRuntime)
        let folder = try TemporaryFolder()
        let specs = ["16relu", "16tanh deslant=true scale=standard", "16relu+bn width=14 deslant=true"]
        for (number, spec) in specs.enumerated() {
            let words = spec.split(separator: " ").map(String.init)
            let trained = try Program.run(
                ["train"] + words + [
                    "epochs=1", "batch=128", "--quiet", "--no-save", "--export", folder.path("\(number)"),
                ])
            #expect(trained.status == 0, "\(trained.errors)")
        }
        let made = try Program.run(
            ["ensemble", folder.path("0"), folder.path("1"), folder.path("2"), "--mean", mean, "--weights", "2,1,1"]
                + ["--export", folder.path("all")])
        #expect(made.status == 0, "\(made.errors)")
        let exported = try Program.run(["export", folder.path("all"), "--format", "onnx"])
        #expect(exported.status == 0 && exported.errors.isEmpty, "\(exported.errors)")
        let script = """
            import gzip, sys
            import numpy as np, onnx, onnxruntime
            folder, images, mean = sys.argv[1:]
            x = np.frombuffer(gzip.open(images).read(), np.uint8, offset=16).reshape(-1, 784).astype(np.float32)
            onnx.checker.check_model(f"{folder}/all/model.onnx", full_check=True)
            session = onnxruntime.InferenceSession(f"{folder}/all/model.onnx", providers=["CPUExecutionProvider"])
            found, = session.run(["probabilities"], {"images": x})
            own = [np.load(f"{folder}/{number}/predictions.npy").astype(np.float64) for number in range(3)]
            weights = [0.5, 0.25, 0.25]
            if mean == "arithmetic":
                wanted = sum(w * p for w, p in zip(weights, own))
            else:
                wanted = np.exp(sum(w * np.log(np.maximum(p, 2.0 ** -126)) for w, p in zip(weights, own)))
                wanted /= wanted.sum(axis=1, keepdims=True)
            print(np.abs(found - wanted).max())
            """
        let images = try DatasetSource.mnist.path() + "/t10k-images-idx3-ubyte.gz"
        let result = try python.run(["-c", script, folder.path, images, mean])
        #expect(result.status == 0, Comment(rawValue: result.errors))
        let difference = try #require(Double(result.output.split(separator: "\n").last ?? ""))
        #expect(difference < 1e-5)
    }
}
