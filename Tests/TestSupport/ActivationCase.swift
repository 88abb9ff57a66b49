import Foundation
import Kernels

/// An activation with its arguments, and its value and slope in double precision, straight from Keras's formulas.
package struct ActivationCase: Sendable, CustomStringConvertible {
    package let function: ActivationKernel.Function
    package var alpha = 0.0
    package var maximum = Double.infinity
    package var threshold = 0.0

    package var kernel: ActivationKernel {
        ActivationKernel(
            function, alpha: Float(alpha), maximum: Float(maximum), threshold: Float(threshold))
    }
    package var description: String { "\(function) \(alpha) \(maximum) \(threshold)" }

    package init(
        _ function: ActivationKernel.Function, alpha: Double = 0, maximum: Double = .infinity, threshold: Double = 0
    ) {
        self.function = function
        // What the kernel works with.
        self.alpha = Double(Float(alpha))
        self.maximum = maximum
        self.threshold = threshold
    }

    package init(_ kernel: ActivationKernel) {
        function = kernel.function
        alpha = Double(kernel.alpha)
        maximum = Double(kernel.maximum)
        threshold = Double(kernel.threshold)
    }

    /// Every element-wise function, those with arguments with several.
    package static let all: [ActivationCase] =
        ActivationKernel.Function.allCases.filter {
            ![.softmax, .logSoftmax, .sparsemax, .rectifier, .elu, .celu].contains($0)
        }
        .map { ActivationCase($0, alpha: [.softShrink, .hardShrink].contains($0) ? 0.5 : $0 == .squareplus ? 4 : 0) }
        + [
            .init(.rectifier, maximum: 6), .init(.rectifier, alpha: 0.2), .init(.rectifier, threshold: 0.5),
            .init(.rectifier, alpha: 0.25, maximum: 3, threshold: 1), .init(.elu, alpha: 1), .init(.elu, alpha: 0.3),
            .init(.celu, alpha: 1), .init(.celu, alpha: 2.5), .init(.softShrink, alpha: 0.1),
            .init(.hardShrink, alpha: 2), .init(.squareplus, alpha: 0.25), .init(.squareplus, alpha: 0),
            .init(.threshold, alpha: 2, threshold: 0.5), .init(.threshold, alpha: 0.25, threshold: 1.5),
        ]

    /// Where the slope jumps: float's rounding decides on which side a value next to it is.
    package var kinks: [Double] {
        switch function {
        case .relu, .selu: [0]
        case .rectifier: [threshold, maximum]
        case .elu: [0]
        case .hardSigmoid, .hardSilu: [-3, 3]
        case .hardTanh: [-1, 1]
        case .softShrink, .hardShrink: [-alpha, alpha]
        case .squareplus: alpha == 0 ? [0] : []
        case .threshold: [threshold]
        case .sparseSigmoid, .sparsePlus: [-1, 1]
        default: []
        }
    }

    package func value(_ x: Double) -> Double {
        switch function {
        case .linear: x
        case .relu: max(x, 0)
        case .rectifier: x <= threshold ? alpha * (x - threshold) : min(x, maximum)
        case .elu: x > 0 ? x : alpha * expm1(x)
        case .selu: 1.05070098735548 * (x > 0 ? x : 1.67326324235437 * expm1(x))
        case .celu: max(x, 0) + alpha * expm1(min(x, 0) / alpha)
        case .gelu: x * 0.5 * erfc(-x / 2.0.squareRoot())
        case .geluTanh: x * sigmoid(2 * geluArgument(x))
        case .silu: x * sigmoid(x)
        case .hardSilu: x * min(max(x + 3, 0), 6) / 6
        case .sigmoid: sigmoid(x)
        case .hardSigmoid: min(max(x + 3, 0), 6) / 6
        case .logSigmoid: -softplus(-x)
        case .tanh: tanh(x)
        case .hardTanh: min(max(x, -1), 1)
        // The difference cancels in double precision too.
        case .tanhShrink:
            abs(x) < 0.02 ? x * x * x * (1 / 3.0 - x * x * 2 / 15 + x * x * x * x * 17 / 315) : x - tanh(x)
        case .softShrink: x > alpha ? x - alpha : x < -alpha ? x + alpha : 0
        case .hardShrink: abs(x) > alpha ? x : 0
        case .softplus: softplus(x)
        case .softsign: x / (1 + abs(x))
        case .squareplus: x < 0 ? alpha / (2 * (root(x) - x)) : (x + root(x)) / 2
        case .mish: x * gate(x)
        case .exponential: exp(x)
        case .threshold: x > threshold ? x : alpha
        case .sparseSigmoid: min(max((x + 1) / 2, 0), 1)
        case .sparsePlus: x <= -1 ? 0 : x < 1 ? (x + 1) * (x + 1) / 4 : x
        case .softmax, .logSoftmax, .sparsemax: .nan
        }
    }

    package func slope(_ x: Double) -> Double {
        switch function {
        case .linear: 1
        case .relu: x > 0 ? 1 : 0
        case .rectifier: x <= threshold ? alpha : x < maximum ? 1 : 0
        case .elu: x > 0 ? 1 : alpha * exp(x)
        case .selu: 1.05070098735548 * (x > 0 ? 1 : 1.67326324235437 * exp(x))
        case .celu: x > 0 ? 1 : exp(x / alpha)
        case .gelu: 0.5 * erfc(-x / 2.0.squareRoot()) + x * exp(-x * x / 2) / (2 * .pi).squareRoot()
        case .geluTanh: geluTanhSlope(x)
        case .silu: sigmoid(x) * (1 + x * sigmoid(-x))
        case .hardSilu: x < -3 ? 0 : x > 3 ? 1 : (2 * x + 3) / 6
        case .sigmoid: sigmoid(x) * sigmoid(-x)
        case .hardSigmoid: abs(x) < 3 ? 1 / 6.0 : 0
        case .logSigmoid: sigmoid(-x)
        case .tanh: 1 - tanh(x) * tanh(x)
        case .hardTanh: abs(x) < 1 ? 1 : 0
        case .tanhShrink: tanh(x) * tanh(x)
        case .softShrink, .hardShrink: abs(x) > alpha ? 1 : 0
        case .softplus: sigmoid(x)
        case .softsign: 1 / ((1 + abs(x)) * (1 + abs(x)))
        case .squareplus: root(x) == 0 ? 0 : value(x) / root(x)
        case .mish: gate(x) + x * (1 - gate(x) * gate(x)) * sigmoid(x)
        case .exponential: exp(x)
        case .threshold: x > threshold ? 1 : 0
        case .sparseSigmoid: abs(x) < 1 ? 0.5 : 0
        case .sparsePlus: x <= -1 ? 0 : x < 1 ? (x + 1) / 2 : 1
        case .softmax, .logSoftmax, .sparsemax: .nan
        }
    }

    private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    private func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }
    private func gate(_ x: Double) -> Double { tanh(softplus(x)) }
    private func root(_ x: Double) -> Double { (x * x + alpha).squareRoot() }
    private func geluArgument(_ x: Double) -> Double { (2 / .pi).squareRoot() * (x + 0.044715 * x * x * x) }

    private func geluTanhSlope(_ x: Double) -> Double {
        let u = geluArgument(x)
        let change = (2 / .pi).squareRoot() * (1 + 3 * 0.044715 * x * x)
        return sigmoid(2 * u) + x * 2 * sigmoid(2 * u) * sigmoid(-2 * u) * change
    }
}

