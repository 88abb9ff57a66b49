import TestSupport
import WeightImports

/// Weights of another program: a file of safetensors, or arrays of NumPy. The first byte says what the user says of them.
struct WeightsTarget: FuzzTarget {
    static let name = "weights"
    static let parsers = ["WeightArrays.read", "WeightArrays.decode", "SafetensorsFile.decode"]
    static let longestInput = 1 << 13
    static let repair: (@Sendable ([UInt8]) -> [UInt8])? = {
        [$0.first ?? 0] + ZipRepair.repaired(Array($0.dropFirst()))
    }

    private static let data = WeightRequest.Data(inputs: 4, classes: 2, name: "dots")
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    static func samples() throws -> [String: [UInt8]] {
        func zeros(_ type: String, _ shape: [Int], isFortran: Bool = false) -> [UInt8] {
            let width = type.hasSuffix("8") ? 8 : 4
            return npy(type, shape, Array(repeating: 0, count: width * shape.reduce(1, *)), isFortran: isFortran)
        }
        let linear = tensors([("a.weight", [3, 4]), ("a.bias", [3]), ("b.weight", [2, 3]), ("b.bias", [2])])
        let normalized = tensors(
            [("0.kernel", [4, 3]), ("0.bias", [3]), ("0.gamma", [3]), ("0.beta", [3]), ("0.moving_mean", [3])]
                + [("0.moving_variance", [3]), ("1.kernel", [3, 2]), ("1.bias", [2]), ("x.num_batches_tracked", [])])
        let torch = tensors(
            [("0.weight", [3, 4]), ("1.weight", [3]), ("1.bias", [3]), ("1.running_mean", [3])]
                + [("1.running_var", [3]), ("3.weight", [2, 3])])
        let names = npz([
            ("dense/kernel", zeros("<f8", [4, 3])), ("dense/bias", zeros(">f4", [3])),
            ("dense_1/kernel", zeros("<f4", [3, 2], isFortran: true)), ("dense_1/bias", zeros("<f4", [1, 2])),
        ])
        let numbers = npz([("arr_0", zeros("<f4", [4, 2])), ("arr_1", zeros("<f4", [2]))], isPacked: true)
        return [
            "linear": [0] + linear, "normalized": [1] + normalized, "torch": [1] + torch, "names": [0] + names,
            "numbers": [2] + numbers,
            "array": [0] + zeros("<f4", [4, 2]), "pickle": [0, 0x80, 2, 0x7D],
        ]
    }

    /// A file of safetensors with zeros of float32.
    private static func tensors(_ arrays: [(String, [Int])]) -> [UInt8] {
        var (place, members) = (0, [#""__metadata__":{"format":"pt"}"#])
        for (name, shape) in arrays {
            let end = place + 4 * shape.reduce(1, *)
            members.append(#""\#(name)":{"dtype":"F32","shape":\#(shape),"data_offsets":[\#(place),\#(end)]}"#)
            place = end
        }
        let header = Array("{\(members.joined(separator: ","))}".utf8)
        return littleEndianBytes(UInt64(header.count)) + header + Array(repeating: 0, count: place)
    }

    func run(_ input: [UInt8]) throws {
        guard let first = input.first else { return }
        let path = folder.path("x")
        try ScratchFile.write(Array(input.dropFirst()), to: path)
        do {
            let arrays = try WeightArrays.read([path])
            let request = WeightRequest(
                spec: ["3tanh", "3tanh+bn", nil][Int(first) % 3], transposesKernels: first < 128 ? nil : first < 192,
                data: Self.data)
            let imported = try ImportedWeights(arrays, request)
            let network = imported.spec.network
            try require(imported.tensors.map(\.name) == network.tensorNames, "other tensors than the network's")
            try require(
                imported.tensors.allSatisfy { $0.values.count == $0.shape.reduce(1, *) }, "more or fewer values")
            try require(imported.tensors.allSatisfy { $0.values.allSatisfy(\.isFinite) }, "a value that is not finite")
            try require(
                imported.origins.count { $0.filled == nil } == arrays.count,
                "an array that is neither used nor left out")
            try require(
                imported.tensors.reduce(0) { $0 + $1.values.count } <= input.count * 512,
                "more values than the file has")
        } catch let error as WeightImportError {
            try requireMessage(error)
            if case .foreign(let file) = error { try require(file.python.count == 2, "not two lines") }
        }
    }
}
