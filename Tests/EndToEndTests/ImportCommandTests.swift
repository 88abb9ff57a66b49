import Foundation
import NumPyFiles
import TestSupport
import Testing

/// `import`: weights from elsewhere, and what is done with the run.
@Suite(.timeLimit(.minutes(40))) struct ImportCommandTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.writeDataset(
            trainLabels: (0..<60).map { UInt8($0 % 3) }, testLabels: (0..<20).map { UInt8($0 % 3) })
        // As PyTorch has them: a row for each unit; 1/3 is not exact.
        try folder.write(
            npz([
                ("fc1.weight", npy("<f8", [5, 4], littleEndianBytes((0..<20).map { Double($0) / 3 - 3 }))),
                ("fc1.bias", npy("<f4", [5], littleEndianBytes([Float](repeating: 0.5, count: 5)))),
                ("fc2.weight", npy("<f4", [3, 5], littleEndianBytes((0..<15).map { Float($0 % 4) - 1 }))),
                ("fc2.bias", npy("<f4", [3], littleEndianBytes([Float(0), 1, 2]))),
            ]), as: "w.npz")
    }

    private func program(_ arguments: String) throws -> Program.Result {
        try Program.run(
            arguments.replacing("$D", with: folder.path).split(separator: " ").map(String.init),
            environment: ["XDG_DATA_HOME": folder.path("data")])
    }

    @Test("What became of each array is printed, then the run and its test")
    func prints() throws {
        let result = try program("import $D/w.npz --spec 5tanh --data $D --name torch --threads 1")
        #expect(result.status == 0 && result.errors == "", "\(result)")
        #expect(
            result.output.hasPrefix(
                """
                fc1.weight  float64  5 × 4  →  0.kernel  4 × 5  transposed, rounded to float32, by 7.9e-8 at most
                fc1.bias    float32  5      →  0.bias    5      \("")
                fc2.weight  float32  3 × 5  →  1.kernel  5 × 3  transposed
                fc2.bias    float32  3      →  1.bias    3      \("")

                run    1
                spec   4-5tanh-3 adam lr=1e-3 batch=32 epochs=10 seed=1
                test   accuracy
                """), "\(result.output)")
        let listed = try program("runs list --columns id,name,state,done")
        #expect(
            listed.output.split(separator: "\n").last.map { $0.split(separator: " ").joined(separator: " ") }
                == "1 torch imported none", "\(listed)")
        let shown = try program("runs show 1")
        #expect(shown.output.contains("state    imported, no epochs\n"), "\(shown)")
        #expect(shown.output.contains("0.00  weights imported from \(folder.path)/w.npz"), "\(shown)")
    }

    @Test("All commands that take a saved run take it")
    func used() throws {
        #expect(try program("import $D/w.npz --spec 5tanh --data $D").status == 0)
        let commands = [
            "evaluate 1", "predict 1 --index 0", "runs show 1 --json", "runs list",
            "export 1 --format html --out $D/r.html", "export 1 --format keras --out $D/m.py",
            "export 1 --format onnx --out $D/m.onnx", "export 1 --format npz --out $D/m.npz",
            "export 1 --format json --out $D/m.json", "export 1 --format predictions --out $D/p.npy",
            "runs export 1 --bundle $D/one.run", "runs import $D/one.run --store $D/other.sqlite",
            "runs check", "runs size",
        ]
        let views = ["lab", "curves", "confusion", "digits", "network", "runs", "draw"]
        for command in commands + views.map({ "screenshot \($0) --run 1 --data $D --out $D/\($0).svg" }) {
            let result = try program(command)
            #expect(result.status == 0, "\(command): \(result)")
        }
        for (command, message) in [
            ("runs repeat 1", "its weights were imported, so that nothing can be trained again"),
            ("train --resume 1", "its weights were imported; `trainspotter train --from 1` begins a run with them"),
            ("runs continue 1 --epochs 3", "its weights were imported"),
        ] {
            let result = try program(command)
            #expect(result.status == 2 && result.errors.contains(message), "\(command): \(result)")
        }
        // What was exported comes in again, its spec beside it, with the same figures.
        let again = try program("import $D/m.npz --data $D")
        #expect(again.status == 0, "\(again)")
        let (one, two) = (try program("evaluate 1 --json -"), try program("evaluate 2 --json -"))
        #expect(one.output == two.output && one.status == 0)
    }

    @Test("Trained on: the line names the weights, and repeats the run")
    func trainedOn() throws {
        #expect(try program("import $D/w.npz --spec 5tanh --data $D --name torch").status == 0)
        let trained = try program("train --from torch epochs=2 batch=8 --quiet --threads 1")
        #expect(trained.status == 0, "\(trained)")
        let line = try program("runs show 2 --spec").output
        let digest = try #require(line.firstMatch(of: /from=sha256:[0-9a-f]{16}/)).0
        #expect(line.hasPrefix("4-5tanh-3 adam lr=1e-3 batch=8 epochs=2 seed=1 \(digest) #"), "\(line)")
        let shown = try program("runs show 1").output
        #expect(shown.contains("digest   of its weights; \(digest) begins another run with them"))
        let repeated = try program("runs repeat 2 --threads 2")
        #expect(repeated.status == 0, "\(repeated)")
        let differences = try program("runs diff 2 3")
        #expect(differences.output.contains("test_loss") == false, "\(differences)")
        for (number, name) in [(2, "a"), (3, "b")] {
            #expect(try program("export \(number) --format npz --out $D/\(name).npz").status == 0)
        }
        #expect(try folder.bytes(of: "a.npz") == folder.bytes(of: "b.npz"))
        // Without the run that the weights are from, too; in another store they are missing.
        #expect(try program("runs delete 1").status == 0)
        #expect(try program("runs repeat 2 --threads 1").status == 0)
        let missing = try program("train 5tanh \(digest) --data $D --store $D/other.sqlite")
        #expect(missing.status == 2 && missing.errors.contains("no runs are saved there yet"), "\(missing)")
        #expect(try program("runs export 2 --bundle $D/two.run").status == 0)
        #expect(try program("runs import $D/two.run --store $D/other.sqlite").status == 0)
        #expect(
            try program("train 5tanh epochs=1 \(digest) --data $D --store $D/other.sqlite --quiet").status == 0)
        let none = try program("train 5tanh from=sha256:0123456789abcdef --data $D")
        #expect(none.status == 2 && none.errors.contains("these weights are not to be had"), "\(none)")
        let layers = try program("train 6tanh \(digest) --data $D")
        #expect(
            layers.status == 2 && layers.errors.contains("the weights of other layers: expected 4-6-3, found 4-5-3"),
            "\(layers)")
        // What could not begin has left no run behind.
        #expect(try program("runs list --columns id").output.split(separator: "\n").count == 4)
    }

    /// A network as PyTorch has it: `Linear(4, 5, bias=False)`, `BatchNorm1d(5)`, `ReLU()`, `Linear(5, 3, bias=False)`.
    private enum Torch {
        static let first = (0..<20).map { Float(($0 * 7) % 11) / 20 - 0.25 }
        static let last = (0..<15).map { Float(($0 * 5) % 7) / 4 - 0.75 }
        static let gamma: [Float] = [0.1, 0.5, 1, 0.25, 2]
        static let beta: [Float] = [0.5, 0, -0.5, 0.25, 1]
        static let mean: [Float] = [0, 0.1, -0.1, 0.2, 0.05]
        /// With such variances another ε gives other outputs.
        static let variance: [Float] = [0, 1e-6, 2e-4, 0.05, 1]

        static func write(to folder: TemporaryFolder) throws {
            let file = npz([
                ("0.weight", npy("<f4", [5, 4], littleEndianBytes(first))),
                ("1.weight", npy("<f4", [5], littleEndianBytes(gamma))),
                ("1.bias", npy("<f4", [5], littleEndianBytes(beta))),
                ("1.running_mean", npy("<f4", [5], littleEndianBytes(mean))),
                ("1.running_var", npy("<f4", [5], littleEndianBytes(variance))),
                ("3.weight", npy("<f4", [3, 5], littleEndianBytes(last))),
            ])
            try folder.write(file, as: "torch.npz")
        }

        /// softmax(W relu(γ (V x − mean) / √(variance + ε) + β)), in double precision.
        static func probabilities(_ pixels: ArraySlice<UInt8>, epsilon: Double) -> [Double] {
            let inputs = pixels.map { Double($0) / 255 }
            let hidden = (0..<5).map { unit in
                let sum = zip(first[4 * unit..<4 * unit + 4], inputs).reduce(0) { $0 + Double($1.0) * $1.1 }
                let deviation = (Double(variance[unit]) + epsilon).squareRoot()
                return max(0, Double(gamma[unit]) * (sum - Double(mean[unit])) / deviation + Double(beta[unit]))
            }
            let powers = (0..<3).map { unit in
                exp(zip(last[5 * unit..<5 * unit + 5], hidden).reduce(0) { $0 + Double($1.0) * $1.1 })
            }
            return powers.map { $0 / powers.reduce(0, +) }
        }
    }

    @Test("A network of PyTorch without biases predicts what it predicted there, its ε of 1e-5 among it")
    func torch() throws {
        try Torch.write(to: folder)
        let result = try program("import $D/torch.npz --spec 5relu+bn --data $D")
        #expect(result.status == 0 && result.errors.isEmpty, "\(result)")
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.hasPrefix("–  ") && $0.hasSuffix("none in the files: zeros") }, "\(lines)")
        #expect(lines.contains { $0.hasPrefix("the files have no bias beside 0.weight, 3.weight: here it is zeros, ") })
        #expect(lines.contains { $0.hasPrefix("batch normalization adds ε to the variance: 1e-5 where ") })
        #expect(
            try program("import $D/torch.npz --spec 5relu+bn --data $D --batch-norm-epsilon 1e-3").status == 0)
        // As `writeDataset` has them.
        let pixels = (0..<80).map { UInt8(truncatingIfNeeded: 37 * $0) }
        var errors: [[Double]] = []
        for run in [1, 2] {
            #expect(try program("export \(run) --format predictions --out $D/\(run).npy").status == 0)
            let bytes = try folder.bytes(of: "\(run).npy")
            let start = 10 + Int(bytes[8]) + 256 * Int(bytes[9])
            let found = stride(from: start, to: bytes.count, by: 4).map { place in
                Float(bitPattern: bytes[place..<place + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) })
            }
            try #require(found.count == 60)
            errors.append(
                [1e-5, 1e-3].map { epsilon in
                    let expected = (0..<20).flatMap { row in
                        Torch.probabilities(pixels[4 * row..<4 * row + 4], epsilon: epsilon)
                    }
                    return zip(found, expected).map { abs(Double($0) - $1) }.max() ?? 1
                })
        }
        #expect(errors[0][0] < 1e-5 && errors[1][1] < 1e-5, "\(errors)")
        #expect(errors[0][1] > 0.01 && errors[1][0] > 0.01, "another ε shows: \(errors)")
        // The biases are trained as others.
        #expect(try program("train --from 1 epochs=1 --quiet --data $D").status == 0)
        for words in ["0", "2", "nan"] {
            let refused = try program("import $D/torch.npz --spec 5relu+bn --data $D --batch-norm-epsilon \(words)")
            #expect(refused.status == 2 && refused.errors.contains("expected 1e-12 to 1"), "\(refused)")
        }
        let none = try program("import $D/w.npz --spec 5tanh --data $D --batch-norm-epsilon 1e-5")
        #expect(none.status == 2 && none.errors.contains("the weights have no batch normalization"), "\(none)")
    }

    @Test(
        "What can't be brought in is refused with status 2, and nothing is saved",
        arguments: [
            ("import $D/w.npz --data $D", "expected the activations of the hidden layers"),
            ("import $D/w.npz --spec 6tanh --data $D", "expected layers of 5-3"),
            ("import $D/w.npz --spec 5tanh", "expected --data with images of its own"),
            ("import $D/none.npz --spec 5tanh", "No such file or directory"),
            ("import $D/w.npz --spec 5tanh,6 --data $D", "--spec 5tanh,6: "),
            ("train $D/keras.h5", "weights of another program, not layers; did you mean `trainspotter import"),
            ("import $D/keras.h5 --data $D", "    import keras, numpy"),
        ])
    func refused(arguments: String, message: String) throws {
        try folder.write([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], as: "keras.h5")
        let result = try program(arguments)
        #expect(result.status == 2 && result.output == "", "\(result)")
        #expect(result.errors.contains(message), "\(result)")
        #expect(try !folder.contents().contains { $0.hasSuffix(".sqlite") })
    }
}
