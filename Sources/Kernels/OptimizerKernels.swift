import CKernels

/// One element-wise optimizer's step over a flat range of parameters; the formulas stand beside the C loops.
package enum UpdateRule: Sendable {
    case sgd(rate: Float)
    case momentum(rate: Float, momentum: Float, nesterov: Bool)
    case rmsprop(rate: Float, rho: Double, epsilon: Float, centered: Bool, momentum: Float)
    case adam(AdamStep)
    case amsgrad(AdamStep)
    /// `correctedRate` is lr/(1−β1ᵗ).
    case adamax(correctedRate: Float, beta1: Double, beta2: Double, epsilon: Float)
    /// `past` and `present` are the shares of moment and gradient, `grown` is 1/(1−β2ᵗ).
    case nadam(
        rate: Float, past: Float, present: Float, grown: Float, beta1: Double, beta2: Double, epsilon: Float)
    case adagrad(rate: Float, epsilon: Float)
    case adadelta(rate: Float, rho: Double, epsilon: Float)
    case ftrl(rate: Float, power: Float)
    case lion(rate: Float, beta1: Double, beta2: Double)
    /// `grown` is 1/(1−β2ᵗ), `share` 1/t; the first moment starts as the weights where `starts`.
    case scheduleFree(
        rate: Float, beta1: Float, beta2: Double, epsilon: Float, grown: Float, share: Float, starts: Bool)

    /// The optimizer's arrays at the range's start, as many as the rule needs, in `OptimizerState`'s order.
    package struct Moments {
        /// As long as the weights; nil where the rule has no array.
        package var first: UnsafeMutablePointer<Float>?
        /// As `first`; nil where the rule has one array or none.
        package var second: UnsafeMutablePointer<Float>?
        /// As `first`; nil where the rule has two arrays or fewer.
        package var third: UnsafeMutablePointer<Float>?

        package init(
            _ first: UnsafeMutablePointer<Float>? = nil, _ second: UnsafeMutablePointer<Float>? = nil,
            _ third: UnsafeMutablePointer<Float>? = nil
        ) {
            self.first = first
            self.second = second
            self.third = third
        }

        /// The same arrays without their first `count` values.
        package func advanced(by count: Int) -> Moments {
            Moments(first.map { $0 + count }, second.map { $0 + count }, third.map { $0 + count })
        }
    }

    /// Updates `count` weights; `decay` is lr · weight decay.
    package func apply(
        count n: Int, weights w: UnsafeMutablePointer<Float>, gradient g: UnsafePointer<Float>, moments: Moments,
        decay: Float,
        on level: KernelLevel = .current
    ) {
        let (a, b, c) = (moments.first, moments.second, moments.third)
        switch self {
        case .sgd(let rate): level.kernels.pointee.sgd(n, w, g, decay, rate)
        case .momentum(let rate, let momentum, let nesterov):
            level.kernels.pointee.momentum(n, w, g, a, decay, rate, momentum, nesterov ? 1 : 0)
        case .rmsprop(let rate, let rho, let epsilon, let centered, let momentum):
            level.kernels.pointee.rmsprop(
                n, w, g, a, centered ? b : nil, momentum > 0 ? (centered ? c : b) : nil, decay, rate, Float(rho),
                Float(1 - rho), epsilon, momentum)
        case .adam(let step):
            var values = step.values(decay: decay)
            level.kernels.pointee.adam(n, w, g, a, b, &values)
        case .amsgrad(let step):
            let values = step.values(decay: decay)
            level.kernels.pointee.amsgrad(
                n, w, g, a, b, c, decay, values.rate, values.fresh1, values.fresh2, values.epsilon)
        case .adamax(let rate, let beta1, let beta2, let epsilon):
            level.kernels.pointee.adamax(n, w, g, a, b, decay, rate, Float(1 - beta1), Float(beta2), epsilon)
        case .nadam(let rate, let past, let present, let grown, let beta1, let beta2, let epsilon):
            level.kernels.pointee.nadam(
                n, w, g, a, b, decay, rate, past, present, grown, Float(1 - beta1), Float(1 - beta2), epsilon)
        case .adagrad(let rate, let epsilon): level.kernels.pointee.adagrad(n, w, g, a, decay, rate, epsilon)
        case .adadelta(let rate, let rho, let epsilon):
            level.kernels.pointee.adadelta(n, w, g, a, b, decay, rate, Float(rho), Float(1 - rho), epsilon)
        case .ftrl(let rate, power: -0.5): level.kernels.pointee.ftrl(n, w, g, a, b, decay, rate)
        case .ftrl(let rate, let power): level.kernels.pointee.ftrl_power(n, w, g, a, b, decay, rate, power)
        case .lion(let rate, let beta1, let beta2):
            level.kernels.pointee.lion(
                n, w, g, a, decay, rate, Float(beta1), Float(1 - beta1), Float(beta2), Float(1 - beta2))
        case .scheduleFree(let rate, let beta1, let beta2, let epsilon, let grown, let share, let starts):
            level.kernels.pointee.schedule_free(
                n, w, g, a, b, decay, rate, beta1, Float(1 - beta2), grown, epsilon, share, starts ? 1 : 0)
        }
    }
}

