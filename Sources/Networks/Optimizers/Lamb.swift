import Kernels
import Specs

/// Adam's direction u = m̂/(√v̂+ε) at a rate that fits each variable: w −= lr·‖w‖/‖u‖·u, w decayed already, or w −= lr·u
/// where either norm is 0. You and others, 2020.
struct Lamb: OptimizerRule {
    let settings: Optimizer

    init(_ settings: Optimizer) { self.settings = settings }

    var keras: KerasOptimizer {
        KerasOptimizer(
            "Lamb",
            [
                "beta_1": .number(settings.beta1), "beta_2": .number(settings.beta2),
                "epsilon": .number(settings.epsilon),
            ])
    }

    /// m and v.
    var momentCount: Int { 2 }
    var needsWholeGradients: Bool { true }

    func steps(_ pass: VariablePass) -> [VariableStep] {
        let decay = Float(pass.step.learningRate * settings.weightDecay)
        let corrections = corrections(pass.step)
        pass.forEachRange { _, _, range in
            OptimizerKernels.lambDirection(
                count: range.count, weights: pass.weights + range.lowerBound,
                gradient: pass.gradients + range.lowerBound, moments: pass.moments.advanced(by: range.lowerBound),
                decay: decay, corrections: corrections, betas: (settings.beta1, settings.beta2),
                epsilon: Float(settings.epsilon))
        }
        return zip(pass.squares(pass.weights), pass.squares(pass.gradients)).map { weights, directions in
            // Written so that a direction that is no number passes through.
            let ratio = weights == 0 || directions == 0 ? 1 : (weights / directions).squareRoot()
            return VariableStep(rule: .sgd(rate: Float(ratio * pass.step.learningRate)), decay: 0)
        }
    }
}
