import Specs

/// Activations in ONNX's operations: the one file to change for a new activation.
extension ONNXGraph {
    /// Adds the nodes of an activation.
    ///
    /// - Parameters:
    ///   - x: the name of its input, (batch, units).
    ///   - units: units of the layer.
    /// - Returns: the name of its output, which is the input's for a linear one.
    mutating func activation(_ activation: Activation, of x: String, units: Int) -> String {
        let alpha = activation.alpha
        return switch activation.kind {
        case .linear: x
        case .relu: rectifier(activation, of: x)
        case .relu6: clip(x, 0, 6)
        case .leakyRelu: node("LeakyRelu", [x], ["alpha": .float(alpha)])
        case .elu: node("Elu", [x], ["alpha": .float(alpha)])
        case .selu: node("Selu", [x], ["alpha": .float(1.67326324), "gamma": .float(1.05070098)])
        case .celu: node("Celu", [x], ["alpha": .float(alpha)])
        case .gelu: gelu(x)
        case .geluTanh: geluTanh(x)
        case .silu: node("Mul", [x, node("Sigmoid", [x])])
        case .hardSilu: node("HardSwish", [x])
        case .sigmoid: node("Sigmoid", [x])
        case .hardSigmoid: node("HardSigmoid", [x], ["alpha": .float(1 / 6), "beta": .float(0.5)])
        case .logSigmoid: node("Neg", [node("Softplus", [node("Neg", [x])])])
        case .tanh: node("Tanh", [x])
        case .hardTanh: clip(x, -1, 1)
        case .tanhShrink: node("Sub", [x, node("Tanh", [x])])
        case .softShrink: node("Shrink", [x], ["lambd": .float(alpha), "bias": .float(alpha)])
        case .hardShrink: node("Shrink", [x], ["lambd": .float(alpha), "bias": .float(0)])
        case .softplus: node("Softplus", [x])
        case .softsign: node("Softsign", [x])
        case .squareplus: squareplus(x, b: alpha)
        case .mish: node("Mish", [x])
        case .exponential: node("Exp", [x])
        case .threshold:
            node("Where", [node("Greater", [x, constant(activation.threshold)]), x, constant(alpha)])
        case .sparseSigmoid: node("HardSigmoid", [x], ["alpha": .float(0.5), "beta": .float(0.5)])
        case .sparsePlus: sparsePlus(x)
        case .softmax: node("Softmax", [x], ["axis": .integer(-1)])
        case .logSoftmax: node("LogSoftmax", [x], ["axis": .integer(-1)])
        case .sparsemax: sparsemax(x, units: units)
        }
    }

    /// relu with its arguments: slope · (x − threshold) up to the threshold, above it x, at most the maximum.
    private mutating func rectifier(_ activation: Activation, of x: String) -> String {
        let isPlain = activation.alpha == 0 && activation.threshold == 0
        let above = isPlain ? node("Relu", [x]) : x
        let held = activation.maximum.map { node("Min", [above, constant($0)]) } ?? above
        if isPlain { return held }
        let threshold = constant(activation.threshold)
        let below = node("Mul", [node("Sub", [x, threshold]), constant(activation.alpha)])
        return node("Where", [node("Greater", [x, threshold]), held, below])
    }

    private mutating func clip(_ x: String, _ least: Double, _ greatest: Double) -> String {
        node("Clip", [x, constant(least), constant(greatest)])
    }

    /// x · (1 + erf(x/√2)) / 2.
    private mutating func gelu(_ x: String) -> String {
        let erf = node("Erf", [node("Mul", [x, constant(0.5.squareRoot())])])
        return node("Mul", [node("Mul", [x, constant(0.5)]), node("Add", [erf, constant(1)])])
    }

    /// x · σ(2u) with u = √(2/π) · x · (1 + 0.044715 x²).
    private mutating func geluTanh(_ x: String) -> String {
        let square = node("Mul", [node("Mul", [x, x]), constant(0.044715)])
        let factor = node("Mul", [x, constant(2 * (2 / Double.pi).squareRoot())])
        let argument = node("Mul", [factor, node("Add", [square, constant(1)])])
        return node("Mul", [x, node("Sigmoid", [argument])])
    }

    /// (x + √(x² + b)) / 2; below zero, where that sum cancels, b / (4s) with s = (|x| + √(x² + b)) / 2.
    private mutating func squareplus(_ x: String, b: Double) -> String {
        let root = node("Sqrt", [node("Add", [node("Mul", [x, x]), constant(b)])])
        let above = node("Mul", [node("Add", [node("Abs", [x]), root]), constant(0.5)])
        let below = node("Div", [constant(b / 4), above])
        return node("Where", [node("Less", [x, constant(0)]), below, above])
    }

    /// h² with h = (x + 1) / 2 clipped to 0 ... 1, for x below 1; x from 1 on.
    private mutating func sparsePlus(_ x: String) -> String {
        let half = node("HardSigmoid", [x], ["alpha": .float(0.5), "beta": .float(0.5)])
        let square = node("Mul", [half, half])
        return node("Where", [node("Less", [x, constant(1)]), square, x])
    }

    /// max(x − τ, 0). In descending order the first k values count, those with 1 + r·value > the sum of the first r; τ
    /// = (their sum − 1) / k. All are relative to the row's greatest value, so that large ones don't cancel.
    private mutating func sparsemax(_ x: String, units: Int) -> String {
        let last = wholeNumbers([-1])
        let own = node("Sub", [x, node("ReduceMax", [x, last], ["keepdims": .integer(1)])])
        let sorted = node("TopK", [own, wholeNumbers([units])], ["axis": .integer(-1)], unused: 1)
        let sums = node("CumSum", [sorted, wholeNumber(-1)])
        let ranks = numbers((1...units).map(Float.init))
        let bound = node("Add", [node("Mul", [sorted, ranks]), constant(1)])
        let counts = node("Cast", [node("Greater", [bound, sums])], ["to": .integer(Self.float)])
        let count = node("ReduceSum", [counts, last], ["keepdims": .integer(1)])
        let sum = node("ReduceSum", [node("Mul", [sorted, counts]), last], ["keepdims": .integer(1)])
        let cut = node("Div", [node("Sub", [sum, constant(1)]), count])
        return node("Relu", [node("Sub", [own, cut])])
    }
}