/// The numbers of one step of Adam.
package struct AdamStep: Sendable, Equatable {
    /// lr·√(1−β2ᵗ)/(1−β1ᵗ).
    package var correctedRate: Float
    /// β1, the decay of the first moment.
    package var beta1: Double
    /// β2, the decay of the second moment.
    package var beta2: Double
    /// ε, which is added to √v.
    package var epsilon: Float

    package init(correctedRate: Float, beta1: Double, beta2: Double, epsilon: Float) {
        self.correctedRate = correctedRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
    }

    /// 1 − β is computed in double precision: as a float 1 − 0.999 has only five right digits.
    func values(decay: Float) -> ck_adam_step {
        ck_adam_step(
            rate: correctedRate, fresh1: Float(1 - beta1), fresh2: Float(1 - beta2), epsilon: epsilon, decay: decay)
    }
}

/// Parts of the optimizers that work on whole variables, and what Keras does before and after a step.
package enum OptimizerKernels {
    /// Updates Adam's moments. The gradient becomes m̂/(√v̂+ε); the weights are only decayed.
    ///
    /// - Parameter corrections: 1−β1ᵗ and 1−β2ᵗ.
    package static func lambDirection(
        count: Int, weights: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>,
        moments: UpdateRule.Moments, decay: Float, corrections: (first: Double, second: Double),
        betas: (first: Double, second: Double), epsilon: Float,
        on level: KernelLevel = .current
    ) {
        level.kernels.pointee.lamb_direction(
            count, weights, gradient, moments.first, moments.second, decay, Float(1 / corrections.first),
            Float(1 / corrections.second), Float(1 - betas.first), Float(1 - betas.second), epsilon)
    }

    /// m = μm + g; the gradient becomes m, or with Nesterov g + μm.
    package static func muonMomentum(
        count: Int, gradient: UnsafeMutablePointer<Float>, moments: UpdateRule.Moments, momentum: Float, nesterov: Bool,
        on level: KernelLevel = .current
    ) {
        level.kernels.pointee.muon_momentum(count, gradient, moments.first, momentum, nesterov ? 1 : 0)
    }

    /// The sums of g² over the rows and over the columns of a kernel slice (rows, width).
    package static func factorSums(
        rows: Int, width: Int, _ gradient: UnsafePointer<Float>, rowSums: UnsafeMutablePointer<Double>,
        columnSums: UnsafeMutablePointer<Double>,
        on level: KernelLevel = .current
    ) {
        precondition(width <= Int(CK_FACTORED_WIDTH) && width.isMultiple(of: 8), "a block of units fits the kernel")
        level.kernels.pointee.factor_sums(rows, width, gradient, rowSums, columnSums)
    }

    /// Each value of a kernel slice (rows, width) times its row's and its column's factor.
    package static func factoredDirection(
        rows: Int, width: Int, _ gradient: UnsafeMutablePointer<Float>, rowFactors: UnsafePointer<Float>,
        columnFactors: UnsafePointer<Float>,
        on level: KernelLevel = .current
    ) {
        level.kernels.pointee.factored_direction(rows, width, gradient, rowFactors, columnFactors)
    }

    /// v = kept · v + fresh · (g² + ε); the gradient becomes g/√v.
    package static func adafactorVector(
        count: Int, _ gradient: UnsafeMutablePointer<Float>, _ squares: UnsafeMutablePointer<Float>, kept: Double,
        fresh: Double, epsilon: Double,
        on level: KernelLevel = .current
    ) {
        level.kernels.pointee.adafactor_vector(count, gradient, squares, Float(kept), Float(fresh), Float(epsilon))
    }

    /// values = factor · values.
    package static func scale(
        count: Int, _ values: UnsafeMutablePointer<Float>, by factor: Float, on level: KernelLevel = .current
    ) {
        level.kernels.pointee.scale(count, values, factor)
    }

    /// values = min(max(values, −bound), bound).
    package static func clip(
        count: Int, _ values: UnsafeMutablePointer<Float>, to bound: Float, on level: KernelLevel = .current
    ) {
        level.kernels.pointee.clip(count, values, bound)
    }

    /// average = momentum · average + (1 − momentum) · values.
    package static func average(
        count: Int, _ average: UnsafeMutablePointer<Float>, of values: UnsafePointer<Float>, momentum: Double,
        on level: KernelLevel = .current
    ) {
        level.kernels.pointee.average(count, average, values, Float(momentum), Float(1 - momentum))
    }

    /// Keras's max-norm along axis 0 of a kernel slice (rows, width).
    package static func maxNorm(
        rows: Int, width: Int, _ values: UnsafeMutablePointer<Float>, bound: Float, on level: KernelLevel = .current
    ) {
        precondition(width <= Int(CK_MAX_NORM_WIDTH), "a block of units fits the kernel's sums")
        level.kernels.pointee.max_norm(rows, width, values, bound)
    }
}
