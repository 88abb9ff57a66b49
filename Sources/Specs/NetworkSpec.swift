/// The architecture of a multilayer perceptron: what a user edits in the composer.
///
/// The output layer always has `classes` units and a softmax, which the loss fuses with the cross-entropy.
public struct NetworkSpec: Codable, Equatable, Hashable, Sendable {
    /// Values of one input row (28 × 28 = 784 for MNIST).
    public var inputs: Int
    /// The hidden layers, first to last; empty for a softmax regression.
    public var hidden: [HiddenLayer]
    /// Units of the output layer.
    public var classes: Int

    /// A network for inputs of that width and so many classes.
    public init(inputs: Int = 784, hidden: [HiddenLayer], classes: Int = 10) {
        self.inputs = inputs
        self.hidden = hidden
        self.classes = classes
    }
}

/// One hidden layer: Dense with a bias, then, where asked for, batch normalization, the activation, Gaussian noise and
/// dropout, in this order.
public struct HiddenLayer: Codable, Equatable, Hashable, Sendable {
    /// The number of units.
    public var units: Int
    /// The activation function.
    public var activation: Activation
    /// Keras's BatchNormalization (momentum 0.99, ε 1e-3) before the activation.
    public var batchNormalization: Bool
    /// Deviation of Keras's GaussianNoise on the activations while training, 0 for none.
    public var noise: Double
    /// Share of units dropped while training, in 0 ..< 1.
    public var dropout: Double

    /// A layer of Keras's defaults: linear, without batch normalization, noise and dropout.
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
