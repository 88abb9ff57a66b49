/// A named array of floats in row-major order: how weights enter and leave a network.
public struct Tensor: Sendable, Equatable, Codable {
    /// "0.kernel", "0.bias", "1.kernel", …; the last index is the output layer.
    public var name: String
    /// Kernels are [inputs, units], biases [units].
    public var shape: [Int]
    public var values: [Float]

    public init(name: String, shape: [Int], values: [Float]) {
        self.name = name
        self.shape = shape
        self.values = values
    }
}

/// Why tensors don't fit a network; nothing of them is used.
public enum TensorError: Error, Equatable, Sendable {
    case missing(name: String)
    case unexpected(name: String)
    case shape(name: String, expected: [Int], found: [Int])
    /// The number of values is not the product of the shape.
    case count(name: String, expected: Int, found: Int)
}

extension TensorError: CustomStringConvertible {
    public var description: String {
        func text(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: " × ") }
        return switch self {
        case .missing(let name): "\(name): missing"
        case .unexpected(let name): "\(name): the network has no tensor of that name"
        case .shape(let name, let expected, let found):
            "\(name): expected \(text(expected)) values, found \(found.isEmpty ? "a single number" : text(found))"
        case .count(let name, let expected, let found): "\(name): expected \(expected) values, found \(found)"
        }
    }
}

extension NetworkSpec {
    /// The tensors in the network's order: layer by layer, the kernel first.
    ///
    /// - Throws: where they are not exactly the weights of such a network: a name missing, unknown, or of another
    ///   shape.
    public func ordered(_ tensors: [Tensor]) throws(TensorError) -> [Tensor] {
        let layout = ParameterLayout(self)
        try layout.check(tensors)
        return layout.names.compactMap { name in tensors.first { $0.name == name } }
    }
}
