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

    /// Trainable parameters of all layers: kernels (inputs × units), biases (units), and where there is batch
    /// normalization γ and β (units each).
    ///
    /// 2⁵⁰ at most, which is beyond any memory: estimates multiply it without overflow.
    public var parameterCount: Int {
        zip(widths, widths.dropFirst()).enumerated().reduce(0) { sum, layer in
            let (inputs, units) = layer.element
            let isNormalized = layer.offset < hidden.count && hidden[layer.offset].batchNormalization
            let rows = inputs.addingReportingOverflow(isNormalized ? 3 : 1)
            let (count, overflow) = rows.partialValue.multipliedReportingOverflow(by: units)
            guard !rows.overflow, !overflow, count < Self.mostParameters else { return Self.mostParameters }
            return min(sum + count, Self.mostParameters)
        }
    }

    private static let mostParameters = 1 << 50
}

/// One hidden layer: Dense with a bias, then, where asked for, batch normalization, the activation, Gaussian noise and
/// dropout, in this order.
public struct HiddenLayer: Codable, Equatable, Hashable, Sendable {
    public var units: Int
    public var activation: Activation
    /// Keras's BatchNormalization (momentum 0.99, ε 1e-3) before the activation.
    public var batchNormalization: Bool
    /// Deviation of Keras's GaussianNoise on the activations while training, 0 for none.
    public var noise: Double
    /// Share of units dropped while training, in 0 ..< 1.
    public var dropout: Double

    public init(
        units: Int, activation: Activation = .linear, batchNormalization: Bool = false, noise: Double = 0,
        dropout: Double = 0
    ) {
        self.units = units
        self.activation = activation
        self.batchNormalization = batchNormalization
        self.noise = noise
        self.dropout = dropout
    }
}
