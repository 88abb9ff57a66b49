import Exports
import Foundation
import Networks
import NumPyFiles
import TestSupport
import Testing

@Suite struct SavedModelTests {
    @Test("What was written is read back, and predicts the same bits")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        let run = try ModelSamples.run("4tanh epochs=2 batch=4 scale=standard l2=0.01")
        try run.write(to: folder.path)
        for path in [folder.path, folder.path + "/weights.npz"] {
            let model = try SavedModel(path: path)
            #expect(model.spec == run.spec && model.tensors == run.tensors && model.report == run.report)
            let again = try model.trainer(for: ModelSamples.images, threads: 2).evaluateTest()
            #expect(again.probabilities == run.test.probabilities && again.loss == run.test.loss)
        }
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let file: String
        let bytes: [UInt8]?
        /// Behind the path of the file.
        let message: String
    }

    static func weights(_ edit: (inout [Tensor]) -> Void) -> [UInt8]? {
        var tensors = [
            Tensor(name: "0.kernel", shape: [6, 3], values: [Float](repeating: 0.5, count: 18)),
            Tensor(name: "0.bias", shape: [3], values: [0, 0, 0]),
        ]
        edit(&tensors)
        return try? WeightFiles.archive(tensors)
    }

    static let cases: [Case] = [
        Case(
            testDescription: "a kernel of another shape", file: "weights.npz",
            bytes: weights {
                $0[0] = Tensor(name: "0.kernel", shape: [6, 2], values: .init(repeating: 0.5, count: 12))
            },
            message: ": 0.kernel: expected 6 × 3 values, found 6 × 2"),
        Case(
            testDescription: "a bias without axes", file: "weights.npz",
            bytes: weights { $0[1] = Tensor(name: "0.bias", shape: [], values: [1]) },
            message: ": 0.bias: expected 3 values, found a single number"),
        Case(
            testDescription: "a tensor missing", file: "weights.npz", bytes: weights { $0.removeLast() },
            message: ": 0.bias: missing"),
        Case(
            testDescription: "a tensor too many", file: "weights.npz",
            bytes: weights { $0.append(Tensor(name: "1.bias", shape: [1], values: [1])) },
            message: ": 1.bias: the network has no tensor of that name"),
        Case(
            testDescription: "a weight that is no number", file: "weights.npz",
            bytes: weights { $0[0].values[7] = .nan },
            message: ": 0.kernel: value 7 is nan; expected finite numbers"),
        Case(
            testDescription: "weights that are no archive", file: "weights.npz", bytes: Array("PK no more".utf8),
            message: ": at byte 10: expected the end record of a ZIP file, found the end of the file"),
        Case(
            testDescription: "no spec", file: "spec.txt", bytes: nil,
            message: ": no such file; expected the spec in it, or given with the weights: --spec \"200tanh\""),
        Case(
            testDescription: "an empty spec", file: "spec.txt", bytes: [],
            message: ": 0 lines: no spec; expected one line"),
        Case(
            testDescription: "a spec without its ends", file: "spec.txt", bytes: Array("4tanh\n".utf8),
            message: ": 4tanh: not a full chain; expected layers from the pixels of an image to 2 to 256 classes, such "
                + "as 784-200tanh-10"),
        Case(
            testDescription: "a spec of absurd width", file: "spec.txt", bytes: Array("99999999999-3\n".utf8),
            message: ": 99999999999-3: not a full chain; expected layers from the pixels of an image to 2 to 256 "
                + "classes, such as 784-200tanh-10"),
        Case(
            testDescription: "a misspelled spec", file: "spec.txt", bytes: Array("6-3 adm\n".utf8),
            message: ": adm: unknown optimizer adm; did you mean adam? expected one of sgd, rmsprop, adam, adamw, "
                + "adamax, nadam, adagrad, adadelta, ftrl, lion, lamb, muon, adafactor, "
                + "schedule_free_adamw, or a setting KEY=VALUE"),
        Case(
            testDescription: "a spec of another network", file: "spec.txt", bytes: Array("6-2tanh-3 adam\n".utf8),
            message: "weights"),
        Case(
            testDescription: "results that are none", file: "result.json", bytes: Array("{}".utf8),
            message: ": expected the JSON of `trainspotter train`"),
    ]

    @Test("A bad model is refused in one line", arguments: cases)
    func refused(_ bad: Case) throws {
        let folder = try TemporaryFolder()
        try folder.write(Array("6-3 adam lr=1e-3 batch=32 epochs=10 seed=1\n".utf8), as: "spec.txt")
        try folder.write(try #require(Self.weights { _ in }), as: "weights.npz")
        _ = try SavedModel(path: folder.path)
        if let bytes = bad.bytes { try folder.write(bytes, as: bad.file) } else { try folder.remove(bad.file) }
        let error = try #require(throws: ModelError.self) { try SavedModel(path: folder.path) }
        let expected =
            bad.message == "weights"
            ? "\(folder.path)/weights.npz: 0.kernel: expected 6 × 2 values, found 6 × 3"
            : "\(folder.path)/\(bad.file)\(bad.message)"
        #expect(error.description == expected)
    }

    @Test("Results of another run are refused")
    func otherReport() throws {
        let folder = try TemporaryFolder()
        try ModelSamples.run().write(to: folder.path)
        try folder.write(Array("6-4tanh-5relu-3 adam\n".utf8), as: "spec.txt")
        let error = try #require(throws: ModelError.self) { try SavedModel(path: folder.path) }
        #expect(
            error.description.hasPrefix(
                "\(folder.path)/result.json: tells of another run; expected 6-4tanh-5relu-3 adam, found 6-"))
    }

    @Test("A path that leads nowhere, and a folder without weights, are refused")
    func nothingThere() throws {
        let folder = try TemporaryFolder()
        func message(_ path: String) throws -> String {
            try #require(throws: ModelError.self) { try SavedModel(path: path) }.description
        }
        #expect(
            try message(folder.path + "/none") == "\(folder.path)/none: no such file or folder; expected a folder "
                + "written by `trainspotter train --export`, or its weights.npz")
        try folder.write(NPYFile.encode(NumPyArray(shape: [1], values: [1])), as: "predictions.npy")
        #expect(
            try message(folder.path)
                == "\(folder.path): no weights; expected weights.npz, or 0.kernel.npy, 0.bias.npy, …")
    }

    /// The weights of the run alone, under the names that `names` makes of their places and names.
    static func bare(
        _ run: RunExport, in folder: TemporaryFolder, _ names: (Int, String) -> String = { $1 }
    ) throws -> String {
        var tensors = run.tensors
        for index in tensors.indices { tensors[index].name = names(index, tensors[index].name) }
        try folder.write(try WeightFiles.archive(tensors), as: "bare.npz")
        return folder.path("bare.npz")
    }

    @Test("Weights without a spec.txt take the spec that is given, with its ends or without them")
    func givenSpec() throws {
        let folder = try TemporaryFolder()
        let run = try ModelSamples.run("4tanh+bn-5relu epochs=2 batch=4 scale=standard")
        let path = try Self.bare(run, in: folder)
        for line in ["4tanh+bn-5relu epochs=2 batch=4 scale=standard", "\(run.spec)"] {
            let model = try SavedModel(path: path, spec: line)
            #expect(model.spec == run.spec && model.specLine == "\(run.spec)" && model.report == nil)
            #expect(model.tensors == run.tensors)
            let again = try model.trainer(for: ModelSamples.images, threads: 1).evaluateTest()
            #expect(again.probabilities == run.test.probabilities)
        }
    }

    @Test("Arrays that NumPy numbered are taken in the order of Keras's get_weights")
    func numberedArrays() throws {
        let folder = try TemporaryFolder()
        let run = try ModelSamples.run("4tanh+bn-5relu-4-3-3-3 epochs=1")
        #expect(run.tensors.count > 11)
        let path = try Self.bare(run, in: folder) { index, _ in "arr_\(index)" }
        let model = try SavedModel(path: path, spec: "\(run.spec)")
        #expect(model.tensors == run.tensors)
        #expect(
            Self.message { try SavedModel(path: path, spec: "4tanh+bn-5relu") }
                == "\(path): 18 arrays without names (arr_0, …); expected the 10 tensors of the spec")
        #expect(
            Self.message { try SavedModel(path: path, spec: "4tanh+bn-5relu-3-4-3-3") }
                == "\(path): 2.kernel: expected 5 × 3 values, found 5 × 4")
    }

    @Test("A given spec that does not fit is refused, with what was expected")
    func givenSpecRefused() throws {
        let folder = try TemporaryFolder()
        let run = try ModelSamples.run("4tanh epochs=1")
        let path = try Self.bare(run, in: folder)
        #expect(
            Self.message { try SavedModel(path: path) }
                == "\(folder.path)/spec.txt: no such file; expected the spec in it, or given with the weights: --spec "
                + "\"200tanh\"")
        #expect(
            Self.message { try SavedModel(path: path, spec: "5tanh") }
                == "\(path): 0.kernel: expected 6 × 5 values, found 6 × 4")
        #expect(
            Self.message { try SavedModel(path: path, spec: "4tanh-4tanh") }
                == "\(path): 1.kernel: expected 4 × 4 values, found 4 × 3")
        #expect(
            Self.message { try SavedModel(path: path, spec: "4tanhh") }.hasPrefix("--spec: 4tanhh: unknown activation"))
        try folder.write("6-4tanh-3 adam lr=1e-3 batch=32 epochs=1 seed=1\n", as: "spec.txt")
        #expect(try SavedModel(path: path, spec: "4tanh epochs=1").spec == run.spec)
        #expect(
            Self.message { try SavedModel(path: path, spec: "4tanh epochs=1 scale=raw") }
                == "--spec 4tanh epochs=1 scale=raw: the weights have a spec of their own in \(folder.path)/spec.txt; "
                + "expected 6-4tanh-3 adam lr=1e-3 batch=32 epochs=1 seed=1, or no --spec")
    }

    /// Each kernel with a row for each unit.
    private static func transposed(_ run: RunExport) -> [Tensor] {
        run.tensors.map { tensor in
            guard tensor.shape.count == 2 else { return tensor }
            let (rows, columns) = (tensor.shape[0], tensor.shape[1])
            let values = (0..<(rows * columns)).map { tensor.values[$0 % rows * columns + $0 / rows] }
            return Tensor(name: tensor.name, shape: [columns, rows], values: values)
        }
    }

    @Test("A kernel that has a row for each unit is told to be transposed, with the mend")
    func transposedKernels() throws {
        let folder = try TemporaryFolder()
        let run = try ModelSamples.run("4tanh+bn-5relu epochs=1")
        let mend = "it is transposed, with a row for each unit, as PyTorch keeps it; save"
        var tensors = Self.transposed(run)
        for line in ["4tanh+bn-5relu", "\(run.spec)"] {
            try folder.write(try WeightFiles.archive(tensors), as: "named.npz")
            let path = folder.path("named.npz")
            #expect(
                Self.message { try SavedModel(path: path, spec: line) }
                    == "\(path): 0.kernel: expected 6 × 4 values, found 4 × 6: \(mend) 0.kernel.T")
        }
        // As numpy.savez numbers PyTorch's parameters.
        for index in tensors.indices { tensors[index].name = "arr_\(index)" }
        try folder.write(try WeightFiles.archive(tensors), as: "numbered.npz")
        let path = folder.path("numbered.npz")
        #expect(
            Self.message { try SavedModel(path: path, spec: "4tanh+bn-5relu") }
                == "\(path): arr_0: expected 6 × 4 values, found 4 × 6: \(mend) arr_0.T")
        // Beside a spec, and a single file of a tensor that is.
        try folder.write("\(run.spec)\n", as: "spec.txt")
        for (name, bytes) in WeightFiles.separate(run.tensors) { try folder.write(bytes, as: name) }
        #expect(try SavedModel(path: folder.path).tensors == run.tensors)
        let (name, bytes) = WeightFiles.separate(Self.transposed(run))[run.tensors.count - 2]
        try folder.write(bytes, as: name)
        #expect(
            Self.message { try SavedModel(path: folder.path) }
                == "\(folder.path): 2.kernel: expected 5 × 3 values, found 3 × 5: \(mend) 2.kernel.T")
    }

    @Test("Arrays that are no network's weights are refused")
    func noWeights() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            try WeightFiles.archive([Tensor(name: "x", shape: [3], values: [1, 2, 3])]), as: "bare.npz")
        #expect(
            Self.message { try SavedModel(path: folder.path("bare.npz"), spec: "4tanh") }
                == "\(folder.path)/bare.npz: 0.kernel: missing")
    }

    /// What a refusal says; empty where nothing is refused.
    private static func message(_ body: () throws -> SavedModel) -> String {
        do {
            _ = try body()
            return ""
        } catch { return "\(error)" }
    }
}
