import Foundation
import Kernels

/// What an optimizer remembers: its moments, each an array with the parameters' layout, and how many steps it took.
final class OptimizerState {
    let optimizer: Optimizer
    /// Steps taken.
    var step = 0
    let moments: [AlignedBuffer<Float>]

    init(_ optimizer: Optimizer, parameters: Int) {
        self.optimizer = optimizer
        moments = (0..<optimizer.momentCount).map { _ in AlignedBuffer(count: parameters) }
    }

    /// The update for the coming step (t = `step` + 1), with Keras's formulas.
    func rule(learningRate: Double) -> UpdateRule {
        switch optimizer {
        case .sgd(let momentum, let nesterov):
            momentum == 0
                ? .sgd(rate: Float(learningRate))
                : .momentum(rate: Float(learningRate), momentum: Float(momentum), nesterov: nesterov)
        case .rmsprop(let rho, let epsilon):
            .rmsprop(rate: Float(learningRate), rho: rho, epsilon: Float(epsilon))
        case .adam(let beta1, let beta2, let epsilon):
            adam(learningRate, beta1, beta2, epsilon, decay: 0)
        case .adamw(let beta1, let beta2, let epsilon, let weightDecay):
            adam(learningRate, beta1, beta2, epsilon, decay: weightDecay)
        }
    }

    private func adam(
        _ rate: Double, _ beta1: Double, _ beta2: Double, _ epsilon: Double, decay: Double
    ) -> UpdateRule {
        let t = Double(step + 1)
        let corrected = rate * (1 - pow(beta2, t)).squareRoot() / (1 - pow(beta1, t))
        return .adam(
            correctedRate: Float(corrected), beta1: beta1, beta2: beta2, epsilon: Float(epsilon),
            decay: Float(rate * decay))
    }

    /// Updates a range of the parameters from its gradient; `l2` is 2λ.
    func apply(
        _ rule: UpdateRule, to weights: UnsafeMutablePointer<Float>, range: Range<Int>,
        gradient: UnsafePointer<Float>, l2: Float
    ) {
        rule.apply(
            count: range.count, weights: weights + range.lowerBound, gradient: gradient,
            first: moments.first.map { $0.pointer + range.lowerBound },
            second: moments.count > 1 ? moments[1].pointer + range.lowerBound : nil, l2: l2)
    }
}

extension Optimizer {
    /// Arrays of the parameters' size that the optimizer keeps.
    public var momentCount: Int {
        switch self {
        case .sgd(let momentum, _): momentum == 0 ? 0 : 1
        case .rmsprop: 1
        case .adam, .adamw: 2
        }
    }
}
