import Foundation
import NumPyFiles
import TestSupport
import Testing
import WeightImports

/// Layers without a bias, and batch normalizations of programs that add another ε to the variance.
struct MissingVectorTests {
    private func array(_ shape: [Int], _ values: [Float]) -> [UInt8] { npy("<f4", shape, littleEndianBytes(values)) }

    private func imported(
        _ arrays: [(String, [UInt8])], spec: String = "3relu", epsilon: Double? = nil
    ) throws -> ImportedWeights {
        try ImportedWeights(
            try WeightArrays.decode(npz(arrays), path: "w.npz", limits: WeightArrays.limits),
            WeightRequest(spec: spec, batchNormEpsilon: epsilon, data: Expected.data))
    }

    private var kernels: [[UInt8]] { [array([4, 3], Expected.kernels[0]), array([3, 2], Expected.kernels[1])] }
    private var normalization: [[UInt8]] { Expected.normalization.map { array([3], $0) } }

    private static let noBias =
        "which compute the same, and which training changes as any other"

    @Test("A layer without a bias gets zeros, and that is said, by name and by number")
    func noBias() throws {
        let bias = array([2], Expected.biases[1])
        for (names, first) in [(["fc1.kernel", "fc2.kernel", "fc2.bias"], "fc1.kernel"), (["0", "1", "2"], "0")] {
            let imported = try imported(Array(zip(names, kernels + [bias])))
            #expect(
                imported.tensors.map(\.values)
                    == [Expected.kernels[0], [0, 0, 0], Expected.kernels[1], Expected.biases[1]])
            #expect(imported.origins.map(\.title) == [names[0], "–", names[1], names[2]])
            #expect(imported.origins[1].tensor == "0.bias")
            #expect(imported.origins[1].changes == ["none in the files: zeros"])
            #expect(imported.notes == ["the files have no bias beside \(first): here it is zeros, \(Self.noBias)"])
        }
        let none = try imported(Array(zip(["a", "b"].map { "\($0).kernel" }, kernels)))
        #expect(none.notes == ["the files have no bias beside a.kernel, b.kernel: here it is zeros, \(Self.noBias)"])
    }

    @Test("A layer that is normalized needs no bias, in PyTorch's order, in Keras's, and by number")
    func normalized() throws {
        let parts = ["gamma", "beta", "moving_mean", "moving_variance"]
        let last = array([2], Expected.biases[1])
        let files: [[(String, [UInt8])]] = [
            [("d1/kernel", kernels[0]), ("d2/kernel", kernels[1]), ("d2/bias", last)]
                + zip(parts.map { "norm/\($0)" }, normalization),
            Array(zip((0..<7).map { "arr_\($0)" }, [kernels[0]] + normalization + [kernels[1], last])),
        ]
        for file in files {
            let imported = try imported(file, spec: "3relu+bn")
            var expected = Expected.normalized
            expected[1] = [0, 0, 0]
            #expect(imported.tensors.map(\.values) == expected)
            #expect(imported.notes.count == 1 && imported.notes[0].hasPrefix("the files have no bias beside "))
        }
    }

    @Test("A normalization without gamma gets ones, one without beta zeros")
    func plainNormalization() throws {
        let file = [
            ("0.weight", kernels[0]), ("0.bias", array([3], Expected.biases[0])), ("1.moving_mean", normalization[2]),
            ("1.moving_variance", normalization[3]), ("2.weight", kernels[1]),
            ("2.bias", array([2], Expected.biases[1])),
        ]
        let imported = try imported(file, spec: "3relu+bn")
        var expected = Expected.normalized
        (expected[2], expected[3]) = ([1, 1, 1], [0, 0, 0])
        #expect(imported.tensors.map(\.values) == expected)
        #expect(
            imported.notes == [
                "the files have no gamma beside 1.moving_variance: here it is ones, \(Self.noBias)",
                "the files have no beta beside 1.moving_variance: here it is zeros, \(Self.noBias)",
            ])
        #expect(imported.origins[2].changes == ["none in the files: ones"])
    }

    @Test("Another ε goes into gamma: by PyTorch's names, or as the user says; 1e-3 changes nothing")
    func epsilon() throws {
        func file(_ mean: String, _ variance: String) -> [(String, [UInt8])] {
            Array(
                zip(
                    ["0.weight", "0.bias", "1.weight", "1.bias", "1.\(mean)", "1.\(variance)", "2.weight", "2.bias"],
                    [kernels[0], array([3], Expected.biases[0])] + normalization
                        + [kernels[1], array([2], Expected.biases[1])]))
        }
        let torch = file("running_mean", "running_var")
        let other = file("mean", "var")
        for (file, said, epsilon) in [
            (torch, nil, 1e-5), (torch, 1e-2, 1e-2), (torch, 1e-3, nil), (other, nil, nil), (other, 1e-5, 1e-5),
        ] as [([(String, [UInt8])], Double?, Double?)] {
            let imported = try imported(file, spec: "3relu+bn", epsilon: said)
            var expected = Expected.normalized
            if let epsilon { expected[2] = Expected.gamma(epsilon: epsilon) }
            #expect(imported.tensors.map(\.values) == expected)
            #expect(imported.origins[2].epsilon == epsilon && imported.notes.count == (epsilon == nil ? 0 : 1))
        }
        #expect(
            try imported(torch, spec: "3relu+bn").notes == [
                "batch normalization adds ε to the variance: 1e-5 where the weights are from, as PyTorch does "
                    + "(--batch-norm-epsilon says another one), 1e-3 here; gamma is multiplied by "
                    + "√((variance + 1e-3) / (variance + 1e-5)), so that the network computes the same"
            ])
        #expect(throws: WeightImportError.network(.noNormalization)) {
            try imported(Array(zip(["a.kernel", "b.kernel"], kernels)), epsilon: 1e-5)
        }
    }

    @Test("A gamma that single precision does not have when it is rescaled is refused, and so is a negative variance")
    func refused() throws {
        func error(_ gamma: Float, _ variance: Float) throws -> String {
            let file = [
                ("0.weight", kernels[0]), ("1.weight", array([3], [1, gamma, 1])), ("1.bias", array([3], [0, 0, 0])),
                ("1.running_mean", array([3], [0, 0, 0])), ("1.running_var", array([3], [1, variance, 1])),
                ("2.weight", kernels[1]),
            ]
            return try #require(throws: WeightImportError.self) { try imported(file, spec: "3relu+bn") }.description
        }
        #expect(
            try error(1e38, 0)
                == "w.npz: 1.weight: expected values that single precision has when they are rescaled for ε, found value 1 "
                + "too large for that")
        #expect(try error(1, -1) == "w.npz: 1.running_var: expected variances from 0 on, found value 1 of -1.0")
    }
}
