import Foundation
import NumPyFiles
import Testing
import WeightImports

/// The network that `make_fixtures.py` writes in many ways: 4 values, 3 hidden units, 2 classes.
enum Expected {
    static let kernels: [[Float]] = [(0..<12).map { Float($0) / 8 - 0.5 }, (0..<6).map { Float($0) / 4 }]
    static let biases: [[Float]] = [[0.5, -1, 0.25], [2, -0.125]]
    /// γ, β, moving mean and variance of the hidden layer.
    static let normalization: [[Float]] = [[1, 2, 0.5], [0, 1, -1], [0.25, 0.5, 0.75], [1, 4, 0.25]]

    /// Of the dense layers, in the network's order.
    static let dense = [kernels[0], biases[0], kernels[1], biases[1]]
    /// γ of a program that adds ε to the variance, as this one needs it.
    static func gamma(epsilon: Double) -> [Float] {
        zip(normalization[0], normalization[3]).map { gamma, variance in
            Float(
                Double(gamma) * ((Double(variance) + Double(Float(1e-3))) / (Double(variance) + epsilon)).squareRoot())
        }
    }

    /// With batch normalization.
    static let normalized = [kernels[0], biases[0]] + normalization + [kernels[1], biases[1]]

    static func path(_ name: String) throws -> String {
        try #require(Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Fixtures")).path
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: try path(name))))
    }

    static let data = WeightRequest.Data(inputs: 4, classes: 2, name: "dots")

    /// What is read of fixtures.
    static func imported(
        _ names: [String], spec: String? = "3tanh", transposesKernels: Bool? = nil, order: [String] = []
    ) throws -> ImportedWeights {
        try ImportedWeights(
            try WeightArrays.read(try names.map(path)),
            WeightRequest(spec: spec, transposesKernels: transposesKernels, order: order, data: data))
    }
}

/// Arrays of a file of safetensors put together by hand.
struct HandmadeTensors {
    var header: String
    var values: [UInt8] = []
    /// What the file says of the header's length; nil for the truth.
    var length: UInt64?

    var bytes: [UInt8] {
        let length = length ?? UInt64(header.utf8.count)
        return withUnsafeBytes(of: length.littleEndian) { Array($0) } + Array(header.utf8) + values
    }

    /// Float32 arrays, one behind the other.
    init(_ arrays: [(name: String, shape: [Int])]) {
        var (place, members) = (0, [String]())
        for (name, shape) in arrays {
            let size = 4 * shape.reduce(1, *)
            members.append(
                #""\#(name)":{"dtype":"F32","shape":\#(shape),"data_offsets":[\#(place),\#(place + size)]}"#)
            place += size
        }
        header = "{\(members.joined(separator: ","))}"
        values = [UInt8](repeating: 0, count: place)
    }

    init(header: String, values: Int = 0, length: UInt64? = nil) {
        self.header = header
        self.values = [UInt8](repeating: 0, count: values)
        self.length = length
    }
}
