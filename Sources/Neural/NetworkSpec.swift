/// The architecture of a multilayer perceptron: what a person edits in the composer.
///
/// The output layer always has `classes` units and a softmax, which the loss fuses with the cross-entropy.
public struct NetworkSpec: Codable, Equatable, Hashable, Sendable {
    /// Values of one input row (28 × 28 = 784 for MNIST).
    public var inputs: Int
    /// The hidden layers, first to last; empty for a softmax regression.
    public var hidden: [HiddenLayer]
    /// Units of the output layer.
    public var classes: Int

    public init(inputs: Int = 784, hidden: [HiddenLayer], classes: Int = 10) {
        self.inputs = inputs
        self.hidden = hidden
        self.classes = classes
    }

    /// Widths from input to output: `[784, 200, 10]`.
    public var widths: [Int] { [inputs] + hidden.map(\.units) + [classes] }

    /// Trainable parameters of all layers: kernels (inputs × units) and biases (units).
    ///
    /// 2⁵⁰ at most, which is beyond any memory: estimates multiply it without overflow.
    public var parameterCount: Int {
        zip(widths, widths.dropFirst()).reduce(0) { sum, layer in
            let (kernel, overflow) = layer.0.multipliedReportingOverflow(by: layer.1)
            guard !overflow, kernel < Self.mostParameters else { return Self.mostParameters }
            return min(sum + kernel + min(layer.1, Self.mostParameters), Self.mostParameters)
        }
    }

    private static let mostParameters = 1 << 50
}

/// One hidden Dense layer: its units, its activation and the dropout behind it.
public struct HiddenLayer: Codable, Equatable, Hashable, Sendable {
    public var units: Int
    public var activation: Activation
    /// Share of units dropped while training, in 0 ..< 1.
    public var dropout: Double

    public init(units: Int, activation: Activation = .linear, dropout: Double = 0) {
        self.units = units
        self.activation = activation
        self.dropout = dropout
    }
}

/// An element-wise activation, named as in Keras.
public enum Activation: String, Codable, CaseIterable, Sendable {
    case linear, relu
    case leakyRelu = "leaky_relu"
    case elu, gelu, sigmoid, tanh, softplus, silu
}
