import Kernels
import Specs

/// m = β1m + (1−β1)g, u = max(β2u, |g|), w −= lr/(1−β1ᵗ)·m/(u+ε). Kingma and Ba, 2015, section 7.
struct Adamax: OptimizerRule {
    let settings: Optimizer

    init(_ settings: Optimizer) { self.settings = settings }

    var keras: KerasOptimizer {
        KerasOptimizer(
            "Adamax",
            [
                "beta_1": .number(settings.beta1), "beta_2": .number(settings.beta2),
                "epsilon": .number(settings.epsilon),
            ])
    }

    /// m and u.
    var momentCount: Int { 2 }

    func update(_ step: ComingStep) -> UpdateRule {
        .adamax(
            correctedRate: Float(step.learningRate / step.correction(settings.beta1)), beta1: settings.beta1,
            beta2: settings.beta2, epsilon: Float(settings.epsilon))
    }
}