/// An activation over a row, and how its gradient passes back, in double precision from the formulas.
package enum RowActivation {
    /// Σ exp is formed relative to the greatest value.
    package static func values(_ function: ActivationKernel.Function, _ z: [Double]) -> [Double] {
        let top = z.max() ?? 0
        let sum = z.reduce(0) { $0 + exp($1 - top) }
        switch function {
        case .softmax: return z.map { exp($0 - top) / sum }
        case .logSoftmax: return z.map { $0 - top - log(sum) }
        default: return sparsemax(z)
        }
    }

    /// The gradient by z of a loss whose gradient by the values is `upstream`.
    package static func gradient(
        _ function: ActivationKernel.Function, _ z: [Double], upstream: [Double]
    ) -> [Double] {
        let y = values(function, z)
        let all = zip(y, upstream)
        switch function {
        case .softmax:
            let mean = all.reduce(0) { $0 + $1.0 * $1.1 }
            return all.map { $0 * ($1 - mean) }
        case .logSoftmax:
            let sum = upstream.reduce(0, +)
            return all.map { $1 - exp($0) * sum }
        default:
            let kept = all.filter { $0.0 > 0 }
            let mean = kept.reduce(0) { $0 + $1.1 } / Double(kept.count)
            return all.map { $0 > 0 ? $1 - mean : 0 }
        }
    }

    /// By sorting, as Martins and Astudillo (2016) have it: the kernel finds τ in another way.
    private static func sparsemax(_ z: [Double]) -> [Double] {
        let sorted = z.sorted(by: >)
        var sum = 0.0
        var cut = 0.0
        for (index, value) in sorted.enumerated() {
            guard 1 + Double(index + 1) * value > sum + value else { break }
            sum += value
            cut = (sum - 1) / Double(index + 1)
        }
        return z.map { max($0 - cut, 0) }
    }
}
