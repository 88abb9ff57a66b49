import Kernels
import Specs

/// w −= lr·sign(β1m + (1−β1)g), then m = β2m + (1−β2)g. Chen and others, 2023.
struct Lion: OptimizerRule {
    let settings: Optimizer

    init(_ settings: Optimizer) { self.settings = settings }

    var keras: KerasOptimizer {
        KerasOptimizer("Lion", ["beta_1": .number(settings.beta1), "beta_2": .number(settings.beta2)])
    }

    /// m.
    var momentCount: Int { 1 }

    func update(_ step: ComingStep) -> UpdateRule {
        .lion(rate: Float(step.learningRate), beta1: settings.beta1, beta2: settings.beta2)
    }
}
