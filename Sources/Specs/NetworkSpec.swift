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

    /// Widths from input to output: `[784, 200, 10]`.
    public var widths: [Int] { [inputs] + hidden.map(\.units) + [classes] }

    /// Multiplications and additions that the kernels' products take for a row of a training step where no zero is
    /// skipped: forward, the kernel's gradient, and but for the first layer the gradient by its input.
    public var trainingOperations: Int {
        count { index, inputs, units in (index == 0 ? 4 : 6) * inputs * units }
    }

    /// Trainable parameters of all layers: kernels (inputs × units), biases (units), and where there is batch
    /// normalization γ and β (units each).
    ///
    /// At most 2⁵⁰, which is more than any memory holds.
    public var parameterCount: Int {
        count { index, inputs, units in
            let isNormalized = index < hidden.count && hidden[index].batchNormalization
            return (inputs + (isNormalized ? 3 : 1)) * units
        }
    }

    /// A sum over the layers, at most 2⁵⁰: smaller sums are exact in a `Double`, and nothing overflows.
    private func count(_ ofLayer: (_ index: Int, _ inputs: Double, _ units: Double) -> Double) -> Int {
        let sum = zip(widths, widths.dropFirst()).enumerated().reduce(0.0) { sum, layer in
            sum + ofLayer(layer.offset, Double(layer.element.0), Double(layer.element.1))
        }
        return Int(min(sum, Double(1 << 50)))
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
