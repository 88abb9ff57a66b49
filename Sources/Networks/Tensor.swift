/// A named array of floats in row-major order: how weights enter and leave a network.
package struct Tensor: Sendable, Equatable, Codable {
    /// "0.kernel", "0.bias", "1.kernel", …; the last index is the output layer. A layer with batch normalization also
    /// has "gamma", "beta", "moving_mean" and "moving_variance".
    package var name: String
    /// Kernels are [inputs, units], the others [units].
    package var shape: [Int]
    /// The values, row-major; as many as the product of the shape.
    package var values: [Float]

    /// A tensor; whether values and shape fit is checked where it is used.
    package init(name: String, shape: [Int], values: [Float]) {
        self.name = name
        self.shape = shape
        self.values = values
    }
}

/// Why tensors don't fit a network. None of them is used then.
package enum TensorError: Error, Equatable, Sendable {
    case missing(name: String)
    case unexpected(name: String)
    case shape(name: String, expected: [Int], found: [Int])
    /// The number of values is not the product of the shape.
    case count(name: String, expected: Int, found: Int)
}

extension Tensor {
    /// The values by name; throws where the tensors are not exactly the expected ones.
    static func values(
        of tensors: [Tensor], expected: [String: [Int]]
    ) throws(TensorError) -> [String: [Float]] {
        var byName: [String: [Float]] = [:]
        for tensor in tensors {
            guard let shape = expected[tensor.name] else { throw .unexpected(name: tensor.name) }
            guard tensor.shape == shape else {
                throw .shape(name: tensor.name, expected: shape, found: tensor.shape)
            }
            let count = shape.reduce(1, *)
            guard tensor.values.count == count else {
                throw .count(name: tensor.name, expected: count, found: tensor.values.count)
            }
            byName[tensor.name] = tensor.values
        }
        for name in expected.keys.sorted() where byName[name] == nil { throw .missing(name: name) }
        return byName
    }
}

extension TensorError: CustomStringConvertible {
    package var description: String {
        func text(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: " × ") }
        return switch self {
        case .missing(let name): "\(name): missing"
        case .unexpected(let name): "\(name): the network has no tensor of that name"
        case .shape(let name, let expected, let found) where found.count == 2 && found == expected.reversed():
            "\(name): expected \(text(expected)) values, found \(text(found)): it is transposed, with a row for each unit, "
                + "as PyTorch keeps it; save \(name).T"
        case .shape(let name, let expected, let found):
            "\(name): expected \(text(expected)) values, found \(found.isEmpty ? "a single number" : text(found))"
        case .count(let name, let expected, let found): "\(name): expected \(expected) values, found \(found)"
        }
    }
}
