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
        ActivationKernel.Function.allCases.filter { ![.softmax, .rectifier, .elu, .celu].contains($0) }
        .map { ActivationCase($0, alpha: [.softShrink, .hardShrink].contains($0) ? 0.5 : $0 == .squareplus ? 4 : 0) }
        + [
            .init(.rectifier, maximum: 6), .init(.rectifier, alpha: 0.2), .init(.rectifier, threshold: 0.5),
            .init(.rectifier, alpha: 0.25, maximum: 3, threshold: 1), .init(.elu, alpha: 1), .init(.elu, alpha: 0.3),
            .init(.celu, alpha: 1), .init(.celu, alpha: 2.5), .init(.softShrink, alpha: 0.1),
            .init(.hardShrink, alpha: 2), .init(.squareplus, alpha: 0.25), .init(.squareplus, alpha: 0),
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
        case .softmax: .nan
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
        case .softmax: .nan
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
