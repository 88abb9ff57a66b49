import CKernels

/// One optimizer's step over a flat range of parameters; the formulas stand beside the C loops.
package enum UpdateRule: Sendable {
    case sgd(rate: Float)
    case momentum(rate: Float, momentum: Float, nesterov: Bool)
    case rmsprop(rate: Float, rho: Double, epsilon: Float)
    /// `correctedRate` is lr·√(1−β2ᵗ)/(1−β1ᵗ); `decay` is lr·weight decay.
    case adam(correctedRate: Float, beta1: Double, beta2: Double, epsilon: Float, decay: Float)

    /// Updates `count` weights. `first` and `second` are the moments, as many as the rule needs; `l2` is 2λ.
    package func apply(
        count: Int, weights: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>,
        first: UnsafeMutablePointer<Float>?, second: UnsafeMutablePointer<Float>?, l2: Float
    ) {
        switch self {
        case .sgd(let rate):
            ck_sgd(count, weights, gradient, l2, rate)
        case .momentum(let rate, let momentum, let nesterov):
            ck_momentum(count, weights, gradient, first, l2, rate, momentum, nesterov ? 1 : 0)
        case .rmsprop(let rate, let rho, let epsilon):
            ck_rmsprop(count, weights, gradient, first, l2, rate, Float(rho), Float(1 - rho), epsilon)
        case .adam(let rate, let beta1, let beta2, let epsilon, let decay):
            ck_adam(
                count, weights, gradient, first, second, l2, rate, Float(1 - beta1), Float(1 - beta2), epsilon, decay)
        }
    }
}
