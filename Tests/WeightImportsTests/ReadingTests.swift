import Foundation
import NumPyFiles
import TestSupport
import Testing
import WeightImports

/// The same network in all the ways in which programs write it.
struct ReadingTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let files: [String]
        var spec: String? = "3tanh"
        var isNormalized = false
        var epsilon: Double?
        /// Title, type, tensor and changes of each array, in the network's order.
        let origins: [String]
    }

    static let notebook = ["mnist_weights1.npy", "mnist_biases1.npy", "mnist_weights2.npy", "mnist_biases2.npy"]

    static let cases = [
        Case(
            testDescription: "Keras's names, float64, the output layer first", files: ["keras_names.npz"],
            origins: [
                "sequential/dense/kernel float64 0.kernel exact in float32",
                "sequential/dense/bias float64 0.bias exact in float32",
                "sequential/dense_1/kernel float64 1.kernel exact in float32",
                "sequential/dense_1/bias float64 1.bias exact in float32",
            ]),
        Case(
            testDescription: "numbers alone, packed, with batch normalization", files: ["numbers.npz"],
            spec: "3relu+bn", isNormalized: true,
            origins: [
                "arr_0 float32 0.kernel", "arr_1 float32 0.bias", "arr_2 float32 0.gamma", "arr_3 float32 0.beta",
                "arr_4 float32 0.moving_mean", "arr_5 float32 0.moving_variance", "arr_6 float32 1.kernel",
                "arr_7 float32 1.bias",
            ]),
        Case(
            testDescription: "Fortran order, big-endian, float16, a bias as a row", files: ["orders.npz"],
            origins: [
                "W1 float32 0.kernel", "b1 float64 0.bias exact in float32", "W2 float32 1.kernel",
                "b2 float16 1.bias exact in float32",
            ]),
        Case(
            testDescription: "the notebook's four files", files: notebook,
            origins: [
                "mnist_weights1 float32 0.kernel", "mnist_biases1 float32 0.bias", "mnist_weights2 float32 1.kernel",
                "mnist_biases2 float32 1.bias",
            ]),
        Case(
            testDescription: "PyTorch's Linear in safetensors", files: ["linear.safetensors"],
            origins: [
                "fc1.weight float32 0.kernel transposed", "fc1.bias float32 0.bias",
                "fc2.weight float32 1.kernel transposed", "fc2.bias float32 1.bias",
            ]),
        Case(
            testDescription: "float64 in safetensors", files: ["float64.safetensors"],
            origins: [
                "fc1.weight float64 0.kernel transposed, exact in float32", "fc1.bias float64 0.bias exact in float32",
                "fc2.weight float64 1.kernel transposed, exact in float32", "fc2.bias float64 1.bias exact in float32",
            ]),
        Case(
            testDescription: "float16 in safetensors", files: ["float16.safetensors"],
            origins: [
                "fc1.weight float16 0.kernel transposed, exact in float32", "fc1.bias float16 0.bias exact in float32",
                "fc2.weight float16 1.kernel transposed, exact in float32", "fc2.bias float16 1.bias exact in float32",
            ]),
        Case(
            testDescription: "bfloat16 in safetensors", files: ["bfloat16.safetensors"],
            origins: [
                "fc1.weight bfloat16 0.kernel transposed, exact in float32",
                "fc1.bias bfloat16 0.bias exact in float32",
                "fc2.weight bfloat16 1.kernel transposed, exact in float32",
                "fc2.bias bfloat16 1.bias exact in float32",
            ]),
        Case(
            testDescription: "PyTorch's Sequential with BatchNorm1d", files: ["sequential.safetensors"],
            spec: "3relu+bn", isNormalized: true, epsilon: 1e-5,
            origins: [
                "0.weight float32 0.kernel transposed", "0.bias float32 0.bias",
                "1.weight float32 0.gamma rescaled for ε 1e-5",
                "1.bias float32 0.beta", "1.running_mean float32 0.moving_mean",
                "1.running_var float32 0.moving_variance", "3.weight float32 1.kernel transposed",
                "3.bias float32 1.bias", "1.num_batches_tracked int64  no weights: left out",
            ]),
        Case(
            testDescription: "what the lines write that refuse Keras's files", files: ["of_keras.npz"],
            origins: [
                "arr_0 float32 0.kernel", "arr_1 float32 0.bias", "arr_2 float32 1.kernel", "arr_3 float32 1.bias",
            ]),
    ]

    @Test("Weights are read, put in order and turned", arguments: cases)
    func read(_ this: Case) throws {
        let imported = try Expected.imported(this.files, spec: this.spec)
        var expected = this.isNormalized ? Expected.normalized : Expected.dense
        if let epsilon = this.epsilon { expected[2] = Expected.gamma(epsilon: epsilon) }
        #expect(imported.tensors.map(\.values) == expected)
        #expect(imported.notes.isEmpty == (this.epsilon == nil))
        #expect(imported.tensors.map(\.name) == imported.spec.network.tensorNames)
        let lines = imported.origins.map { origin in
            [origin.title, origin.type, origin.tensor ?? "", origin.changes.joined(separator: ", ")]
                .joined(separator: " ").trimmingCharacters(in: .whitespaces)
        }
        #expect(lines == this.origins)
    }

    @Test("A folder's .npy files are one network, but for its predictions")
    func folder() throws {
        let folder = try TemporaryFolder()
        for name in Self.notebook { try folder.write(try Expected.bytes(name), as: name) }
        try folder.write(npy("<f4", [1, 2], littleEndianBytes([Float(0), 1])), as: "predictions.npy")
        try folder.write("no array", as: "notes.txt")
        let arrays = try WeightArrays.read([folder.path + "/"])
        #expect(arrays.map(\.name) == ["mnist_biases1", "mnist_biases2", "mnist_weights1", "mnist_weights2"])
        let imported = try ImportedWeights(arrays, WeightRequest(spec: "3tanh", data: Expected.data))
        #expect(imported.tensors.map(\.values) == Expected.dense)
    }

    @Test("What rounding changes is told")
    func rounding() throws {
        let third = 1.0 / 3
        let arrays = try WeightArrays.decode(
            npz([
                ("kernel", npy("<f8", [4, 2], littleEndianBytes(Array(repeating: third, count: 8)))),
                ("bias", npy("<f8", [2], littleEndianBytes([0.5, 1]))),
            ]),
            path: "w.npz", limits: WeightArrays.limits)
        let imported = try ImportedWeights(arrays, WeightRequest(data: Expected.data))
        #expect(imported.origins.map(\.greatestChange) == [abs(Double(Float(third)) - third), 0])
        #expect(imported.origins.map(\.changes) == [["rounded to float32"], ["exact in float32"]])
        #expect(imported.spec.network.hidden.isEmpty)
    }

    @Test("Layers of other stems follow each other by their shapes, and in the given order")
    func order() throws {
        func arrays(_ widths: [Int], _ names: [String]) throws -> [WeightArray] {
            let shapes = zip(names, zip(widths, widths.dropFirst())).flatMap { name, sizes in
                [("\(name).weight", [sizes.1, sizes.0]), ("\(name).bias", [sizes.1])]
            }
            return try WeightArrays.decode(
                HandmadeTensors(shapes).bytes, path: "w.safetensors", limits: WeightArrays.limits)
        }
        var request = WeightRequest(spec: "5relu-7relu", data: Expected.data)
        let told = try ImportedWeights(try arrays([4, 5, 7, 2], ["stem", "middle", "head"]), request)
        #expect(
            told.origins.map(\.title).filter { $0.hasSuffix("weight") } == [
                "stem.weight", "middle.weight", "head.weight",
            ])
        request.spec = "5relu-5relu-5relu"
        let open = try arrays([4, 5, 5, 5, 2], ["stem", "middle", "block", "head"])
        #expect(throws: WeightImportError.network(.order(layers: ["block", "head", "middle", "stem"]))) {
            try ImportedWeights(open, request)
        }
        request.order = ["stem", "middle", "block", "head"]
        let given = try ImportedWeights(open, request)
        #expect(
            given.origins.map(\.title).filter { $0.hasSuffix("weight") }
                == ["stem.weight", "middle.weight", "block.weight", "head.weight"])
        request.order = ["stem", "middle", "head"]
        #expect(
            throws: WeightImportError.network(
                .givenOrder("no block", layers: ["block", "head", "middle", "stem"]))
        ) { try ImportedWeights(open, request) }
    }

    @Test("Ten layers are in the order of their numbers, not of their digits")
    func tenth() throws {
        let shapes = (0..<11).flatMap { layer -> [(String, [Int])] in
            let sizes = [layer == 0 ? 4 : 3, layer == 10 ? 2 : 3]
            return [("layers.\(layer).kernel", sizes), ("layers.\(layer).bias", [sizes[1]])]
        }
        let arrays = try WeightArrays.decode(
            HandmadeTensors(shapes.reversed()).bytes, path: "w.safetensors", limits: WeightArrays.limits)
        let spec = Array(repeating: "3relu", count: 10).joined(separator: "-")
        let imported = try ImportedWeights(arrays, WeightRequest(spec: spec, data: Expected.data))
        #expect(imported.origins.map(\.title) == shapes.map(\.0))
    }

    @Test("Batch normalizations that are layers of their own go to the layers with +bn")
    func normalizations() throws {
        func vectors(_ name: String, _ units: Int) -> [(String, [Int])] {
            ["gamma", "beta", "moving_mean", "moving_variance"].map { ("\(name)/\($0)", [units]) }
        }
        let dense: [(String, [Int])] = [
            ("dense/kernel", [4, 5]), ("dense/bias", [5]), ("dense_1/kernel", [5, 7]), ("dense_1/bias", [7]),
            ("dense_2/kernel", [7, 2]), ("dense_2/bias", [2]),
        ]
        let arrays = try WeightArrays.decode(
            HandmadeTensors(dense + vectors("batch_normalization", 7)).bytes, path: "w.safetensors",
            limits: WeightArrays.limits)
        let imported = try ImportedWeights(arrays, WeightRequest(spec: "5relu-7relu+bn", data: Expected.data))
        #expect(imported.origins[4].title == "batch_normalization/gamma")
        #expect(imported.origins[4].tensor == "1.gamma")
        #expect(throws: WeightImportError.network(.normalizations(spec: 0, found: 1))) {
            try ImportedWeights(arrays, WeightRequest(spec: "5relu-7relu", data: Expected.data))
        }
        #expect(
            throws: WeightImportError.network(.length("batch_normalization/gamma", expected: 5, found: 7))
        ) { try ImportedWeights(arrays, WeightRequest(spec: "5relu+bn-7relu", data: Expected.data)) }
    }
}
