import Foundation
import NumPyFiles
import TestSupport
import Testing
import WeightImports

/// Weights that are not brought in, and the one line that says why.
struct RefusalTests {
    /// A file of safetensors of float32 zeros, and what the user says of it.
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let arrays: [(String, [Int])]
        var spec: String? = "3tanh"
        var transposesKernels: Bool?
        let message: String
    }

    private static let whole: [(String, [Int])] = [
        ("fc1.weight", [3, 4]), ("fc1.bias", [3]), ("fc2.weight", [2, 3]), ("fc2.bias", [2]),
    ]

    static let cases = [
        Case(
            testDescription: "activations are not guessed", arrays: whole, spec: nil,
            message: """
                expected the activations of the hidden layers, which weights don't tell; if they are tanh: --spec "3tanh"
                """),
        Case(
            testDescription: "another width", arrays: whole, spec: "5tanh",
            message: "--spec: expected layers of 3-2, as the weights have them, found 5-2"),
        Case(
            testDescription: "transposed against their shapes", arrays: whole, transposesKernels: false,
            message: """
                --no-transpose-kernels: the kernels have a row for each unit, and fit only transposed; expected them \
                without it
                """),
        Case(
            testDescription: "images of another size", arrays: [("weight", [2, 9]), ("bias", [2])], spec: "none",
            message: """
                the network takes 9 values and has 2 classes, the images of dots have 4 and are of 2; expected --data with \
                images of its own
                """),
        Case(
            testDescription: "a missing variance", arrays: whole + [("bn.weight", [3]), ("bn.running_mean", [3])],
            spec: "3tanh+bn", message: "bn.weight: expected its moving_variance beside it, found none"),
        Case(
            testDescription: "a bias of no kernel", arrays: whole.filter { $0.0 != "fc2.bias" } + [("fc9.bias", [2])],
            message: "fc9.bias: expected a kernel beside it, found none"),
        Case(
            testDescription: "two vectors behind a kernel",
            arrays: [("0", [4, 3]), ("1", [3]), ("2", [3]), ("3", [3, 2]), ("4", [2])],
            message: "3: expected none, one, four or five vectors before it, of its layer"),
        Case(
            testDescription: "a missing kernel", arrays: whole.filter { $0.0 != "fc1.weight" },
            message: "fc1.bias: expected a kernel beside it, found none"),
        Case(
            testDescription: "a bias of another length",
            arrays: [("fc1.weight", [3, 4]), ("fc1.bias", [9]), ("fc2.weight", [2, 3]), ("fc2.bias", [2])],
            message: "fc1.bias: expected 4 values, one for each unit of its kernel, found 9"),
        Case(
            testDescription: "layers that don't follow each other",
            arrays: [("fc1.weight", [3, 4]), ("fc1.bias", [3]), ("fc2.weight", [2, 5]), ("fc2.bias", [2])],
            message: """
                no order of the layers has each take what the one before it gives: fc1.weight (3, 4), fc2.weight (2, 5)
                """),
        Case(
            testDescription: "a name that says nothing", arrays: whole + [("extra", [2])],
            message: """
                extra: nothing in its name says what it is; expected names such as 0.kernel, fc1.weight or dense_1/bias, \
                or numbers alone: arr_0, arr_1
                """),
        Case(
            testDescription: "two kernels of one layer", arrays: whole + [("fc1.kernel", [3, 4])],
            message: "fc1.kernel: the same part of the same layer as fc1.weight"),
        Case(
            testDescription: "a layer of a picture", arrays: whole + [("conv.weight", [8, 1, 3, 3])],
            message: "conv.weight: expected a kernel of two axes or a vector of one, found the shape (8, 1, 3, 3)"),
        Case(
            testDescription: "an empty array", arrays: [("weight", [0, 2]), ("bias", [2])], spec: "none",
            message: "weight: expected a kernel of two axes or a vector of one, found the shape (0, 2)"),
        Case(
            testDescription: "no arrays", arrays: [], message: "no weights: expected a kernel for each layer"
        ),
    ]

    @Test("Arrays that are no network's are refused in one line", arguments: cases)
    func refuse(_ this: Case) throws {
        let arrays = try WeightArrays.decode(
            HandmadeTensors(this.arrays).bytes, path: "w.safetensors", limits: WeightArrays.limits)
        let request = WeightRequest(
            spec: this.spec, transposesKernels: this.transposesKernels, data: Expected.data)
        let error = try #require(throws: WeightImportError.self) { try ImportedWeights(arrays, request) }
        #expect(error.description == this.message)
        #expect(!error.description.contains { $0.isNewline })
    }

    @Test("A square network is read either way that the user says")
    func squares() throws {
        let arrays = try WeightArrays.decode(
            npz([
                ("weight", npy("<f4", [2, 2], littleEndianBytes([Float(1), 2, 3, 4]))),
                ("bias", npy("<f4", [2], littleEndianBytes([Float(0), 0]))),
            ]),
            path: "w.npz", limits: WeightArrays.limits)
        let data = WeightRequest.Data(inputs: 2, classes: 2, name: "dots")
        let error = try #require(throws: WeightImportError.self) {
            try ImportedWeights(arrays, WeightRequest(data: data))
        }
        #expect(
            error.description == """
                weight: square, so that nothing tells whether rows are inputs, as in Keras, or units, as in PyTorch; expected \
                --transpose-kernels for units, or --no-transpose-kernels
                """)
        let plain = try ImportedWeights(arrays, WeightRequest(transposesKernels: false, data: data))
        let turned = try ImportedWeights(arrays, WeightRequest(transposesKernels: true, data: data))
        #expect(plain.tensors[0].values == [1, 2, 3, 4])
        #expect(turned.tensors[0].values == [1, 3, 2, 4])
    }

    @Test(
        "Numbers that single precision does not have are refused with their place",
        arguments: [
            (Double.nan, "value 5 is nan; expected finite numbers"),
            (-.infinity, "value 5 is -inf; expected finite numbers"),
            (1e39, "value 5 is 1e+39; expected numbers of single precision, up to 3.4e38"),
        ])
    func values(number: Double, message: String) throws {
        var values = Array(repeating: 0.5, count: 8)
        // Row 2, column 1: the place is counted row by row, whatever the order in the file.
        values[6] = number
        for isFortran in [false, true] {
            let numbers = isFortran ? values : (0..<8).map { values[$0 % 2 * 4 + $0 / 2] }
            let arrays = try WeightArrays.decode(
                npz([
                    ("kernel", npy("<f8", [4, 2], littleEndianBytes(numbers), isFortran: isFortran)),
                    ("bias", npy("<f4", [2], littleEndianBytes([Float(0), 0]))),
                ]),
                path: "w.npz", limits: WeightArrays.limits)
            let error = try #require(throws: WeightImportError.self) {
                try ImportedWeights(arrays, WeightRequest(data: Expected.data))
            }
            #expect(error.description == "w.npz: kernel: " + message)
        }
    }

    @Test("Integers are no weights")
    func integers() throws {
        let arrays = try WeightArrays.decode(
            npz([
                ("kernel", npy("<i4", [4, 2], littleEndianBytes((0..<8).map { Int32($0) }))),
                ("bias", npy("<f4", [2], littleEndianBytes([Float(0), 0]))),
            ]),
            path: "w.npz", limits: WeightArrays.limits)
        let error = try #require(throws: WeightImportError.self) {
            try ImportedWeights(arrays, WeightRequest(data: Expected.data))
        }
        #expect(error.description == "w.npz: kernel: expected floats of 16, 32 or 64 bits, found int32")
    }

    @Test(
        "Files of Keras and PyTorch are refused with two lines of Python",
        arguments: [
            ("model.keras", "keras"), ("model.h5", "keras"), ("pickled.pt", "torch"), ("pickled.bin", "torch"),
        ])
    func foreign(name: String, module: String) throws {
        let bytes = try Expected.bytes(name)
        // By what is in it, not by its name.
        let error = try #require(throws: WeightImportError.self) {
            try WeightArrays.decode(bytes, path: "some \"old\"/x.npz", limits: WeightArrays.limits)
        }
        guard case .foreign(let file) = error else {
            Issue.record("\(error)")
            return
        }
        let stem = #""some \"old\"/x.npz""#
        let lines = [
            "keras": [
                "import keras, numpy",
                "numpy.savez(\(stem), *keras.models.load_model(\(stem)).get_weights())",
            ],
            "torch": [
                "import torch, numpy",
                "numpy.savez(\(stem), **{n: t.numpy() for n, t in torch.load(\(stem), map_location=\"cpu\", "
                    + "weights_only=True).items()})",
            ],
        ]
        #expect(file.python == lines[module])
    }

    @Test("Files of no kind, and folders without arrays, are refused")
    func kinds() throws {
        let folder = try TemporaryFolder()
        try folder.write("784-200tanh-10", as: "spec.txt")
        for (path, message) in [
            (folder.path("spec.txt"), "expected weights: a .npz, .npy or .safetensors file, or a folder of .npy files"),
            (folder.path, "no weights; expected .npy files in it, or weights.npz"),
            (folder.path("none.npz"), "can't be read: No such file or directory"),
        ] {
            let error = try #require(throws: WeightImportError.self) { try WeightArrays.read([path]) }
            #expect(error.description == "\(path): \(message)")
        }
    }

    @Test("No more arrays and bytes are read than the limits allow, in all files together")
    func limits() throws {
        let folder = try TemporaryFolder()
        let array = npy("<f4", [2], littleEndianBytes([Float(0), 0]))
        for name in ["a.npy", "b.npy", "c.npy"] { try folder.write(array, as: name) }
        let all = ["a.npy", "b.npy", "c.npy"].map(folder.path)
        let bytes = 3 * array.count
        #expect(try WeightArrays.read(all, limits: ReadLimits(fileBytes: bytes, unpackedBytes: 24)).count == 3)
        for limits in [
            ReadLimits(fileBytes: bytes - 1, unpackedBytes: 24), ReadLimits(fileBytes: bytes, unpackedBytes: 23),
            ReadLimits(fileBytes: bytes, unpackedBytes: 24, entries: 2),
        ] {
            #expect(throws: WeightImportError.self) { try WeightArrays.read(all, limits: limits) }
            #expect(throws: WeightImportError.self) { try WeightArrays.read([folder.path], limits: limits) }
        }
    }
}
