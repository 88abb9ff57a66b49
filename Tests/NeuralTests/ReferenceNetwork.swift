import Foundation
import Neural

/// The forward pass in double precision, straight from the formulas: what finite differences are taken of.
struct ReferenceNetwork {
    var tensors: [Tensor]
    /// The same values in double precision: kernel and bias of each layer in turn.
    var values: [[Double]]
    let activation: Activation
    let l2: Double
    /// Multipliers of each hidden layer's activations, (rows, units); empty without dropout.
    var masks: [[Double]] = []

    init(_ tensors: [Tensor], activation: Activation, l2: Double = 0) {
        self.tensors = tensors
        values = tensors.map { $0.values.map(Double.init) }
        self.activation = activation
        self.l2 = l2
    }

    private var layerCount: Int { tensors.count / 2 }

    func logits(_ input: [Double], row: Int) -> [Double] {
        var x = input
        for layer in 0..<layerCount {
            let units = tensors[2 * layer].shape[1]
            var z = values[2 * layer + 1]
            for (i, value) in x.enumerated() {
                for unit in 0..<units { z[unit] += value * values[2 * layer][i * units + unit] }
            }
            x = layer == layerCount - 1 ? z : z.map(activate)
            if layer < masks.count {
                for unit in 0..<units { x[unit] *= masks[layer][row * units + unit] }
            }
        }
        return x
    }

    func probabilities(_ input: [Double]) -> [Double] {
        let z = logits(input, row: 0)
        let top = z.max() ?? 0
        let sum = z.reduce(0) { $0 + exp($1 - top) }
        return z.map { exp($0 - top) / sum }
    }

    func crossEntropy(_ input: [Double], label: UInt8, row: Int = 0) -> Double {
        let z = logits(input, row: row)
        let top = z.max() ?? 0
        return log(z.reduce(0) { $0 + exp($1 - top) }) + top - z[Int(label)]
    }

    var penalty: Double {
        (0..<layerCount).reduce(0) { sum, layer in sum + values[2 * layer].reduce(0) { $0 + l2 * $1 * $1 } }
    }

    /// Mean cross-entropy and penalty.
    func loss(_ inputs: [[Double]], labels: [UInt8]) -> Double {
        let sum = zip(inputs, labels).enumerated().reduce(0.0) {
            $0 + crossEntropy($1.element.0, label: $1.element.1, row: $1.offset)
        }
        return sum / Double(inputs.count) + penalty
    }

    private func activate(_ x: Double) -> Double {
        switch activation.kind {
        case .linear: x
        case .relu: max(x, 0)
        case .leakyRelu: x < 0 ? 0.2 * x : x
        case .elu: x > 0 ? x : expm1(x)
        case .gelu: x * 0.5 * erfc(-x / 2.0.squareRoot())
        case .sigmoid: 1 / (1 + exp(-x))
        case .tanh: Foundation.tanh(x)
        case .softplus: max(x, 0) + log1p(exp(-abs(x)))
        case .silu: x / (1 + exp(-x))
        default: .nan
        }
    }
}
