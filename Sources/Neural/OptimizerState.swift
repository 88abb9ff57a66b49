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
        let rate = Float(learningRate)
        switch optimizer.kind {
        case .sgd where optimizer.momentum == 0: return .sgd(rate: rate)
        case .sgd: return .momentum(rate: rate, momentum: Float(optimizer.momentum), nesterov: optimizer.nesterov)
        case .rmsprop: return .rmsprop(rate: rate, rho: optimizer.rho, epsilon: Float(optimizer.epsilon))
        case .adam, .adamw: return adam(learningRate)
        default: preconditionFailure("\(optimizer.name) has no update")
        }
    }

    private func adam(_ rate: Double) -> UpdateRule {
        let t = Double(step + 1)
        let corrected = rate * (1 - pow(optimizer.beta2, t)).squareRoot() / (1 - pow(optimizer.beta1, t))
        return .adam(
            correctedRate: Float(corrected), beta1: optimizer.beta1, beta2: optimizer.beta2,
            epsilon: Float(optimizer.epsilon), decay: Float(rate * optimizer.weightDecay))
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
        switch kind {
        case .sgd: momentum == 0 ? 0 : 1
        case .rmsprop: 1
        default: 2
        }
    }
}
