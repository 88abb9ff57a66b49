/// What is known of a layer without making it: shapes, variables, operations and words.
///
/// Whoever wants to know such a thing asks here: the engine, the exports, the reports and the screens.
public struct LayerFacts: Equatable, Sendable {
    /// Counted from 0; the last is the output layer.
    public let index: Int
    /// Whether it is the last layer.
    public let isOutput: Bool
    /// The size of one image before the layer.
    public let input: Shape
    /// The size of one image behind the layer.
    public let output: Shape
    /// What the layer does, in order. The output layer's activation is a softmax, which training fuses with the loss.
    public let parts: [LayerPart]
    /// The layer in the spec language: `200tanh+bn`; of the output layer the number of classes.
    public let word: String

    // MARK: - Variables

    /// Every variable, in the order of Keras's `get_weights`.
    public var variables: [LayerVariable] { parts.flatMap(variables) }

    /// The variables of one of the layer's parts, in Keras's order.
    public func variables(of part: LayerPart) -> [LayerVariable] {
        switch part {
        case .dense: [variable("kernel", kernel.axes), variable("bias")]
        case .batchNormalization:
            [
                variable("gamma"), variable("beta"), variable("moving_mean", isTrainable: false),
                variable("moving_variance", isTrainable: false),
            ]
        case .activation, .noise, .dropout: []
        }
    }

    /// The trainable variables beside the kernel: each has one value for each unit.
    public var vectors: [LayerVariable] { variables.filter { $0.isTrainable && $0.shape.count == 1 } }

    /// The kernel's shape.
    public var kernel: KernelShape { KernelShape(inputs: input.count, units: output.count) }

    /// The name of a variable's tensor among those of the whole network: `0.kernel`.
    public func tensorName(_ variable: LayerVariable) -> String { "\(index).\(variable.name)" }

    private func variable(_ name: String, _ shape: [Int]? = nil, isTrainable: Bool = true) -> LayerVariable {
        LayerVariable(name: name, shape: shape ?? [output.count], isTrainable: isTrainable)
    }

    /// Values that training changes, 2⁵⁰ at most.
    public var parameters: Int { Self.sum(variables.filter(\.isTrainable)) }
    /// Values that are kept beside them: moving means and variances.
    public var kept: Int { Self.sum(variables.filter { !$0.isTrainable }) }
    /// Parameters beside the kernel.
    public var vectorParameters: Int { Self.sum(vectors) }

    private static func sum(_ variables: [LayerVariable]) -> Int {
        LayerVariable.count(variables.reduce(0.0) { $0 + Double($1.count) })
    }

    // MARK: - Operations

    /// Multiply-adds of the kernel's product for one image where no zero is skipped: one for each weight. What else a
    /// layer does costs as much as its units, and is left out. 2⁵⁰ at most.
    public var multiplyAdds: Int { LayerVariable.count(Double(kernel.inputs) * Double(kernel.units)) }

    /// Multiply-adds of a training step for one image: forward, the gradient by the kernel and, but for the first
    /// layer, the gradient by the layer's input. 2⁵⁰ at most.
    public var trainingMultiplyAdds: Int { LayerVariable.count((index == 0 ? 2 : 3) * Double(multiplyAdds)) }

    // MARK: - What it has

    /// Its activation; linear where it has none.
    public var activation: Activation {
        for case .activation(let activation) in parts { return activation }
        return .linear
    }

    /// What the spec language writes behind the activation: batch normalization, noise and dropout.
    public var extras: [LayerPart] {
        parts.filter { part in
            switch part {
            case .batchNormalization, .noise, .dropout: true
            case .dense, .activation: false
            }
        }
    }

    /// Whether it has batch normalization.
    public var isNormalized: Bool { parts.contains(.batchNormalization) }

    /// Whether training puts noise on its outputs or drops some of them.
    public var isMasked: Bool {
        parts.contains { part in
            switch part {
            case .noise, .dropout: true
            case .dense, .batchNormalization, .activation: false
            }
        }
    }

    // MARK: - Words

    /// What the layer does in one word: its activation, with arguments where they are not Keras's; empty for linear.
    public var operation: String { activation.word }
    /// What the layer does in one word, without arguments: `tanh`, `linear`.
    public var operationName: String { activation.name }
    /// `layer 2`, or `output`.
    public var name: String { isOutput ? "output" : "layer \(index + 1)" }
    /// What stands behind the number of units, for a person: `bn tanh drop 0.2`, or `softmax`.
    public var function: String { parts.compactMap(\.label).joined(separator: " ") }
    /// `200 bn tanh drop 0.2`, or `10 softmax`.
    public var title: String { "\(output) \(function)" }
}
